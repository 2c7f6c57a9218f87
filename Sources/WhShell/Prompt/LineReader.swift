/// Where the prompt's lines come from, and where text goes that must not spoil the line being typed.
///
/// One line is read at a time. `takePendingInput` and `hasPendingInput` may be called while none is read, the other methods from
/// anywhere at any time.
package protocol LineReader: Sendable {
  /// Shows a prompt and waits for a line. When the calling task is cancelled, the line is given up and
  /// `CancellationError` thrown.
  func readLine(prompt: Prompt) async throws -> LineEvent

  /// Lets the next line begin with a text, as if it was pasted.
  func begin(with text: String)

  /// Prints text above the prompt, or just prints it while no line is read. A missing last newline is added.
  func printAbove(_ text: String)

  /// Adds a line to the history, unless it begins with a space, repeats the one before it, or holds a secret.
  func addHistory(_ line: String)

  /// The newest lines of the history, oldest first.
  func history(newest count: Int) -> [String]

  /// Takes what was typed ahead, as after an error or before a question that it must not answer.
  ///
  /// - Returns: the text as it was typed; empty if there was nothing.
  func takePendingInput() -> String

  /// True if something was typed ahead.
  var hasPendingInput: Bool { get }

  /// Lets the terminal show no key that is typed from now on, until `showKeys` or the next line.
  func hideKeys()

  /// Ends `hideKeys`.
  func showKeys()

  /// Ends a line that is being read and every later one with `.closed`.
  func close()
}
