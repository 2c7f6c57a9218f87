/// The one form in which time reaches every part; tests and the simulator pass their own.
package struct TimeSource: Sendable {
  /// Wall-clock time since 1970-01-01T00:00:00Z; may jump.
  package var now: @Sendable () -> Duration
  /// Time since a moment of no meaning, for ages and waits; never goes back.
  package var monotonic: @Sendable () -> Duration
  /// Waits; ends early by throwing when the task is cancelled.
  package var sleep: @Sendable (Duration) async throws(CancellationError) -> Void

  package init(
    now: @escaping @Sendable () -> Duration, monotonic: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void
  ) {
    self.now = now
    self.monotonic = monotonic
    self.sleep = sleep
  }
}
