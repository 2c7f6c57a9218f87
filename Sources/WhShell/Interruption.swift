import Synchronization

/// Ctrl-C while something runs: the first one cancels it, and the second one, while it ends, ends the process.
package final class Interruption: Sendable {
  private struct State {
    var cancel: (@Sendable () -> Void)?
    var isCancelled = false
    /// What an interrupt does while another program has the terminal.
    var handOver: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  private let isPrompt: Bool
  private let endProcess: @Sendable () -> Void

  /// - Parameter isPrompt: true where a Ctrl-C that comes while nothing runs is no request to end: it was meant for a
  ///   statement that ended in that moment.
  package init(isPrompt: Bool = false, endProcess: @escaping @Sendable () -> Void) {
    self.isPrompt = isPrompt
    self.endProcess = endProcess
  }

  /// Does work in a task that `interrupt` cancels.
  package func guarding<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
    // The work may hand the interrupt over at once, which is not to be overwritten.
    let task = state.withLock { state in
      let task = Task { await work() }
      state = State(cancel: { task.cancel() })
      return task
    }
    let value = await task.value
    state.withLock { $0 = State() }
    return value
  }

  /// Does work while which an interrupt is another program's, as that of a pager, which gets it from the terminal itself.
  package func handingOver<Value: Sendable>(
    to handler: @escaping @Sendable () -> Void, _ work: @Sendable () async -> Value
  ) async -> Value {
    state.withLock { $0.handOver = handler }
    let value = await work()
    state.withLock { $0.handOver = nil }
    return value
  }

  /// Cancels what runs, as a first interrupt does.
  package func cancel() {
    state.withLock { state in
      state.isCancelled = true
      return state.cancel
    }?()
  }

  /// To be called for SIGINT and SIGTERM, from any thread.
  package func interrupt(isTermination: Bool = false) {
    let action: (@Sendable () -> Void)? = state.withLock { state in
      if let handOver = state.handOver { return handOver }
      guard let cancel = state.cancel else { return isPrompt && !isTermination ? nil : endProcess }
      defer { state.isCancelled = true }
      return state.isCancelled ? endProcess : cancel
    }
    action?()
  }
}
