/// The canonical text of a script while its statements are read: a statement a line, with its comments.
struct CanonicalText {
  struct Statement {
    let text: String
    /// True where it ends in a command of the shell, which a comment on its line would be a part of.
    let endsInCommand: Bool

    init(_ match: Match) {
      text = Formatter.text(of: match)
      endsInCommand = if case .word(let word)? = match.pieces.last { word.quoting == .raw } else { false }
    }
  }

  private var text = ""
  private var current = ""
  private var isAwaitingBlank = false
  /// True where the line of the source holds something.
  private var hasTokens = false
  private var endsInCommand = false

  /// Adds what stands up to the end of a statement: its comments, and the statement if there is one.
  mutating func add(_ lexemes: [Lexeme], of source: Source, _ statement: Statement?) {
    var isBegun = false
    for lexeme in lexemes {
      switch lexeme.kind {
      case .lineEnd:
        if !current.isEmpty { flush() } else if !hasTokens { isAwaitingBlank = true }
        hasTokens = false
      case .semicolon: break
      case .comment: add(comment: source.text(lexeme.range))
      default:
        hasTokens = true
        if !isBegun { begin(statement) }
        isBegun = true
      }
    }
  }

  mutating func finish() -> String {
    if !current.isEmpty { flush() }
    return text
  }

  private mutating func begin(_ statement: Statement?) {
    if !current.isEmpty { flush() }
    guard let statement else { return }
    current = statement.text
    endsInCommand = statement.endsInCommand
  }

  private mutating func add(comment: String) {
    hasTokens = true
    if endsInCommand { flush() }
    let comment = Self.trimmed(comment)
    current = current.isEmpty ? comment : current + "  " + comment
  }

  private mutating func flush() {
    if isAwaitingBlank, !text.isEmpty { text += "\n" }
    isAwaitingBlank = false
    text += current
    text += "\n"
    current = ""
    endsInCommand = false
  }

  /// The marks of what a transcript recorded. Blanks at the end of such a line were printed, and belong to it.
  private static let recorded = ["#>", "#!", "#~", "#?"]

  private static func trimmed(_ comment: String) -> String {
    let isRecorded = recorded.contains { comment.hasPrefix($0) }
    var text = comment.unicodeScalars[...]
    while let last = text.last, last == "\r" || !isRecorded && (last == " " || last == "\t") { text.removeLast() }
    return String(text)
  }
}
