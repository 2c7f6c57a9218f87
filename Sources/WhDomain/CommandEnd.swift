/// How a command of the user's ended.
package enum CommandEnd: Sendable, Equatable {
  /// With a status from 0 to 255.
  case exited(Int)
  case killed(signal: Int)
  /// It was not started, for a reason in the system's words.
  case notStarted(String)
}
