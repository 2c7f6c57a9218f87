/// A predicate as it was written.
package indirect enum PredicateSyntax: Sendable {
  case not(PredicateSyntax)
  /// Two or more.
  case all([PredicateSyntax])
  case any([PredicateSyntax])
  case comparison(field: Word, Operator, Word)
  case event(Word)
  /// By a pattern; the operator is `~` or `!~`.
  case eventPattern(Operator, Word)
  case header(Word, (Operator, Word)?)

  package struct Operator: Sendable {
    package let text: String
    package let span: Span
  }

  /// The fields that can be compared, with the slot that their values fill.
  package static func fields(of subject: Subject) -> [String: Slot] {
    var fields: [String: Slot] = [
      "slug": .slug, "name": .appName, "status": .status, "created": .time, "updated": .time,
    ]
    fields["id"] = subject == .app ? .app : .webhook
    if subject == .webhook {
      fields["url"] = .url
      fields["host"] = .host
      fields["headers"] = .presentHeader
    }
    return fields
  }

  package static let textOperators = ["=", "!=", "~", "!~"]
  package static let patternOperators = ["~", "!~"]
  package static let timeOperators = ["<", ">", "<=", ">="]

  /// Longest first, so that `<=` is not read as `<`.
  static let allOperators = ["!=", "!~", "<=", ">=", "=", "~", "<", ">"]
}
