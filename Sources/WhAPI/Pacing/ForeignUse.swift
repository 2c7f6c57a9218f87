/// How fast other users of the same key spend the limit, from what has gone that we did not spend.
struct ForeignUse: Sendable {
  private var requests = 0.0
  private var seconds = 0.0

  /// Requests a second, rounded up by one request, because to be late for the limit costs more than to leave some of it.
  func rate(with window: (requests: Int, span: Duration) = (0, .zero)) -> Double {
    let seen = requests + Double(window.requests)
    guard seen > 0.5 else { return 0 }
    return (seen + 1) / max(seconds + window.span.inSeconds, 0.05)
  }

  /// Takes in a window that has ended; older ones count half as much each time.
  mutating func end(_ window: (requests: Int, span: Duration)) {
    requests = requests / 2 + Double(window.requests)
    seconds = seconds / 2 + window.span.inSeconds
  }
}
