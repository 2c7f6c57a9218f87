import Synchronization
import WhSession
import WhSyntax

/// Whether lines wait that were typed ahead: what they would reach instead of the prompt, such as a pager, must not start.
package final class TypedAhead: Sendable {
  private let reader = Mutex<(any LineReader)?>(nil)

  package init() {}

  /// Asks a reader from now on.
  package func watch(_ reader: any LineReader) {
    self.reader.withLock { $0 = reader }
  }

  package var isWaiting: Bool { reader.withLock(\.self)?.hasPendingInput ?? false }
}

/// Statements that were typed and do not run, because of an error before them or a question.
struct UnrunStatements {
  /// So many are named.
  private static let mostNamed = 3
  /// The columns that each of them takes at most.
  private static let widest = 60

  let source: Source
  private let statements: [String]

  /// - Parameter keys: the text as it was typed, with the keys that are no text.
  init(_ keys: String) {
    source = Source(name: "prompt", text: Self.text(keys))
    statements = Lexer.lex(source).tokens
      .split { if case .terminator = $0.kind { true } else { false } }
      .compactMap { tokens -> String? in
        let words = tokens.filter { if case .comment = $0.kind { false } else { true } }
        guard let first = words.first, let last = words.last else { return nil }
        return first.span.joined(with: last.span).text
      }
  }

  /// What is said of them; nil if there are none.
  func note(_ redactor: Redactor) -> String? {
    guard !statements.isEmpty else { return nil }
    let named = statements.prefix(Self.mostNamed).map { statement in
      // Where a secret stands in a text that was not read as a statement is a guess, so nothing after its first word is shown.
      let text = redactor.mayHoldSecret(statement) ? "\(statement.prefix { !$0.isWhitespace }) …" : statement
      return "`" + Table.cut(Printable.escaped(text), to: Self.widest) + "`"
    }
    let rest = statements.count - named.count
    return "not run: " + named.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// The lines that the keys come to: an end of a line for each Enter, and nothing for other keys that are no text.
  private static func text(_ keys: String) -> String {
    var text = String.UnicodeScalarView()
    var sequence: [Unicode.Scalar]?
    for scalar in keys.unicodeScalars {
      if let begun = sequence {
        let isIntroducer = begun.isEmpty && (scalar == "[" || scalar == "O")
        let goesOn = isIntroducer || !begun.isEmpty && !("@"..."~").contains(scalar)
        sequence = goesOn ? begun + [scalar] : nil
        continue
      }
      switch scalar {
      case "\u{1B}": sequence = []
      case "\r", "\n": text.append("\n")
      case "\t": text.append(" ")
      case _ where scalar.properties.generalCategory == .control: continue
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
