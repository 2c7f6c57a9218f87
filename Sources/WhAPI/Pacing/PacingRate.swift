/// The limit as the last window has shown it.
package struct PacingRate: Hashable, Sendable {
  /// Requests in a window.
  package let limit: Int
  /// The length of a window, as far as it is known: never too long.
  package let window: Duration
  /// What was left of the last window at its first answer.
  package let remaining: Int

  package init(limit: Int, window: Duration, remaining: Int) {
    self.limit = limit
    self.window = window
    self.remaining = remaining
  }

  /// The time that this number of requests takes at the limit from now on.
  package func time(for requests: Int) -> Duration {
    guard requests > remaining else { return .zero }
    let windows = (requests - remaining + limit - 1) / limit
    return window * windows
  }
}
