import WhDomain

/// The ways by which time, files and the environment reach a session.
package struct Effects: Sendable {
  /// The time since some fixed moment of this process, for ages and waits.
  package var monotonic: @Sendable () -> Duration
  /// Seconds since 1970-01-01T00:00:00Z.
  package var wallClock: @Sendable () -> Double
  /// Waits; ends early by throwing when the task is cancelled.
  package var sleep: @Sendable (Duration) async throws(CancellationError) -> Void
  /// The bytes of a file.
  package var readFile: @Sendable (_ path: String) throws(FileProblem) -> [UInt8]

  package init(
    monotonic: @escaping @Sendable () -> Duration, wallClock: @escaping @Sendable () -> Double,
    sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void,
    readFile: @escaping @Sendable (_ path: String) throws(FileProblem) -> [UInt8]
  ) {
    self.monotonic = monotonic
    self.wallClock = wallClock
    self.sleep = sleep
    self.readFile = readFile
  }
}
