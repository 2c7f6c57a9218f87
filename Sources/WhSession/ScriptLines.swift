import WhDomain
import WhSyntax

/// A kind of script that is written from what the service holds.
protocol GeneratedScript {
  /// - Throws: `UnreadableDump` if it would not read as what was meant.
  func text() throws(UnreadableDump) -> String
}

/// A script that is written from what the service holds. Foreign text is in its words and comments only, so that the statements
/// of what is read back are exactly those that were written.
struct ScriptLines {
  enum Line {
    case statement(String)
    case comment(String)
    case blank

    fileprivate var text: String {
      switch self {
      case .statement(let text): text
      case .comment(let text): "# " + text
      case .blank: ""
      }
    }
  }

  private let lines: [Line]

  init(_ lines: [Line]) {
    self.lines = lines
  }

  /// The text, which has been read back.
  ///
  /// - Parameter variables: the variables that a run of the script has to be given.
  /// - Throws: `UnreadableDump` if it would not be the same script.
  func text(_ vocabulary: Vocabulary, given variables: [String] = []) throws(UnreadableDump) -> String {
    let text = lines.map { $0.text + "\n" }.joined()
    let written = lines.compactMap { if case .statement(let text) = $0 { text } else { nil } }
    let source = Source(name: "dump", text: text)
    let scope = Scope(fixed: Dictionary(uniqueKeysWithValues: variables.map { ($0, "x") }))
    if let error = vocabulary.errors(source, scope).first { throw UnreadableDump(reason: error.message) }
    let read = Parser(vocabulary.grammars).parse(source).statements.map(\.span.text)
    guard read == written else { throw UnreadableDump(reason: "it reads as other statements") }
    return text
  }
}

extension Redactor {
  func holdsSecret(_ value: String) -> Bool { redact(value: value) != value }

  /// True for a header whose value no script may hold: it is secret or masked, or no request could carry it.
  func isWithheld(_ header: Header) -> Bool {
    do throws(InvalidValue) {
      try Header.validate(name: header.name)
      try Header.validate(value: header.value)
      return header.isSecret || header.isMasked || holdsSecret(header.value)
    } catch {
      return true
    }
  }
}

/// Why a dump is not written: read back, it would not be the script that was meant.
struct UnreadableDump: Error {
  let reason: String
}
