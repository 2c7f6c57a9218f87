/// What one answer says about the limit (api.md, "Rate limits").
struct RateLimitReading: Hashable, Sendable {
  /// Requests in a window.
  let limit: Int
  /// Requests left in this window after this one.
  let remaining: Int
  /// The end of the window by the server's clock, as time since 1970.
  let reset: Duration

  init(limit: Int, remaining: Int, reset: Duration) {
    self.limit = limit
    self.remaining = remaining
    self.reset = reset
  }

  /// Nil when a field is missing or is no number.
  ///
  /// - Parameter serverTime: For a reset that is given as seconds from now, as some gateways do.
  init?(_ response: HTTPResponse, serverTime: Duration) {
    guard let limit = response["X-RateLimit-Limit"].flatMap(Self.number), limit >= 1,
      let remaining = response["X-RateLimit-Remaining"].flatMap(Self.number),
      let reset = response["X-RateLimit-Reset"].flatMap(Self.number)
    else { return nil }
    self.limit = Int(limit)
    self.remaining = Int(max(0, remaining))
    // No Unix time of this service is as small as this, and none in seconds is as large as that.
    self.reset =
      reset < 1e8
      ? Self.wholeSeconds(serverTime) + .seconds(reset)
      : reset > 1e11 ? .seconds(reset / 1000) : .seconds(reset)
  }

  private static func number(_ text: String) -> Double? {
    guard let value = Double(text.trimmingSpaces), value.isFinite, abs(value) < 1e15 else { return nil }
    return value
  }

  private static func wholeSeconds(_ duration: Duration) -> Duration { .seconds(duration.components.seconds) }
}
