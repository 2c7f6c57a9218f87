import Foundation
import Synchronization
import WhSession
import WhShell

/// What the process's own streams are, and consoles on them.
enum SystemTerminal {
  /// True when a person can be asked: both standard input and standard output are a terminal.
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// - Parameter isShown: false for a console that drops what it gets.
  static func console(
    _ colour: SessionArguments.ColourChoice, _ redactor: Redactor, isShown: Bool = true
  ) -> Console {
    guard isShown else {
      return Console(terminal: TerminalTraits(), redactor: redactor, output: { _ in true }, error: { _ in true })
    }
    var traits = TerminalTraits()
    if isatty(STDOUT_FILENO) == 1 { traits.columns = columns }
    traits.hasColourOutput = hasColour(colour, STDOUT_FILENO)
    traits.hasColourError = hasColour(colour, STDERR_FILENO)
    let problem = OutputProblem()
    return Console(
      terminal: traits, redactor: redactor,
      output: {
        if write($0, to: STDOUT_FILENO) { return true }
        problem.number.store(errno, ordering: .relaxed)
        return false
      },
      error: { write($0, to: STDERR_FILENO) }, outputProblem: { problem.description }, columns: { columns })
  }

  static func hasColour(_ choice: SessionArguments.ColourChoice, _ descriptor: Int32) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      let environment = ProcessInfo.processInfo.environment
      let isRefused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
      return isatty(descriptor) == 1 && !isRefused && environment["TERM"] != "dumb"
    }
  }

  private static var columns: Int? { columns(of: STDOUT_FILENO) }

  /// The size of the terminal that standard output is, in characters.
  static var size: (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// The width of the terminal that standard error is, at the moment.
  static var errorColumns: Int? { columns(of: STDERR_FILENO) }

  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN {
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&poller, 1, -1)
        continue
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

/// Why standard output can't be written any more.
private final class OutputProblem: Sendable {
  /// The system's error number.
  let number = Atomic<Int32>(0)

  /// Nil for a reader that went away, which is no problem.
  var description: String? {
    let number = number.load(ordering: .relaxed)
    return number == 0 || number == EPIPE ? nil : String(cString: strerror(number))
  }
}
