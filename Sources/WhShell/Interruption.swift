import Synchronization

/// Ctrl-C while something runs: the first one cancels it, and the second one, while it ends, ends the process.
package final class Interruption: Sendable {
  private struct State {
    var cancel: (@Sendable () -> Void)?
    var isCancelled = false
  }

  private let state = Mutex(State())
  private let endProcess: @Sendable () -> Void

  package init(endProcess: @escaping @Sendable () -> Void) {
    self.endProcess = endProcess
  }

  /// Does work in a task that `interrupt` cancels.
  package func guarding<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
    let task = Task { await work() }
    state.withLock { $0 = State(cancel: { task.cancel() }) }
    let value = await task.value
    state.withLock { $0 = State() }
    return value
  }

  /// To be called for SIGINT and SIGTERM, from any thread.
  package func interrupt() {
    let action: (@Sendable () -> Void)? = state.withLock { state in
      defer { state.isCancelled = true }
      guard let cancel = state.cancel, !state.isCancelled else { return endProcess }
      return cancel
    }
    action?()
  }
}
