import WhDomain

/// What the prompt around a session does for its statements. A script has no prompt.
package protocol PromptHost: Sendable {
  /// The newest lines of the history, oldest first.
  func history(newest count: Int) -> [String]

  /// Runs a command of the shell on the terminal, and waits for its end.
  func run(command: String) async -> CommandEnd

  /// Opens a line in the user's editor, or the newest of the history where it is empty, and lets the next line begin with what comes
  /// of it.
  ///
  /// - Throws: `FileProblem` where there was no editor, or it failed; then the next line begins with nothing.
  func edit(_ line: String) async throws(FileProblem)

  /// Writes a statement into the start-up script, in the place of one that begins with the same words.
  ///
  /// - Parameters:
  ///   - statement: the statement as a line.
  ///   - words: how a statement begins that it replaces.
  /// - Returns: the path of the script.
  /// - Throws: `FileProblem` in the system's words, and then nothing was written.
  func save(_ statement: String, replacing words: String) throws(FileProblem) -> String
}
