import Synchronization

/// Reports one wait to a display, out of those of several parts of a connection.
package final class WaitBoard: Sendable {
  private let tell: @Sendable (PacingWait?) -> Void
  private let state = Mutex(State())

  private struct State {
    var limit: PacingWait?
    var network: PacingWait?
    var retries: [Int: PacingWait] = [:]
    var nextID = 0
    var told: PacingWait?

    /// What holds all requests back counts more than what one of them waits for.
    var current: PacingWait? { limit ?? network ?? retries.values.min { $0.until < $1.until } }
  }

  /// - Parameter tell: Called when another wait is to be shown, and with nil when there is none left.
  package init(tell: @escaping @Sendable (PacingWait?) -> Void = { _ in }) {
    self.tell = tell
  }

  /// The governor's wait.
  func set(limit wait: PacingWait?) {
    change { $0.limit = wait }
  }

  /// The wait for a connection or an answer.
  func set(network wait: PacingWait?) {
    change { $0.network = wait }
  }

  /// One request's pause before its next try.
  func add(_ wait: PacingWait) -> Int {
    change { state in
      state.nextID += 1
      state.retries[state.nextID] = wait
      return state.nextID
    }
  }

  func remove(_ id: Int) {
    change { $0.retries[id] = nil }
  }

  private func change<Value: Sendable>(_ edit: (inout State) -> Value) -> Value {
    let (value, news) = state.withLock { state -> (Value, PacingWait??) in
      let value = edit(&state)
      let current = state.current
      guard current != state.told else { return (value, nil) }
      state.told = current
      return (value, .some(current))
    }
    if let news { tell(news) }
    return value
  }
}
