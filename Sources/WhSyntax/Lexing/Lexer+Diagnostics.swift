/// What the lexer finds wrong.
extension Diagnostic {
  static func notUTF8(_ span: Span, byte: UInt8) -> Diagnostic {
    let hex = String(byte, radix: 16, uppercase: true)
    return Diagnostic(.notUTF8, "the text is not valid UTF-8", at: span, label: "invalid byte 0x\(hex)")
  }

  static func loneCarriageReturn(_ span: Span) -> Diagnostic {
    Diagnostic(
      .loneCarriageReturn, "a carriage return without a line feed", at: span,
      label: "end each line with a line feed, or with both")
  }

  static func invisibleCharacter(_ scalar: Unicode.Scalar, _ span: Span) -> Diagnostic {
    Diagnostic(
      .invisibleCharacter, "an invisible character, \(Printable.escape(scalar)), outside quotes", at: span,
      label: "remove it, or put quotes around the word")
  }

  static func textAfterQuote(_ span: Span) -> Diagnostic {
    Diagnostic(.textAfterQuote, "text follows the closing quote", at: span, label: "add a space before this")
  }

  static func unclosedQuote(_ span: Span, after spanning: Span?) -> Diagnostic {
    let notes = spanning.map { word in
      let last = word.source.position(of: word.range.upperBound).line
      return [
        "another quote may be missing before: the text quoted from line \(word.position.line) ends in line \(last)"
      ]
    }
    return Diagnostic(.unclosedQuote, "this quote is not closed", at: span, label: "opened here", notes: notes ?? [])
  }

  static func curlyQuote(_ span: Span) -> Diagnostic {
    Diagnostic(
      .curlyQuote, "a curly quote does not quote", at: span, label: "use straight quotes")
  }

  static func blankAfterBackslash(_ span: Span) -> Diagnostic {
    Diagnostic(
      .blankAfterBackslash, "a space follows the backslash, so it does not join lines", at: span,
      label: "remove the space, or quote the word")
  }

  static func unknownEscape(_ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownEscape, "`\(Printable.escaped(span.text))` is not an escape", at: span,
      label: #"the escapes are \" \\ \n \t \r \$ and \u{1F600}"#)
  }

  static func badUnicodeEscape(_ span: Span) -> Diagnostic {
    Diagnostic(
      .badUnicodeEscape, "not a Unicode escape", at: span,
      label: #"write 1 to 8 hexadecimal digits of a character, as in \u{1F600}"#)
  }

  static func unclosedVariable(_ span: Span) -> Diagnostic {
    Diagnostic(.unclosedVariable, "`${` is not closed", at: span, label: "add `}` after the name")
  }

  static func badVariableName(_ span: Span) -> Diagnostic {
    Diagnostic(
      .badVariableName, "`\(Printable.escaped(span.text))` is not a valid variable name", at: span,
      label: "use letters, digits and `_`; the first character must not be a digit")
  }

  static func nothingToJoin(_ span: Span) -> Diagnostic {
    Diagnostic(.nothingToJoin, "a backslash joins lines, but no line follows", at: span, label: "remove it")
  }
}
