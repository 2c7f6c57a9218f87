import WhDomain
import WhSession
import WhSyntax

/// A few words beside a keyword in a list, from the table of statements.
enum KeywordHints {
  private struct Entry {
    let head: [String]
    let summary: String
  }

  private static let entries = CommandTable.all.map {
    Entry(head: $0.grammar.head.split(separator: " ").map(String.init), summary: $0.help.summary)
  }

  /// Descriptions of the words and signs after the head of a statement.
  static let others = [
    "*": "all", "from": "listed in a file", "where": "matching a predicate",
    "except": "leave out", "limit": "keep the first", "by": "key",
    "as": "output format", "json": "one JSON object per line",
    "csv": "rows for a spreadsheet", "table": "one line per row", ">": "new file", ">!": "overwrite file",
    ">>": "append to file", "|": "pipe to command",
  ]

  /// What the statement does that begins with some words and a keyword; nil in the midst of one.
  static func hint(for keyword: String, behind words: [String]) -> String? {
    let head = words.map { $0.lowercased() } + [keyword]
    let fitting = entries.filter { $0.head.starts(with: head) }
    let next = fitting.compactMap { $0.head.dropFirst(head.count).first }.uniqued()
    guard fitting.count > 1, !next.isEmpty else { return fitting.first?.summary }
    return next.joined(separator: ", ")
  }

  /// The next words of the help topics that begin with some words.
  static func topics(behind words: some Sequence<String>, beginning typed: String) -> [Candidate] {
    let head = words.map { $0.lowercased() }
    let others = head.isEmpty ? HelpTopic.all.map { Candidate($0.name, hint: $0.summary) } : []
    let statements = entries.filter { $0.head.count > head.count && $0.head.starts(with: head) }
      .map { $0.head[head.count] }.uniqued().sorted()
      .filter { $0.hasPrefix(typed.lowercased()) }
      .map { Candidate($0, hint: hint(for: $0, behind: head)) }
    return statements + others.filter { $0.text.hasPrefix(typed.lowercased()) }
  }
}
