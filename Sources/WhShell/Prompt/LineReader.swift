/// Where the prompt's lines come from, and where text goes that must not spoil the line being typed.
///
/// One line is read at a time; the other methods may be called from anywhere at any time.
package protocol LineReader: Sendable {
  /// Shows a prompt and waits for a line. When the calling task is cancelled, the line is given up and
  /// `CancellationError` thrown.
  func readLine(prompt: Prompt) async throws -> LineEvent

  /// Prints text above the prompt, or just prints it while no line is read. A missing last newline is added.
  func printAbove(_ text: String)

  /// Adds a line to the history, unless it begins with a space, repeats the one before it, or holds a secret.
  func addHistory(_ line: String)

  /// Drops lines that were pasted or typed ahead, as after an interrupt or before a question that they must not answer.
  func discardPendingInput()

  /// Ends a line that is being read and every later one with `.endOfInput`.
  func close()
}
