/// Why a test's terminal gave up, with what was on it.
package enum PseudoTerminalError: Error, CustomStringConvertible {
  case cannotStart(String, errno: Int32)
  case notSeen(String, snapshot: PseudoTerminal.Snapshot)

  package var description: String {
    switch self {
    case .cannotStart(let path, let code): "cannot start \(path): errno \(code)"
    case .notSeen(let what, let snapshot):
      """
      did not see \(what)\(snapshot.exit.map { ", the program has ended (\($0))" } ?? ""); \
      the cursor is at \(snapshot.screen.cursor) of the screen:
      \(snapshot.screen.transcript.map { "  | \($0)" }.joined(separator: "\n"))
      the last bytes: \(String(decoding: snapshot.output.suffix(200), as: UTF8.self).debugDescription)
      """
    }
  }
}
