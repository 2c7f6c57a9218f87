import WhDomain
import WhJournal

/// Why a run ended before each of its changes was tried.
package enum StopReason: Sendable {
  case interrupted
  case keyRefused(APIError)
  /// The service can't be reached, or fails at one write after the other.
  case unreachable(APIError)
  /// The rate limit would hold the run up for longer than it may wait.
  case limited(APIError)
  /// A webhook was changed by others, and the option says to send nothing then.
  case conflict
  /// The outcomes of further writes could not be recorded.
  case journal(JournalError)
}

extension StopReason {
  /// Why a run is to end after a write that ended so; nil where the others may fare better.
  ///
  /// - Parameter isFirst: true where no other write of the run has ended yet.
  init?(_ result: WriteResult, isFirst: Bool) {
    switch result {
    case .applied, .refused, .notSent(nil): return nil
    case .notSent(let error?), .unknown(let error):
      switch error.category {
      case .cancelled: self = .interrupted
      case .keyRefused: self = .keyRefused(error)
      // A key may be good for some apps and not for others. Where it is refused at once it is good for none.
      case .forbidden where isFirst: self = .keyRefused(error)
      case .unreachable: self = .unreachable(error)
      case .rateLimited: self = .limited(error)
      case .forbidden, .notFound, .methodNotAllowed, .conflict, .invalid, .server, .redirect, .malformed, .expired,
        .withheld, .unsupported:
        return nil
      }
    }
  }

  /// What is wrong with the service; nil where it is not the service that stopped the run.
  package var error: APIError? {
    switch self {
    case .keyRefused(let error), .unreachable(let error), .limited(let error): error
    case .interrupted, .conflict, .journal: nil
    }
  }
}
