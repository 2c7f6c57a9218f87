import WhJournal
import WhSession

/// What came of a migration.
package struct MigrationResult: Equatable, Sendable {
  /// The worst that happened; nil when all is well.
  package var failure: Failure.Kind?
  /// True while there is something to run, for all apps or for some.
  package var isPending = false
  /// True where a script that was applied was edited or is missing, so that nothing would be run.
  package var isContradicted = false
  /// What a plan stands for that is to be kept; nil for any other work.
  package var planned: PlannedMigration?

  package init(
    failure: Failure.Kind? = nil, isPending: Bool = false, isContradicted: Bool = false,
    planned: PlannedMigration? = nil
  ) {
    self.planned = planned
    self.failure = failure
    self.isPending = isPending
    self.isContradicted = isContradicted
  }
}
