import Synchronization
import WhShell

/// A line reader that plays given events, then is closed, and remembers what it was shown.
package final class ScriptedLineReader: LineReader {
  private struct State {
    var events: [LineEvent]
    var prompts: [Prompt] = []
    var printed: [String] = []
    var history: [String] = []
    var beginnings: [String] = []
    /// What is typed ahead, and taken by the first who asks.
    var pending = ""
    var isClosed = false
  }

  private let state: Mutex<State>

  package init(events: [LineEvent], pending: String = "") {
    state = Mutex(State(events: events, pending: pending))
  }

  package convenience init(lines: [String], pending: String = "") {
    self.init(events: lines.map(LineEvent.line), pending: pending)
  }

  /// The prompts shown so far, one for each line asked for.
  package var prompts: [Prompt] { state.withLock { $0.prompts } }
  /// What was printed above the prompt, a text for each call.
  package var printed: [String] { state.withLock { $0.printed } }
  /// Every line that was handed to the history.
  package var history: [String] { state.withLock { $0.history } }
  /// What lines were to begin with.
  package var beginnings: [String] { state.withLock { $0.beginnings } }
  package var isClosed: Bool { state.withLock { $0.isClosed } }

  package func readLine(prompt: Prompt) async throws -> LineEvent {
    try Task.checkCancellation()
    return state.withLock { state in
      state.prompts.append(prompt)
      guard !state.isClosed, !state.events.isEmpty else { return .closed }
      return state.events.removeFirst()
    }
  }

  package func begin(with text: String) { state.withLock { $0.beginnings.append(text) } }

  package func printAbove(_ text: String) { state.withLock { $0.printed.append(text) } }

  package func addHistory(_ line: String) { state.withLock { $0.history.append(line) } }

  package func history(newest count: Int) -> [String] { state.withLock { Array($0.history.suffix(count)) } }

  package func takePendingInput() -> String {
    state.withLock { state in
      defer { state.pending = "" }
      return state.pending
    }
  }

  package var hasPendingInput: Bool { state.withLock { !$0.pending.isEmpty } }

  package func hideKeys() {}

  package func showKeys() {}

  package func close() { state.withLock { $0.isClosed = true } }
}
