extension Options {
  /// A number of requests for each key and window of time.
  package struct RateLimit: Sendable, Equatable {
    /// The requests a key may make in one window, at least 1.
    package var limit: Int
    /// The length of a window in seconds, at least 1.
    package var window: Int

    /// Makes a limit of `limit` requests in each `window` seconds.
    package init(limit: Int, window: Int = 60) {
      self.limit = limit
      self.window = window
    }

    func validate() throws(InvalidOptions) {
      guard limit >= 1 else { throw InvalidOptions("the rate limit must be at least 1 request, not \(limit)") }
      guard window >= 1 else { throw InvalidOptions("the rate limit window must be at least 1 second, not \(window)") }
    }
  }
}
