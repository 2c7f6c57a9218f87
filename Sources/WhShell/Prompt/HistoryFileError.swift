#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why the history cannot be read or written.
package struct HistoryFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The history file's path.
  package let path: String
  /// The system's `errno`.
  package let code: Int32

  package init(path: String, code: Int32) {
    self.path = path
    self.code = code
  }

  package var description: String { "the history \(path) cannot be used: \(String(cString: strerror(code)))" }
}
