import WhDomain

/// What a session reports about long work while it runs.
package enum ProgressEvent: Sendable {
  package enum Phase: String, Sendable {
    /// The first requests to a server, of which the number does not matter.
    case connecting
    case reading, writing
  }

  /// So many requests, or groups of requests, are to come.
  case began(Phase, total: Int)
  /// One of them ended; a write with its state.
  case stepped(Outcome.State?)
  case ended
  /// Another process is waited for, and which.
  case waiting(String)
}
