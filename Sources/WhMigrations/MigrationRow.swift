import WhDomain
import WhJournal

/// Where a script of a folder stands, for `wh migrate status`.
package struct MigrationRow: Sendable {
  package let name: String
  package let state: String
  package let entry: LedgerEntry?
  /// How many apps it was not applied to yet; nil where that can't be told.
  package let waiting: Int?
  package let isPending: Bool

  init(_ status: MigrationStatus, waiting: Int?) {
    name = status.name
    self.waiting = waiting
    entry = status.entry
    switch status.state {
    case .pending: state = "pending"
    case .applied: state = waiting ?? 0 > 0 ? "behind" : "applied"
    case .baseline: state = "baseline"
    case .failed: state = "failed"
    case .edited: state = "edited"
    case .vanished: state = "vanished"
    }
    isPending = status.isPending || state == "behind"
  }

  /// How many apps it was applied to.
  package var appliedCount: Int { entry?.apps.count { $0.outcome == .applied } ?? 0 }
}
