/// Something in the journal that is not as it must be.
package struct JournalProblem: Hashable, Sendable, CustomStringConvertible {
  /// Nil for a fault of the file as a whole, or of the ledger.
  package let run: Int?
  /// One line, without a full stop.
  package let description: String

  package init(run: Int? = nil, _ description: String) {
    self.run = run
    self.description = description
  }
}

extension Run {
  /// What does not add up.
  ///
  /// - Parameters:
  ///   - places: the places of the intents that were found, in their order.
  ///   - openCountAtEnd: how many intents were open when it ended, as was written then; nil for a run that has not ended.
  func faults(places: [Int], openCountAtEnd: Int?) -> [JournalProblem] {
    var faults: [String] = []
    if places.count != intentCount { faults.append("\(places.count) of \(intentCount) intents found") }
    if places != Array(places.indices) { faults.append("its intents are not numbered consecutively") }
    if let openCountAtEnd, openCountAtEnd != openCount {
      faults.append("\(openCount) intents are open, not \(openCountAtEnd)")
    }
    return faults.map { JournalProblem(run: number, $0) }
  }
}
