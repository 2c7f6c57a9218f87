import WhDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Time and chance, as the client meets them; a test passes its own.
package struct APIEnvironment: Sendable {
  package var time: TimeSource
  /// Evenly distributed in 0..<1.
  package var random: @Sendable () -> Double

  package init(time: TimeSource, random: @escaping @Sendable () -> Double) {
    self.time = time
    self.random = random
  }

  /// The real clocks and the system's randomness.
  package static let live = APIEnvironment(time: .live, random: { Double.random(in: 0..<1) })
}

extension TimeSource {
  /// The real clocks.
  package static let live = TimeSource(
    now: { read(CLOCK_REALTIME) },
    monotonic: { read(CLOCK_MONOTONIC) },
    sleep: { duration throws(CancellationError) in
      do {
        try await Task.sleep(for: duration)
      } catch {
        throw CancellationError()
      }
    })

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
