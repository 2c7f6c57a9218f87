/// A selection as it was written.
package final class SelectionSyntax: Sendable {
  package enum Part: Sendable {
    case all(Span)
    /// Ids, slugs and globs.
    case names([Word])
    case file(Word)
    case matching(PredicateSyntax, Span)
  }

  package let base: Part
  /// What is left out of it.
  package let exception: Part?
  /// The number of items to keep.
  package let limit: Word?

  init(base: Part, exception: Part?, limit: Word?) {
    self.base = base
    self.exception = exception
    self.limit = limit
  }

  /// Where the selection stands, from its first word to its last.
  package var span: Span {
    let end = limit?.span ?? exception?.span ?? base.span
    return base.span.joined(with: end)
  }
}

extension SelectionSyntax.Part {
  /// Where the names, the file, or the keyword stands.
  package var span: Span {
    switch self {
    case .all(let span), .matching(_, let span): span
    case .names(let words): words[0].span.joined(with: words[words.count - 1].span)
    case .file(let word): word.span
    }
  }
}
