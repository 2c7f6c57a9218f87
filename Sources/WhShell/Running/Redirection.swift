import WhDomain
import WhSyntax

/// How `> FILE` and `| COMMAND` reach files and commands.
package struct Redirection: Sendable {
  /// How a file is written.
  package enum FileMode: Sendable {
    /// In the place of what is there.
    case replace
    case append
  }

  /// True when a file is there that has something in it.
  package var isFilled: @Sendable (_ path: String) -> Bool
  package var write: @Sendable (_ path: String, _ text: String, FileMode) throws(FileProblem) -> Void
  /// Runs a command by the shell, hands it a text, and waits for its end.
  package var run: @Sendable (_ command: String, _ input: String) async -> CommandEnd

  package init(
    isFilled: @escaping @Sendable (_ path: String) -> Bool,
    write: @escaping @Sendable (_ path: String, _ text: String, FileMode) throws(FileProblem) -> Void,
    run: @escaping @Sendable (_ command: String, _ input: String) async -> CommandEnd
  ) {
    self.isFilled = isFilled
    self.write = write
    self.run = run
  }
}
