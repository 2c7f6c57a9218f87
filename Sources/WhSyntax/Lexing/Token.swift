/// A lexical unit of a source.
package struct Token: Sendable {
  package enum Kind: Sendable {
    case word(Word)
    case comma
    /// `#` and what follows, to the line's end.
    case comment
    /// A line's end or `;`.
    case terminator(isLineEnd: Bool)
  }

  package let kind: Kind
  package let span: Span

  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  package var word: Word? {
    if case .word(let word) = kind { word } else { nil }
  }
}
