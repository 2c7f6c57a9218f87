import Synchronization
import WhSession

/// Where text goes. What no encoder has masked passes the redactor here, and nowhere else does text leave.
package final class Console: Sendable {
  /// Writes bytes; false if that fails, for example because the reader has gone.
  package typealias Writer = @Sendable (_ text: String) -> Bool

  package let terminal: TerminalTraits
  package let redactor: Redactor
  private let streams: OutputStreams
  /// True once the reader of standard output went away, as `head` does; what comes later is dropped.
  private let isOutputClosed = Mutex(false)
  private let currentColumns: @Sendable () -> Int?
  /// What is printed while a page is open.
  private let page = Mutex<String?>(nil)

  /// The current width for tables; nil if standard output is not a terminal.
  package var columns: Int? { currentColumns() }

  /// - Parameter columns: the current width, where it may change; that of the terminal's traits by default.
  package init(
    terminal: TerminalTraits, redactor: Redactor, _ streams: OutputStreams, columns: (@Sendable () -> Int?)? = nil
  ) {
    currentColumns = columns ?? { terminal.columns }
    self.terminal = terminal
    self.redactor = redactor
    self.streams = streams
  }

  /// Why results were lost, in the system's words; nil where none were, or their reader went away.
  package var outputProblem: String? { isOutputClosed.withLock { $0 } ? streams.outputProblem() : nil }

  /// Keeps results back from now on, until `endPage`.
  package func beginPage() {
    page.withLock { $0 = $0 ?? "" }
  }

  /// What was kept back, with its secrets hidden.
  package func endPage() -> String {
    page.withLock { page in
      defer { page = nil }
      return page ?? ""
    }
  }

  /// Results, to standard output.
  ///
  /// - Parameter isMasked: true for text whose secrets its encoder has masked.
  package func print(_ text: String, isMasked: Bool = false) {
    let shown = isMasked ? text : redactor.redact(text)
    let isKept = page.withLock { page in
      page?.append(shown)
      return page != nil
    }
    if isKept { return }
    isOutputClosed.withLock { isClosed in
      if !isClosed { isClosed = !streams.output(shown) }
    }
  }

  /// Diagnostics and notes, to standard error.
  package func printError(_ text: String) {
    _ = streams.error(redactor.redact(text))
  }
}

/// What is known of the screen, and what the user wants of it.
package struct TerminalTraits: Sendable {
  /// The width for tables; nil if standard output is not a terminal.
  package var columns: Int?
  package var hasColourOutput: Bool
  package var hasColourError: Bool

  package init(columns: Int? = nil, hasColourOutput: Bool = false, hasColourError: Bool = false) {
    self.columns = columns
    self.hasColourOutput = hasColourOutput
    self.hasColourError = hasColourError
  }
}
