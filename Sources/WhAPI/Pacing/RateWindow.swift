/// A window of the limit, as far as its answers have shown it.
struct RateWindow: Sendable {
  let limit: Int
  /// The least that an answer has shown, less what was lost without an answer.
  private(set) var remaining: Int
  /// The end by the server's clock, in its whole seconds.
  private(set) var reset: Duration
  /// From the first answer to the end; the length of the window, where the first answer came at its beginning.
  let length: Duration
  /// When the last answer came that showed `remaining`.
  private(set) var lastSeen: Duration
  /// What others have spent since the first answer, at least.
  private(set) var foreign = 0

  private let firstSeen: Duration
  private let firstRemaining: Int
  private let firstLead: Duration
  /// The greatest lead of the server's clock that an answer has shown, which is the nearest to the truth.
  private var lead: Duration
  private var ours = 0
  private var hasLooks = true

  /// What a timer, a scheduler and a drifting clock may be off.
  static let margin = Duration.milliseconds(25)
  /// Others show themselves in no less.
  private static let shortestLook = Duration.milliseconds(250)

  init(_ reading: RateLimitReading, _ answer: PacingAnswer) {
    limit = reading.limit
    remaining = reading.remaining
    reset = reading.reset
    firstLead = answer.lead
    lead = answer.lead
    firstSeen = answer.received
    lastSeen = answer.received
    firstRemaining = reading.remaining
    length = max(.zero, reading.reset - (answer.date ?? answer.wall))
  }

  /// The moment at which the window is over, by our monotonic clock.
  ///
  /// `reset` is whole seconds, and some servers round it down. Counted from the first answer by that answer's own `Date`,
  /// which was rounded down too, it is late enough where the window began with that request, and never too early where
  /// `reset` is exact.
  ///
  /// - Parameter aSecondLate: True for the moment that is late enough whatever the server does: a second more.
  func end(aSecondLate: Bool) -> Duration {
    let latest = reset + .seconds(1) - lead
    return (aSecondLate ? latest : min(reset - firstLead, latest)) + Self.margin
  }

  /// When the next of the window's last few requests should go, so that their answers show what others use in the meantime: each
  /// as long after the first answer again as the one before; nil for at once.
  ///
  /// It costs no time, because the requests after them wait for the next window anyway.
  func nextLook(free: Int, end: Duration, roundTrip: Duration) -> Duration? {
    let rest = end - lastSeen
    guard hasLooks, free <= min(8, limit / 10), rest > (roundTrip + Self.margin) * (2 * free) else { return nil }
    return min(lastSeen + max(lastSeen - firstSeen, Self.shortestLook), lastSeen + rest / (free + 1))
  }

  /// The window in which all waiting requests can be sent.
  var withoutLooks: RateWindow {
    var window = self
    window.hasLooks = false
    return window
  }

  /// True when a reading is of this window, and not of a later one. An earlier one's is a straggler.
  func holds(_ reading: RateLimitReading, date: Duration?) -> Bool {
    if reading.reset == reset { return true }
    // Some servers give the reset as now plus the rest, which is a second more or less from answer to answer.
    if let date { return date < reset - .seconds(1) }
    return reading.reset - reset <= .seconds(1) && reading.remaining < remaining
  }

  /// - Parameter inFlight: Requests that the server may have counted already.
  mutating func note(_ reading: RateLimitReading, _ answer: PacingAnswer, inFlight: Int) {
    ours += 1
    reset = max(reset, reading.reset)
    lead = max(lead, answer.lead)
    if reading.remaining <= remaining {
      remaining = reading.remaining
      lastSeen = max(lastSeen, answer.received)
    }
    foreign = max(foreign, firstRemaining - remaining - ours - inFlight)
  }

  /// A request of ours ended without a reading, and may have been counted.
  mutating func noteLoss() {
    ours += 1
    remaining = max(0, remaining - 1)
  }

  /// A request was refused where one was left, so another user of the key had taken it.
  mutating func noteRefusal() {
    foreign += 1
    remaining = 0
  }

  var use: (requests: Int, span: Duration) { (foreign, lastSeen - firstSeen) }
}
