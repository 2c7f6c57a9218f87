import Synchronization
import WhDomain

/// Work that is waited for no longer than a time.
package enum Patience {
  /// - Parameters:
  ///   - duration: how long it may take.
  ///   - time: what that is measured by.
  /// - Returns: nil where it takes longer, or the task is cancelled. The work is cancelled then, and left behind if it goes on
  ///   all the same, as a call that blocks does.
  package static func value<Value: Sendable>(
    within duration: Duration, _ time: TimeSource, _ work: @escaping @Sendable () async -> Value
  ) async -> Value? {
    let first = FirstValue<Value>()
    let working = Task { first.give(await work()) }
    let timer = Task {
      do { try await time.sleep(duration) } catch { return }
      first.give(nil)
    }
    let value = await withTaskCancellationHandler {
      await first.wait()
    } onCancel: {
      first.give(nil)
    }
    working.cancel()
    timer.cancel()
    return value
  }
}

/// The first of the values that it is given.
private final class FirstValue<Value: Sendable>: Sendable {
  private enum State {
    case empty
    case waiting(CheckedContinuation<Value?, Never>)
    case given(Value?)
  }

  private let state = Mutex(State.empty)

  func wait() async -> Value? {
    await withCheckedContinuation { continuation in
      let given: Value?? = state.withLock { state in
        if case .given(let value) = state { return .some(value) }
        state = .waiting(continuation)
        return .none
      }
      if let given { continuation.resume(returning: given) }
    }
  }

  func give(_ value: Value?) {
    let waiting: CheckedContinuation<Value?, Never>? = state.withLock { state in
      switch state {
      case .given: return nil
      case .empty:
        state = .given(value)
        return nil
      case .waiting(let continuation):
        state = .given(value)
        return continuation
      }
    }
    waiting?.resume(returning: value)
  }
}
