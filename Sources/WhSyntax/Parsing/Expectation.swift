/// What could have stood at a place: the error message names it, and Tab offers it.
package enum Expectation: Hashable, Sendable {
  case keyword(String)
  case symbol(String)
  case slot(Slot)
  case end

  var phrase: String {
    switch self {
    case .keyword(let word), .symbol(let word): "`\(word)`"
    case .slot(let slot): slot.phrase
    case .end: "the end of the statement"
    }
  }
}
