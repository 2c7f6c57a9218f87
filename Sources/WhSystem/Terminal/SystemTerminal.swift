import Foundation

/// When to colour.
package enum ColourChoice: String, CaseIterable, Sendable {
  case auto, always, never
}

/// What the process's own streams are.
package struct SystemTerminal: Sendable {
  private let environment: Environment

  package init(_ environment: Environment) {
    self.environment = environment
  }

  /// True if the user can be asked: standard input and standard output are terminals.
  package var isInteractive: Bool { Self.isTerminal(STDIN_FILENO) && Self.isTerminal(STDOUT_FILENO) }

  package var isInputTerminal: Bool { Self.isTerminal(STDIN_FILENO) }

  package var isOutputTerminal: Bool { Self.isTerminal(STDOUT_FILENO) }

  package var isErrorTerminal: Bool { Self.isTerminal(STDERR_FILENO) }

  package func hasColourOutput(_ choice: ColourChoice) -> Bool { hasColour(choice, isTerminal: isOutputTerminal) }

  package func hasColourError(_ choice: ColourChoice) -> Bool { hasColour(choice, isTerminal: isErrorTerminal) }

  /// Whether to colour a stream.
  func hasColour(_ choice: ColourChoice, isTerminal: Bool) -> Bool {
    switch choice {
    case .always: true
    case .never: false
    case .auto: isTerminal && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    }
  }

  /// The current size of the terminal on standard output, in characters.
  package var size: (columns: Int, rows: Int)? {
    guard let size = Self.size(of: STDOUT_FILENO), size.columns > 0, size.rows > 0 else { return nil }
    return size
  }

  /// The current width of the terminal on standard output.
  package var columns: Int? { Self.columns(of: STDOUT_FILENO) }

  /// The current width of the terminal on standard error.
  package var errorColumns: Int? { Self.columns(of: STDERR_FILENO) }

  private static func columns(of descriptor: Int32) -> Int? {
    size(of: descriptor).flatMap { $0.columns > 0 ? $0.columns : nil }
  }

  private static func size(of descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  private static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
}
