import Foundation

/// The seeds of random tests, which are the same on every run.
///
/// `WH_TEST_SEEDS` selects others: a number, or a range as `100-199`.
package enum Seeds {
  /// As many seeds, from 1, and those with which a test ever failed.
  package static func first(_ count: UInt64, andOnceFailed failed: UInt64...) -> [UInt64] {
    guard let text = ProcessInfo.processInfo.environment["WH_TEST_SEEDS"] else { return Array(1...count) + failed }
    guard let chosen = range(text) else { fatalError("WH_TEST_SEEDS is `\(text)`, and not a number or a range") }
    return Array(chosen)
  }

  /// The range that a text names; nil where it names none.
  package static func range(_ text: String) -> ClosedRange<UInt64>? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else {
      return nil
    }
    return first...last
  }
}
