import WhSession

/// Runs the scripts of a migration and shows its events: a batch prints them, and a test records them.
package protocol MigrationRunner: Sendable {
  /// Runs statements one after the other, up to the first that fails.
  ///
  /// - Returns: the worst that happened; nil when all is well.
  func run(script: [Statement]) async -> Failure.Kind?

  /// Does what replies as a statement does, and shows that.
  ///
  /// - Returns: why it failed; nil when all is well.
  func perform(_ work: @Sendable () async throws(Failure) -> Reply) async -> Failure.Kind?

  func report(_ event: MigrationEvent) async
}
