/// Why a writer's lock was not given.
package enum LockProblem: Error, Equatable, Sendable, CustomStringConvertible {
  /// Another writer holds it; nil when it has not yet said who it is.
  case held(by: LockHolder?)
  case unusable(JournalError)
  /// The wait for another writer's end was interrupted.
  case interrupted

  /// One line, without a full stop.
  package var description: String {
    switch self {
    case .held(let holder?): "another wh process is committing with this profile: \(holder)"
    case .held(nil): "another wh process is committing with this profile"
    case .unusable(let error): error.description
    case .interrupted: "interrupted while waiting for the lock"
    }
  }

  /// What to do about it: one line, without a full stop.
  package var advice: String {
    switch self {
    case .held(let holder?): holder.advice
    case .held(nil): LockHolder.advice
    case .unusable(let error): error.advice
    case .interrupted: LockHolder.advice
    }
  }
}
