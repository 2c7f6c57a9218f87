/// How a command of the user's ended.
package enum CommandEnd: Sendable, Equatable {
  /// With a status from 0 to 255.
  case exited(Int)
  case killed(signal: Int)
  /// It was not started, for a reason in the system's words.
  case notStarted(String)
}

extension CommandEnd {
  /// What went wrong, as a sentence without a full stop; nil for a command that ended well.
  package var problem: String? {
    switch self {
    case .exited(0): nil
    case .exited(let status): "the command exited with status \(status)"
    case .killed(let signal): "the command was killed by signal \(signal)"
    case .notStarted(let reason): "the command did not start: \(reason)"
    }
  }
}
