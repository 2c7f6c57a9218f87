#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a line editor could not be opened.
package enum LineReaderError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Input or output is not a terminal.
  case notATerminal
  /// The system refused something, with its `errno`.
  case system(Int32)

  package var description: String {
    switch self {
    case .notATerminal: "the line editor needs a terminal for input and output"
    case .system(let code): "the line editor cannot start: \(String(cString: strerror(code)))"
    }
  }
}
