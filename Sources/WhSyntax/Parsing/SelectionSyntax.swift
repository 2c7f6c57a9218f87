/// A selection as it was written.
package enum SelectionSyntax: Sendable {
  case all(Span)
  /// Ids, slugs and globs.
  case names([Word])
  case file(Word)
  case matching(PredicateSyntax, Span)

  package var span: Span {
    switch self {
    case .all(let span), .matching(_, let span): span
    case .names(let words): words[0].span.joined(with: words[words.count - 1].span)
    case .file(let word): word.span
    }
  }
}
