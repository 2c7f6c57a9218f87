import Synchronization
import WhAPI
import WhDomain
import WhShell

/// A clock that a test moves; sleeps end when it lets them.
final class Stage: Sendable {
  private struct State {
    var now = Duration.seconds(1000)
    var text = ""
    var sleepers: [(pause: Duration, end: CheckedContinuation<Void, Never>)] = []
    var arrivals: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  var text: String { state.withLock(\.text) }

  func advance(by duration: Duration) { state.withLock { $0.now += duration } }

  func display(_ form: ProgressSink.Form, isTerminal: Bool, columns: Int? = nil) -> ProgressSink {
    ProgressSink(
      form: form, isTerminal: isTerminal,
      environment: APIEnvironment(
        time: TimeSource(
          now: { self.state.withLock(\.now) }, monotonic: { self.state.withLock(\.now) },
          sleep: { pause throws(CancellationError) in
            await withCheckedContinuation { end in
              let arrivals = self.state.withLock { state in
                state.sleepers.append((pause, end))
                defer { state.arrivals = [] }
                return state.arrivals
              }
              for arrival in arrivals { arrival.resume() }
            }
            if Task.isCancelled { throw CancellationError() }
          }), random: { 0 }),
      columns: { columns },
      write: { text in self.state.withLock { $0.text += text } })
  }

  /// Waits for the next sleeper, and gives its pause; it sleeps on.
  func sleeper() async -> Duration? {
    await withCheckedContinuation { arrival in
      let isThere = state.withLock { state in
        if state.sleepers.isEmpty { state.arrivals.append(arrival) }
        return !state.sleepers.isEmpty
      }
      if isThere { arrival.resume() }
    }
    return state.withLock { $0.sleepers.first?.pause }
  }

  /// Lets the sleepers go when their pause is over.
  func wake() {
    let sleepers = state.withLock { state in
      state.now += state.sleepers.first?.pause ?? .zero
      defer { state.sleepers = [] }
      return state.sleepers
    }
    for sleeper in sleepers { sleeper.end.resume() }
  }
}
