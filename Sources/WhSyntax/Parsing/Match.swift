/// A statement that fits a grammar of the table.
package struct Match: Sendable {
  /// The statement's index in the table.
  package let command: Int
  package let span: Span
  package let words: [String: [Word]]
  /// The keywords that were written, in their order and in lower case.
  package let keywords: [String]
  package let selection: SelectionSyntax?
  package let predicate: PredicateSyntax?
  /// The statement that it carries: an edit, or one that looks.
  package let carried: [Match]
  /// What was written, piece by piece, for the formatter.
  package let pieces: [Piece]

  /// The signs before the place where the output goes, which is the word of `slot`.
  package enum Output: String, CaseIterable, Sendable {
    case create = ">"
    case replace = ">!"
    case append = ">>"
    case command = "|"

    package static let slot = "output"
  }

  package var output: Output? { keywords.last.flatMap(Output.init) }

  /// One piece of a statement, with its role.
  package enum Piece: Sendable {
    case keyword(String)
    case word(Word)
    /// Between the words of a list.
    case separator
    case open
    case close
  }
}
