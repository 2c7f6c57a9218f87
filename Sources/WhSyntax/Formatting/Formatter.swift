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
    var reader = parser.reader(of: source)
    var text = CanonicalText()
    while reader.advance() { text.add(reader.lexemes, of: source, reader.match.map(CanonicalText.Statement.init)) }
    let problems = reader.takeProblems(before: .max)
    guard problems.isEmpty else { throw FormattingRefused(diagnostics: problems) }
    let lines = text.finish()
    // A command for the shell may go on in the next line, so that there are line ends in it too.
    return Self.hasWindowsLineEnds(source) ? lines.replacing("\n", with: "\r\n") : lines
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
    let pieces = match.pieces
    for (index, piece) in pieces.enumerated() {
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
            if index + 1 < pieces.count, case .close = pieces[index + 1] { true } else { false }
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
    // Most words are of this kind.
    if !isBeforeClose, let text = word.plainText, Quoter.isBare(text) { return text }
    let plain = word.parts.map { part in
      switch part {
      case .text(let text, _): text
      case .variable(let name, _): "${\(name)}"
      }
    }.joined()
    // Joining lines can produce a `${` that was not there before.
    let isReadAlike = !word.parts.contains {
      if case .text(let text, _) = $0 { Quoter.holdsVariable(text) } else { false }
    }
    // A word that opens more parentheses than it closes would take the one that follows it.
    let takesClose = isBeforeClose && plain.count { $0 == "(" } > plain.count { $0 == ")" }
    if isReadAlike, !takesClose {
      if Quoter.isBare(plain) { return plain }
      // Quotes would turn a pattern into a name, and a comma into a part of one, and hide a mistake. Only a backslash at the end
      // can't stay as it is.
      if plain.utf8.contains(where: { "*?[,".utf8.contains($0) }), plain.utf8.last != UInt8(ascii: "\\") {
        return plain
      }
    }
    let escaped = word.parts.map { part in
      switch part {
      case .text(let text, _): Quoter.escaped(text)
      case .variable(let name, _): "${\(name)}"
      }
    }.joined()
    return "\"\(escaped)\""
  }
}

/// The reason why a script was not formatted.
package struct FormattingRefused: Error {
  package let diagnostics: [Diagnostic]
}
