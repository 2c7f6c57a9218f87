/// How long work may take, after which nothing new is begun.
package struct TimeLimit: Sendable {
  let duration: Duration
  /// Why the work ends then, in words that follow `stopped: `.
  let cause: String
  let sleep: @Sendable (Duration) async throws(CancellationError) -> Void

  /// - Parameter sleep: of the clock that the time is measured by.
  package init(
    _ duration: Duration, cause: String, sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void
  ) {
    self.duration = duration
    self.cause = cause
    self.sleep = sleep
  }
}
