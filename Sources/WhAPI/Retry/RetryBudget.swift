import Synchronization

/// What all requests of a run may spend on further tries together, so that a dead server is not hammered by each in turn.
///
/// Each further try costs one, and each answer that is not a failure gives one back, up to what there was at first.
package final class RetryBudget: Sendable {
  private let capacity: Int
  private let state: Mutex<State>

  private struct State {
    var left: Int
    var hasFoundServer = false
  }

  package init(capacity: Int = 1000) {
    self.capacity = capacity
    state = Mutex(State(left: capacity))
  }

  /// False when nothing is left.
  func take() -> Bool {
    state.withLock { state in
      guard state.left > 0 else { return false }
      state.left -= 1
      return true
    }
  }

  func giveBack() {
    state.withLock { $0.left = min(capacity, $0.left + 1) }
  }

  /// True once any answer came.
  var hasFoundServer: Bool { state.withLock { $0.hasFoundServer } }

  func noteAnswer() {
    state.withLock { $0.hasFoundServer = true }
  }
}
