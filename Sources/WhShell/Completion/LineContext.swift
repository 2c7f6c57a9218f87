import WhSession
import WhSyntax

/// What precedes the word that is being typed: its statement, and what the line has selected so far.
struct LineContext {
  /// What a line selects before the cursor.
  enum Choice: Equatable {
    /// Nothing: the selection of the session counts.
    case none
    /// By these ids or slugs.
    case names([String])
    /// By a predicate, a pattern or a file, which is not known before the line runs.
    case unknown
  }

  /// The words of the statement so far.
  let words: [String]
  let apps: Choice
  let webhooks: Choice

  init(before source: Source) {
    let statements = Lexer.lex(source).tokens
      .split(omittingEmptySubsequences: false) { if case .terminator = $0.kind { true } else { false } }
      .map { $0.compactMap { $0.word?.literal } }
    words = statements.last ?? []
    var (apps, webhooks) = (Choice.none, Choice.none)
    for statement in statements {
      switch statement.prefix(2).map({ $0.lowercased() }) {
      case ["use", "app"] where statement.count > 2: (apps, webhooks) = (Self.choice(statement.dropFirst(2)), .unknown)
      case ["use", "profile"]: (apps, webhooks) = (.unknown, .unknown)
      case let head where head.first == "webhook" && statement.count > 1:
        webhooks = Self.choice(
          statement.dropFirst().prefix { !CommandTable.grammars.editKeywords.contains($0.lowercased()) })
      default: continue
      }
    }
    (self.apps, self.webhooks) = (apps, webhooks)
  }

  private static func choice(_ words: ArraySlice<String>) -> Choice {
    let isPlain = !words.contains { ["*", "where", "from"].contains($0.lowercased()) || $0.contains("*") }
    return isPlain ? .names(Array(words)) : .unknown
  }
}
