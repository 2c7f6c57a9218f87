import Synchronization
import WhShell

/// A line reader that plays given events, then the end, and remembers what it was shown.
package final class ScriptedLineReader: LineReader {
  private struct State {
    var events: [LineEvent]
    var prompts: [Prompt] = []
    var printed: [String] = []
    var history: [String] = []
    var discards = 0
    var isClosed = false
  }

  private let state: Mutex<State>

  package init(events: [LineEvent]) {
    state = Mutex(State(events: events))
  }

  package convenience init(lines: [String]) {
    self.init(events: lines.map(LineEvent.line))
  }

  /// The prompts shown so far, one for each line asked for.
  package var prompts: [Prompt] { state.withLock { $0.prompts } }
  /// What was printed above the prompt, a text for each call.
  package var printed: [String] { state.withLock { $0.printed } }
  /// Every line that was handed to the history.
  package var history: [String] { state.withLock { $0.history } }
  /// How often pending input was dropped.
  package var discards: Int { state.withLock { $0.discards } }
  package var isClosed: Bool { state.withLock { $0.isClosed } }

  package func readLine(prompt: Prompt) async throws -> LineEvent {
    try Task.checkCancellation()
    return state.withLock { state in
      state.prompts.append(prompt)
      guard !state.isClosed, !state.events.isEmpty else { return .endOfInput }
      return state.events.removeFirst()
    }
  }

  package func printAbove(_ text: String) { state.withLock { $0.printed.append(text) } }

  package func addHistory(_ line: String) { state.withLock { $0.history.append(line) } }

  package func discardPendingInput() { state.withLock { $0.discards += 1 } }

  package func close() { state.withLock { $0.isClosed = true } }
}
