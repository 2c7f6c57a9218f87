/// Why a test has no terminal.
package struct PseudoTerminalError: Error, CustomStringConvertible {
  package let path: String
  package let errno: Int32

  package var description: String { "cannot start \(path): errno \(errno)" }
}
