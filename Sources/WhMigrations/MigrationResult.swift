import WhSession

/// What came of a migration.
package struct MigrationResult: Equatable, Sendable {
  /// The worst that happened; nil when all is well.
  package var failure: Failure.Kind?
  /// True while there is something to run, for all apps or for some.
  package var isPending = false
  /// True where a script that was applied was edited or is missing, so that nothing would be run.
  package var isContradicted = false

  package init(failure: Failure.Kind? = nil, isPending: Bool = false, isContradicted: Bool = false) {
    self.failure = failure
    self.isPending = isPending
    self.isContradicted = isContradicted
  }
}
