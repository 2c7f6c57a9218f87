/// The refusals (429) that no other answer has interrupted, and how long they hold all requests back.
///
/// All moments are of the monotonic clock.
struct RefusalSeries: Sendable {
  private var count = 0
  /// When the refusals began.
  private var startedAt: Duration?
  /// When the last refusal came, of those that were in flight together the first.
  private var heldSince: Duration?
  private var heldUntil: Duration?
  private var lastEnd = Duration.zero

  /// No refusal holds back for less, whatever the server says.
  private static let shortestHold = Duration.milliseconds(500)
  /// Refusals that are further apart are not one series: nothing was sent in between.
  private static let longestGap = Duration.seconds(60)

  /// The moment until which all wait; nil when they may go on.
  mutating func hold(at now: Duration) -> Duration? {
    if let until = heldUntil, now < until { return until }
    heldUntil = nil
    return nil
  }

  /// When the wait began that a refusal at this moment goes on with.
  func start(at now: Duration) -> Duration { startedAt ?? now }

  /// True for a request that was sent before the last refusal, and so knows less than that.
  func isOlder(sent: Duration) -> Bool { heldSince.map { sent < $0 } ?? false }

  /// Takes in an answer that is not a refusal.
  mutating func end() {
    count = 0
    startedAt = nil
  }

  /// Takes in a refusal. False where it came with one that is known: requests that were in flight together are refused
  /// together, which is one refusal.
  mutating func note(_ answer: PacingAnswer, sent: Duration) -> Bool {
    let isFirst = !isOlder(sent: sent)
    if isFirst {
      count += 1
      heldSince = answer.received
    }
    if answer.received - lastEnd > Self.longestGap { startedAt = nil }
    startedAt = startedAt ?? answer.received
    lastEnd = max(lastEnd, answer.received + max(length(answer), Self.shortestHold))
    heldUntil = lastEnd
    return isFirst
  }

  /// How long a refusal holds all requests back: as the server says, else to the window's end, else longer each time.
  private func length(_ answer: PacingAnswer) -> Duration {
    if let asked = answer.retryAfter, asked > .zero { return asked + RateWindow.margin }
    if let reading = answer.reading, reading.remaining == 0, reading.reset + .seconds(1) > answer.received + answer.lead
    {
      return reading.reset + .seconds(1) - answer.lead - answer.received + RateWindow.margin
    }
    return .seconds(min(20, 1 << min(count - 1, 5)))
  }
}
