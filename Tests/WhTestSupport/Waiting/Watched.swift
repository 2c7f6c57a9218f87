import Dispatch
import Synchronization

/// A state that other threads change and tests wait on. A wait is for a condition, and throws `NotSeen` when that does
/// not hold by a deadline.
package final class Watched<State: Sendable>: Sendable {
  private struct Waiter {
    let number: Int
    let what: String
    let condition: @Sendable (State) -> Bool
    let continuation: CheckedContinuation<State, any Error>
  }

  private struct Inner {
    var state: State
    var waiters: [Waiter] = []
    var count = 0
  }

  private let inner: Mutex<Inner>
  private let isFinal: @Sendable (State) -> Bool
  private let describe: @Sendable (State) -> String

  /// - Parameters:
  ///   - isFinal: true for a state that no other follows, so that no wait for another continues.
  ///   - describe: what a failure says of the state.
  package init(
    _ state: State, isFinal: @escaping @Sendable (State) -> Bool = { _ in false },
    describe: @escaping @Sendable (State) -> String = { "it is \($0)" }
  ) {
    inner = Mutex(Inner(state: state))
    self.isFinal = isFinal
    self.describe = describe
  }

  /// The state at this moment.
  package var now: State { inner.withLock { $0.state } }

  /// Changes the state, and ends the waits that it fulfils.
  package func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
    inner.withLock { inner in
      let result = body(&inner.state)
      let state = inner.state
      let isFinal = isFinal(state)
      inner.waiters.removeAll { waiter in
        if waiter.condition(state) {
          waiter.continuation.resume(returning: state)
        } else if isFinal {
          waiter.continuation.resume(throwing: NotSeen(what: waiter.what, instead: describe(state)))
        } else {
          return false
        }
        return true
      }
      return result
    }
  }

  /// Waits until the state satisfies a condition, and gives the state that did.
  ///
  /// - Parameters:
  ///   - what: names the condition in a failure, as "a prompt".
  ///   - patience: far more than a loaded machine needs.
  @discardableResult
  package func wait(
    for what: String, within patience: Duration = .seconds(60), until condition: @escaping @Sendable (State) -> Bool
  ) async throws -> State {
    try await withCheckedThrowingContinuation { continuation in
      let number: Int? = inner.withLock { inner in
        if condition(inner.state) {
          continuation.resume(returning: inner.state)
          return nil
        }
        if isFinal(inner.state) {
          continuation.resume(throwing: NotSeen(what: what, instead: describe(inner.state)))
          return nil
        }
        inner.count += 1
        inner.waiters.append(
          Waiter(number: inner.count, what: what, condition: condition, continuation: continuation))
        return inner.count
      }
      guard let number else { return }
      DispatchQueue.global().asyncAfter(deadline: .now() + patience / .seconds(1)) { [weak self] in
        self?.giveUp(number, after: patience)
      }
    }
  }

  private func giveUp(_ number: Int, after patience: Duration) {
    inner.withLock { inner in
      guard let index = inner.waiters.firstIndex(where: { $0.number == number }) else { return }
      let waiter = inner.waiters.remove(at: index)
      waiter.continuation.resume(
        throwing: NotSeen(what: waiter.what, patience: patience, instead: describe(inner.state)))
    }
  }
}

/// What a test waited for did not come.
package struct NotSeen: Error, CustomStringConvertible {
  package let what: String
  /// How long was waited; nil where it was clear before that it can't come any more.
  package var patience: Duration?
  /// What there was instead.
  package let instead: String

  package var description: String {
    let time = patience.map { "within \($0 / .seconds(1)) s" } ?? "before the end"
    return "did not see \(what) \(time); \(instead)"
  }
}
