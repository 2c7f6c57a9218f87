import CEditLine
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Lines from a terminal, edited with libedit, which blocks: each line is read on a thread of its own, never one of the
/// pool.
package final class EditLineReader: LineReader {
  private let session: EditLineSession
  private let history: HistoryFile?
  private let isColoured: Bool
  private let secretGeneration: @Sendable () -> Int
  /// The generation of which the history is free of secrets.
  private let purged = Mutex(0)

  /// Opens the editor on a terminal. Without colours the line is not decorated. `program` is the name that a user's `~/.editrc` may address; without a history
  /// file the lines are remembered for this session. When `secretGeneration` changes, what the history file says is a
  /// secret by then is purged from it.
  package init(
    program: String = "wh",
    input: Int32 = STDIN_FILENO,
    output: Int32 = STDOUT_FILENO,
    history: HistoryFile?,
    colour: Bool,
    secretGeneration: @escaping @Sendable () -> Int = { 0 },
    decorator: @escaping Decorator = { _, _ in LineDecoration() },
    completer: @escaping Completer
  ) throws(LineReaderError) {
    self.history = history
    self.isColoured = colour
    self.secretGeneration = secretGeneration
    self.session = try EditLineSession(
      program: program, input: input, output: output, historyLimit: history?.limit ?? 10_000,
      decorator: colour ? decorator : nil, completer: completer)
    do throws(HistoryFileError) {
      session.remember(try history?.load() ?? [])
    } catch {
      session.noteOnce(error)
    }
  }

  package func readLine(prompt: Prompt) async throws -> LineEvent {
    try Task.checkCancellation()
    let text = prompt.rendered(colour: isColoured)
    let session = session
    purgeHistory()
    session.forgetStop()
    showKeys()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        session.start(prompt: text) { continuation.resume(returning: $0) }
      }
    } onCancel: {
      session.stop()
    }
    if let event = outcome { return event }
    try Task.checkCancellation()
    return .closed
  }

  package func begin(with text: String) { session.begin(with: text) }

  package func printAbove(_ text: String) {
    session.printAbove(text)
  }

  package func addHistory(_ line: String) {
    // What must not be kept is not to come back by an arrow key either.
    guard let history else {
      if !line.hasPrefix(" ") { session.remember([line]) }
      return
    }
    guard history.accepts(line) else { return }
    session.remember([line])
    do throws(HistoryFileError) {
      try history.append(line)
    } catch {
      session.noteOnce(error)
    }
  }

  package func history(newest count: Int) -> [String] { session.entries(newest: count) }

  package func takePendingInput() -> String { session.takePendingInput() }

  package var hasPendingInput: Bool { session.hasPendingInput }

  package func hideKeys() { session.hideKeys() }

  package func showKeys() { Self.showKeys() }

  /// Puts the terminal back after `hideKeys`, also right before the process ends.
  package static func showKeys() { cel_show_keys() }

  package func close() {
    purgeHistory()
    session.close()
  }

  /// A line may come before the statement that makes a secret of what it holds.
  private func purgeHistory() {
    let generation = secretGeneration()
    let isNew = purged.withLock { purged in
      defer { purged = generation }
      return purged != generation
    }
    guard isNew, let history else { return }
    session.forget { history.holdsSecret($0) }
    do throws(HistoryFileError) {
      try history.purge()
    } catch {
      session.noteOnce(error)
    }
  }
}
