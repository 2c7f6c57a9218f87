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
