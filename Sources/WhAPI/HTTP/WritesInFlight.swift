import Synchronization

/// The writes that were sent and are not answered yet. One that has begun comes to its end even when the task that asked for it
/// is cancelled: an interrupted run must know the outcome of each request that was sent.
package final class WritesInFlight: Sendable {
  private struct State {
    /// Ends each of them without its answer.
    var writes: [Int: @Sendable () -> Void] = [:]
    var nextID = 0
  }

  private let state = Mutex(State())

  package init() {}

  package var count: Int { state.withLock(\.writes.count) }

  /// Ends them without their answers: whether they were applied is unknown then.
  package func giveUp() {
    for end in state.withLock({ Array($0.writes.values) }) { end() }
  }

  func add(_ end: @escaping @Sendable () -> Void) -> Int {
    state.withLock { state in
      state.nextID += 1
      state.writes[state.nextID] = end
      return state.nextID
    }
  }

  func remove(_ id: Int) {
    state.withLock { $0.writes[id] = nil }
  }
}
