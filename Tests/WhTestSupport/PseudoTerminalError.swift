/// Why a test's terminal gave up, with what was on it.
package enum PseudoTerminalError: Error, CustomStringConvertible {
  case cannotStart(String, errno: Int32)
  case notSeen(String, screen: [String], exit: ExitStatus?)

  package var description: String {
    switch self {
    case .cannotStart(let path, let code): "cannot start \(path): errno \(code)"
    case .notSeen(let what, let screen, let exit):
      "did not see \(what)\(exit.map { ", the program has ended (\($0))" } ?? ""); the screen:\n"
        + screen.map { "  | \($0)" }.joined(separator: "\n")
    }
  }
}
