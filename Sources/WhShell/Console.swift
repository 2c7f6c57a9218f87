import Synchronization
import WhSession

/// Where text goes. Everything that leaves passes the redactor here, and nowhere else does text leave.
package final class Console: Sendable {
  /// Writes bytes; false when that fails, as it does once nobody reads them any more.
  package typealias Writer = @Sendable (_ text: String) -> Bool

  package let terminal: TerminalTraits
  package let redactor: Redactor
  private let writeOutput: Writer
  private let writeError: Writer
  /// True once the reader of standard output went away, as `head` does; what comes later is dropped.
  private let isOutputClosed = Mutex(false)
  private let explainOutput: @Sendable () -> String?

  /// - Parameter outputProblem: why `output` failed, in the system's words; nil where that is because nobody reads.
  package init(
    terminal: TerminalTraits, redactor: Redactor, output: @escaping Writer, error: @escaping Writer,
    outputProblem: @escaping @Sendable () -> String? = { nil }
  ) {
    explainOutput = outputProblem
    self.terminal = terminal
    self.redactor = redactor
    writeOutput = output
    writeError = error
  }

  /// Why results were lost, in the system's words; nil where none were, or their reader went away.
  package var outputProblem: String? { isOutputClosed.withLock { $0 } ? explainOutput() : nil }

  /// Results, to standard output.
  package func print(_ text: String) {
    isOutputClosed.withLock { isClosed in
      if !isClosed { isClosed = !writeOutput(redactor.redact(text)) }
    }
  }

  /// Diagnostics and notes, to standard error.
  package func printError(_ text: String) {
    _ = writeError(redactor.redact(text))
  }
}

/// What is known of the screen, and what the user wants of it.
package struct TerminalTraits: Sendable {
  /// The width to fit tables into; nil where standard output is no terminal.
  package var columns: Int?
  package var hasColourOutput: Bool
  package var hasColourError: Bool

  package init(columns: Int? = nil, hasColourOutput: Bool = false, hasColourError: Bool = false) {
    self.columns = columns
    self.hasColourOutput = hasColourOutput
    self.hasColourError = hasColourError
  }
}
