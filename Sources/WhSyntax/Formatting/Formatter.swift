/// The canonical form of a script: a statement a line, keywords in lower case, lists with commas, comments kept.
package struct Formatter {
  private let parser: Parser

  package init(_ table: GrammarTable) {
    parser = Parser(table)
  }

  /// The canonical text of a script. Formatting it again changes nothing.
  ///
  /// - Throws: `FormattingRefused` with the errors of a script that can't be read.
  package func format(_ source: Source) throws(FormattingRefused) -> String {
    let script = parser.parse(source)
    guard script.diagnostics.isEmpty else { throw FormattingRefused(diagnostics: script.diagnostics) }
    var statements = script.statements[...]
    var lines: [String] = []
    var current = ""
    var isAwaitingBlank = false
    var hasTokens = false
    var statementStart: Int?
    var endsInCommand = false

    func flush() {
      if isAwaitingBlank, !lines.isEmpty { lines.append("") }
      isAwaitingBlank = false
      lines.append(current)
      current = ""
      endsInCommand = false
    }

    for token in Lexer.lex(source).tokens {
      switch token.kind {
      case .word, .comma:
        hasTokens = true
        if statementStart == nil {
          if !current.isEmpty { flush() }
          statementStart = token.span.range.lowerBound
          if let match = statements.popFirst() {
            current = Self.text(of: match)
            endsInCommand = match.output == .command
          }
        }
      case .comment:
        hasTokens = true
        // On the line of a command of the shell's it would be a part of that.
        if endsInCommand { flush() }
        let comment = Self.trimmed(token.span.text)
        current = current.isEmpty ? comment : current + "  " + comment
      case .terminator(let isLineEnd):
        statementStart = nil
        guard isLineEnd else { continue }
        if !current.isEmpty { flush() } else if !hasTokens { isAwaitingBlank = true }
        hasTokens = false
      }
    }
    if !current.isEmpty { flush() }
    let text = lines.map { $0 + "\n" }.joined()
    // A command for the shell may go on in the next line, so that there are line ends in it too.
    return Self.hasWindowsLineEnds(source) ? text.replacing("\n", with: "\r\n") : text
  }

  /// True where each line ends in CR LF, as in a checkout on Windows: the same script, with the line ends of its system.
  private static func hasWindowsLineEnds(_ source: Source) -> Bool {
    var last: UInt8 = 0
    var hasLines = false
    for byte in source.bytes {
      if byte == UInt8(ascii: "\n") {
        guard last == UInt8(ascii: "\r") else { return false }
        hasLines = true
      }
      last = byte
    }
    return hasLines
  }

  /// A statement's canonical text.
  package static func text(of match: Match) -> String {
    var text = ""
    var isOpening = true
    for (index, piece) in match.pieces.enumerated() {
      switch piece {
      case .separator: text += ","
      case .close: text += ")"
      default:
        text += isOpening ? "" : " "
        isOpening = false
        switch piece {
        case .keyword(let word): text += word
        case .word(let word):
          let isBeforeClose =
            if index + 1 < match.pieces.count, case .close = match.pieces[index + 1] { true } else { false }
          text += Self.text(of: word, isBeforeClose: isBeforeClose)
        default:
          text += "("
          isOpening = true
        }
      }
    }
    return text
  }

  private static func text(of word: Word, isBeforeClose: Bool) -> String {
    if word.quoting == .raw, let command = word.literal { return command }
    guard word.quoting == .bare else { return word.span.text }
    let plain = word.parts.map { part in
      switch part {
      case .text(let text, _): text
      case .variable(let name, _): "${\(name)}"
      }
    }.joined()
    // Joining lines can produce a `${` that was not there before.
    let isReadAlike = !word.parts.contains { if case .text(let text, _) = $0 { text.contains("${") } else { false } }
    // A word that opens more parentheses than it closes would take the one that follows it.
    let takesClose = isBeforeClose && plain.count { $0 == "(" } > plain.count { $0 == ")" }
    if isReadAlike, !takesClose {
      if Quoter.isBare(plain) { return plain }
      // Quotes would turn a pattern into a name, and hide a mistake. Only a backslash at the end can't stay as it is.
      if plain.contains(where: { "*?[".contains($0) }), plain.utf8.last != UInt8(ascii: "\\") { return plain }
    }
    let escaped = word.parts.map { part in
      switch part {
      case .text(let text, _): Quoter.escaped(text)
      case .variable(let name, _): "${\(name)}"
      }
    }.joined()
    return "\"\(escaped)\""
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

/// The reason why a script was not formatted.
package struct FormattingRefused: Error {
  package let diagnostics: [Diagnostic]
}
