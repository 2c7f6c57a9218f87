#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Time and chance, as the client meets them; a test passes its own.
package struct APIEnvironment: Sendable {
  /// Wall-clock time since 1970-01-01T00:00:00Z; may jump.
  package var now: @Sendable () -> Duration
  /// Time since a moment of no meaning; never goes back.
  package var monotonic: @Sendable () -> Duration
  /// Waits; ends early by throwing when the task is cancelled.
  package var sleep: @Sendable (Duration) async throws(CancellationError) -> Void
  /// Evenly distributed in 0..<1.
  package var random: @Sendable () -> Double

  package init(
    now: @escaping @Sendable () -> Duration,
    monotonic: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.monotonic = monotonic
    self.sleep = sleep
    self.random = random
  }

  /// The real clocks and the system's randomness.
  package static let live = APIEnvironment(
    now: { read(CLOCK_REALTIME) },
    monotonic: { read(CLOCK_MONOTONIC) },
    sleep: { duration throws(CancellationError) in
      do {
        try await Task.sleep(for: duration)
      } catch {
        throw CancellationError()
      }
    },
    random: { Double.random(in: 0..<1) }
  )

  private static func read(_ clock: clockid_t) -> Duration {
    var time = timespec()
    clock_gettime(clock, &time)
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }
}

extension Duration {
  /// The duration in seconds, with a fraction.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
