import Synchronization

/// Ctrl-C while something runs: the first one cancels it, and a second one, while it ends, ends the process. At a prompt the
/// second one gives up the requests that it waits for, and a third one ends the process.
///
/// Two within a second are one: a command such as `timeout` signals a process and its group, and a key may bounce.
package final class Interruption: Sendable {
  private struct State {
    var cancel: (@Sendable () -> Void)?
    /// When the last one came that counted.
    var cancelledAt: Duration?
    /// Why the work was cancelled; nil where it was not.
    var cause: String?
    var hasGivenUp = false
    /// What an interrupt does while another program has the terminal.
    var handOver: (@Sendable () -> Void)?
  }

  /// The requests that were sent and must be answered before what runs can end.
  package struct Requests: Sendable {
    let count: @Sendable () -> Int
    let giveUp: @Sendable () -> Void
    /// Says how many are waited for.
    let announce: @Sendable (Int) -> Void

    package init(
      count: @escaping @Sendable () -> Int, giveUp: @escaping @Sendable () -> Void,
      announce: @escaping @Sendable (Int) -> Void
    ) {
      self.count = count
      self.giveUp = giveUp
      self.announce = announce
    }

    package static let none = Requests(count: { 0 }, giveUp: {}, announce: { _ in })
  }

  private let state = Mutex(State())
  private let requests: Requests
  private let isPrompt: Bool
  private let clock: @Sendable () -> Duration
  private let endProcess: @Sendable () -> Void

  /// How long after the first one another one is the same.
  private static let span = Duration.seconds(1)

  /// - Parameters:
  ///   - isPrompt: true where a Ctrl-C that comes while nothing runs does not end the program: it was meant for a statement
  ///     that ended in that moment.
  ///   - clock: the time since some moment; never goes back.
  package init(
    isPrompt: Bool = false, clock: @escaping @Sendable () -> Duration, requests: Requests = .none,
    endProcess: @escaping @Sendable () -> Void
  ) {
    self.requests = requests
    self.isPrompt = isPrompt
    self.clock = clock
    self.endProcess = endProcess
  }

  /// Why the work was cancelled, in words that follow `stopped: `.
  package var cause: String { state.withLock(\.cause) ?? Self.signalled }

  private static let signalled = "interrupted"

  /// Does work in a task that `interrupt` cancels, as does the end of the time that it may take.
  package func guarding<Value: Sendable>(
    within limit: TimeLimit? = nil, _ work: @escaping @Sendable () async -> Value
  ) async -> Value {
    // The work may hand the interrupt over at once, which is not to be overwritten.
    let task = state.withLock { state in
      let task = Task { await work() }
      state = State(cancel: { task.cancel() })
      return task
    }
    let timer = limit.map { limit in
      Task { [weak self] in
        do { try await limit.sleep(limit.duration) } catch { return }
        self?.cancel(because: limit.cause)
      }
    }
    let value = await task.value
    timer?.cancel()
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
  package func cancel() { cancel(because: Self.signalled) }

  private func cancel(because cause: String) {
    state.withLock { state in
      state.cancelledAt = state.cancelledAt ?? clock()
      state.cause = state.cause ?? cause
      return state.cancel
    }?()
  }

  /// To be called for SIGINT, SIGTERM and SIGHUP, from any thread.
  package func interrupt(isTermination: Bool = false) {
    let action: (@Sendable () -> Void)? = state.withLock { state in
      if let handOver = state.handOver { return handOver }
      guard let cancel = state.cancel else { return isPrompt && !isTermination ? nil : endProcess }
      guard let last = state.cancelledAt else {
        state.cancelledAt = clock()
        state.cause = Self.signalled
        return { [isPrompt, requests] in
          cancel()
          let count = requests.count()
          if isPrompt, count > 0 { requests.announce(count) }
        }
      }
      if clock() - last < Self.span { return nil }
      guard isPrompt, !isTermination, !state.hasGivenUp else { return endProcess }
      (state.cancelledAt, state.hasGivenUp) = (clock(), true)
      return requests.giveUp
    }
    action?()
  }
}
