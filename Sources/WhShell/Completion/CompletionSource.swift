import Synchronization
import WhDomain
import WhSession
import WhSyntax

/// What Tab offers: from the grammar and from what the session has seen, and never from the network.
package final class CompletionSource: Sendable {
  private let snapshot: Mutex<Snapshot?> = Mutex(nil)
  private let profiles: [String]
  private let listFolder: @Sendable (_ path: String) -> [(name: String, isFolder: Bool)]

  package init(
    profiles: [String], listFolder: @escaping @Sendable (_ path: String) -> [(name: String, isFolder: Bool)]
  ) {
    self.profiles = profiles
    self.listFolder = listFolder
  }

  package func update(_ snapshot: Snapshot) {
    self.snapshot.withLock { $0 = snapshot }
  }

  package func complete(_ line: String, _ cursor: Int) -> CompletionResult {
    let bytes = Array(line.utf8.prefix(cursor))
    let source = Source(name: "prompt", bytes: bytes)
    let partial = PartialWord(at: cursor, in: source)
    if let variable = partial.openVariable { return variables(variable, cursor) }
    let before = Source(name: "prompt", bytes: Array(bytes[..<partial.start]))
    let expected = CommandTable.parser.expectations(after: before)
    var candidates = partial.isQuoted ? [] : keywords(expected, partial.text)
    var opensFolder = false
    for case .slot(let slot) in expected {
      if slot == .file {
        let files = self.files(partial.text)
        opensFolder = files.count == 1 && files[0].text.contains("/") && files[0].display.hasSuffix("/")
        candidates += files
      } else {
        candidates += names(of: slot, before: before).filter { $0.display.hasPrefix(partial.text) }
      }
    }
    var seen: Set<String> = []
    return CompletionResult(
      replaceFrom: partial.start, candidates: candidates.filter { seen.insert($0.text).inserted },
      appendSpace: !opensFolder)
  }

  // MARK: Candidates

  private func keywords(_ expected: [Expectation], _ typed: String) -> [Candidate] {
    let words = expected.compactMap { if case .keyword(let word) = $0 { word } else { nil } }
    return words.uniqued().filter { $0.hasPrefix(typed.lowercased()) }.sorted().map { Candidate($0) }
  }

  private func names(of slot: Slot, before: Source) -> [Candidate] {
    guard let snapshot = snapshot.withLock(\.self) else { return [] }
    let known = KnownNames(snapshot)
    return switch slot {
    case .app: known.apps
    case .webhook: known.webhooks
    case .event: known.events(lackedByChosen: true)
    case .subscribedEvent: known.subscribedEvents
    case .headerName, .presentHeader: known.headers
    case .slug: known.slugs
    case .status: ["active", "billing_paused"].map { Candidate($0) }
    case .option: SessionOptions.all.map { Candidate($0.name, hint: $0.summary) }
    case .optionValue: optionValues(before)
    case .topic: CommandTable.topics(after: before)
    case .profile: profiles.map { Candidate(Quoter.word($0), display: $0) }
    case .variable: snapshot.scope.variables.keys.sorted().map { Candidate($0) }
    case .url, .urlPart, .headerValue, .glob, .value, .time, .appName, .file, .run, .word: []
    }
  }

  private func optionValues(_ before: Source) -> [Candidate] {
    let name = Lexer.lex(before).tokens.last?.word?.literal ?? ""
    return SessionOptions.all.first { $0.name == name }?.values.map { Candidate($0) } ?? []
  }

  private func variables(_ typed: (start: Int, name: String), _ cursor: Int) -> CompletionResult {
    let scope = snapshot.withLock { $0?.scope.variables ?? [:] }
    let names = scope.keys.sorted() + Placeholder.allCases.map(\.rawValue)
    return CompletionResult(
      replaceFrom: typed.start,
      candidates: names.filter { $0.hasPrefix(typed.name) }.map { Candidate("${\($0)}", display: $0, hint: scope[$0]) },
      appendSpace: false)
  }

  private func files(_ typed: String) -> [Candidate] {
    let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
    let prefix = typed.dropFirst(folder.count)
    return listFolder(folder.isEmpty ? "." : folder)
      .filter { $0.name.hasPrefix(prefix) && (prefix.hasPrefix(".") || !$0.name.hasPrefix(".")) }
      .sorted { $0.name < $1.name }
      .map { entry in
        let path = folder + entry.name + (entry.isFolder ? "/" : "")
        return Candidate(Quoter.word(path), display: entry.name + (entry.isFolder ? "/" : ""))
      }
  }
}

extension CommandTable {
  /// The next words of the help topics that begin as what stands behind `help`.
  fileprivate static func topics(after before: Source) -> [Candidate] {
    let typed = Lexer.lex(before).tokens.split { if case .terminator = $0.kind { true } else { false } }.last ?? []
    let words = typed.compactMap { $0.word?.literal?.lowercased() }.dropFirst()
    let heads = all.map { $0.grammar.head.split(separator: " ").map(String.init) }
    return heads.filter { $0.count > words.count && Array($0.prefix(words.count)) == Array(words) }
      .map { $0[words.count] }.uniqued().sorted().map { Candidate($0) }
  }
}
