import WhDomain
import WhSyntax

/// A statement that says `••••` where a value is to stand: it does nothing, so that the mark never takes a secret's place.
struct WithheldStatement: Runnable {
  var work: Work { .local { _ in [] } }
}

extension Arguments {
  /// The first word with a value that was withheld, as it is in a transcript, written or held by a variable.
  var withheldPlace: Span? { withheldPlace(in: match.span) }

  func withheldPlace(in span: Span) -> Span? {
    var place: Span?
    guard !match.isPlain else { return nil }
    match.forEachWord { word in
      guard place == nil, !word.isPlain, span.range.contains(word.span.range.lowerBound) else { return }
      let isWithheld = word.parts.contains { part in
        switch part {
        case .text(let text, _): text.contains(Redactor.mask)
        case .variable(let name, _): scope.variables[name]?.contains(Redactor.mask) ?? false
        }
      }
      if isWithheld { place = word.span }
    }
    return place
  }
}

extension Diagnostic {
  static func withheld(_ span: Span) -> Diagnostic {
    Diagnostic(
      .withheldValue, "`\(Redactor.mask)` is a placeholder for a hidden value", at: span,
      label: "skipped: replace it with the value or a variable", severity: .warning)
  }
}
