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

  private let source: Source
  private let lexeme: Lexeme

  init(_ source: Source, _ lexeme: Lexeme) {
    self.source = source
    self.lexeme = lexeme
  }

  package var kind: Kind {
    switch lexeme.kind {
    case .bare, .double, .single, .raw: .word(Word(source, lexeme))
    case .comma: .comma
    case .comment: .comment
    case .lineEnd: .terminator(isLineEnd: true)
    case .semicolon: .terminator(isLineEnd: false)
    }
  }

  package var span: Span { Span(source, lexeme.range) }

  package var word: Word? { lexeme.kind.isWord ? Word(source, lexeme) : nil }
}
