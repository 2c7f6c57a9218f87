import Synchronization
import WhDomain
import WhSession

/// A clock that stands still until it is advanced, and files in memory.
package final class FakeWorld: Sendable {
  private struct State {
    var now = Duration.seconds(1000)
    var files: [String: [UInt8]]
  }

  private let state: Mutex<State>

  package init(files: [String: String] = [:]) {
    state = Mutex(State(files: files.mapValues { Array($0.utf8) }))
  }

  package func advance(by duration: Duration) { state.withLock { $0.now += duration } }

  package func text(of path: String) -> String? {
    state.withLock { $0.files[path] }.map { String(decoding: $0, as: UTF8.self) }
  }

  package var effects: Effects {
    Effects(
      time: TimeSource(
        now: { .seconds(1_800_000_000 + self.state.withLock { $0.now }.components.seconds) },
        monotonic: { self.state.withLock { $0.now } },
        sleep: { duration throws(CancellationError) in
          if Task.isCancelled { throw CancellationError() }
          self.advance(by: duration)
        }),
      readFile: { path throws(FileProblem) in
        guard let bytes = self.state.withLock({ $0.files[path] }) else { throw FileProblem("no such file") }
        return bytes
      })
  }
}
