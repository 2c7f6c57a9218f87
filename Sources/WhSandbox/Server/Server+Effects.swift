import Foundation

extension Server {
  /// What a sandbox takes from its environment.
  package struct Effects: Sendable {
    /// The present time, for `updatedAt`, windows of the rate limit and the `Date` header.
    package var now: @Sendable () -> Date
    /// Waits; throws `CancellationError` if the task is cancelled in the meantime.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// Random bits, for new ids and for a seed that the options leave open.
    package var random: @Sendable () -> UInt64

    /// Makes effects; what is left out is the system's own.
    package init(
      now: @escaping @Sendable () -> Date = { Date() },
      sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
      random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    ) {
      self.now = now
      self.sleep = sleep
      self.random = random
    }

    var timestamp: Timestamp {
      Timestamp(now())
    }
  }
}
