/// What requests wait for, for a display.
package struct PacingWait: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The limit is not known until the first answer comes.
    case firstAnswer
    /// The window is used up.
    case limit
    /// The rest of the window is left to other users of the key.
    case otherUsers
    /// The server has refused a request (429) and said how long to wait.
    case refused
    /// No connection to the server yet.
    case connection
    /// No data from the server for some seconds.
    case answer
    /// A request has failed and is to be sent again: what went wrong, the number of the next try, and of how many.
    case retry(String, nextTry: Int, of: Int)
  }

  /// No request waits for longer without an answer of any use.
  package static let longest = Duration.seconds(15 * 60)

  package let reason: Reason
  /// When it ends at the latest, by the wall clock, as time since 1970.
  package let until: Duration

  package init(reason: Reason, until: Duration) {
    self.reason = reason
    self.until = until
  }
}
