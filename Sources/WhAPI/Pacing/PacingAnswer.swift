/// What pacing takes from an answer, with the moments that it came between.
struct PacingAnswer: Sendable {
  var isRefusal = false
  var isServerError = false
  var reading: RateLimitReading?
  /// How long the server asks all to wait.
  var retryAfter: Duration?
  /// The server's clock as it answered, rounded down to a second; nil if unknown.
  var date: Duration?
  /// When the answer came, by our monotonic clock.
  var received: Duration
  /// When the answer came, by our wall clock.
  var wall: Duration

  init(received: Duration, wall: Duration) {
    self.received = received
    self.wall = wall
  }

  init(_ response: HTTPResponse, received: Duration, wall: Duration) {
    self.init(received: received, wall: wall)
    isRefusal = response.isRefusalByLimit
    isServerError = response.status >= 500
    date = response.date
    reading = RateLimitReading(response, serverTime: date ?? wall)
    // Without the server's clock a time so far away says more about our clock than about the limit.
    if date == nil, let reset = reading?.reset, reset - wall > PacingWait.longest { reading = nil }
    retryAfter = response.retryAfter(now: wall)
  }

  /// How far the server's clock is ahead of our monotonic one, at least: `Date` is rounded down, and the answer has travelled.
  ///
  /// Without a `Date` the two wall clocks are taken to agree.
  var lead: Duration { (date ?? wall) - received }
}
