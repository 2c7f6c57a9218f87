import Synchronization

/// The writes that were sent and are not answered yet. One that has begun comes to its end even when the task that asked for it
/// is cancelled: an interrupted run must know the outcome of each request that was sent.
package final class WritesInFlight: Sendable {
  private let number = Atomic(0)
  /// What ends the writes of each transport without waiting for their answers.
  private let ends = Mutex<[@Sendable () -> Void]>([])

  package init() {}

  package var count: Int { number.load(ordering: .relaxed) }

  /// Ends them without their answers: whether they were applied is unknown then.
  package func giveUp() {
    for end in ends.withLock(\.self) { end() }
  }

  /// Adds a transport that sends writes.
  func register(_ end: @escaping @Sendable () -> Void) { ends.withLock { $0.append(end) } }

  func began() { number.add(1, ordering: .relaxed) }

  func ended() { number.subtract(1, ordering: .relaxed) }
}
