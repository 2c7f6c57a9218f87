/// The rows of a list that can't be read.
package struct UnreadableRows: Hashable, Sendable {
  package private(set) var count = 0
  /// Why, each as one clause that begins with the row's id; of the first 1,000.
  package private(set) var reasons: [String] = []

  private static let mostReasons = 1000

  package init(_ reasons: [String] = []) {
    for reason in reasons { add(reason) }
  }

  package var isEmpty: Bool { count == 0 }

  package mutating func add(_ reason: String) { add(1, [reason]) }

  /// Takes in more rows. Of rows that were seen before, the reasons may be known.
  package mutating func add(_ count: Int, _ newReasons: some Sequence<String>) {
    self.count += count
    reasons += newReasons.prefix(max(0, Self.mostReasons - reasons.count))
  }
}
