import WhDomain
import WhJournal
import WhSession

/// Where a script of a folder stands, for `wh migrate status`.
package struct MigrationRow: Sendable {
  package let name: String
  package let state: String
  package let entry: LedgerEntry?
  /// How many apps it was not applied to yet.
  package let waiting: Int
  package let isPending: Bool

  init(_ status: MigrationStatus, waiting: Int) {
    name = status.name
    self.waiting = waiting
    switch status.state {
    case .pending: (state, entry) = ("pending", nil)
    case .applied(let entry): (state, self.entry) = (waiting > 0 ? "behind" : "applied", entry)
    case .baseline(let entry): (state, self.entry) = ("baseline", entry)
    case .failed(let entry): (state, self.entry) = ("failed", entry)
    case .edited(let entry, _): (state, self.entry) = ("edited", entry)
    case .vanished(let entry): (state, self.entry) = ("vanished", entry)
    }
    isPending = status.isPending || state == "behind"
  }

  /// How many apps it was applied to.
  package var appliedCount: Int { entry?.apps.count { $0.outcome == .applied } ?? 0 }
}
