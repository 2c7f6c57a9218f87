/// A pause of all requests, for a display.
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
  }

  package let reason: Reason
  /// When it ends, by the wall clock, as time since 1970.
  package let until: Duration

  package init(reason: Reason, until: Duration) {
    self.reason = reason
    self.until = until
  }
}
