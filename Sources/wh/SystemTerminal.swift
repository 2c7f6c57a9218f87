import Foundation
import WhSession
import WhShell

/// What the process's own streams are, and consoles on them.
enum SystemTerminal {
  /// True when a person can be asked: both standard input and standard output are a terminal.
  static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  static func console(_ colour: SessionArguments.ColourChoice, _ redactor: Redactor) -> Console {
    var traits = TerminalTraits()
    if isatty(STDOUT_FILENO) == 1 { traits.columns = columns }
    traits.hasColourOutput = hasColour(colour, STDOUT_FILENO)
    traits.hasColourError = hasColour(colour, STDERR_FILENO)
    return Console(
      terminal: traits, redactor: redactor, output: { write($0, to: STDOUT_FILENO) },
      error: { write($0, to: STDERR_FILENO) })
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

  private static var columns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
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
