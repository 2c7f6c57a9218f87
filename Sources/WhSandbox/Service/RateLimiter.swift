import Synchronization

/// Counts the requests of each key in windows of fixed length, one for each family of routes.
///
/// The first window starts with the first request.
final class RateLimiter: Sendable {
  /// What a key has left after a request.
  struct Allowance: Sendable, Equatable {
    var limit: Int
    /// The requests that remain in the window.
    var remaining: Int
    /// When the window ends, in seconds since 1970.
    var reset: Int64
    /// How long to wait, in seconds, where the request was one too many.
    var retryAfter: Int?

    var headers: [String: String] {
      [
        "X-RateLimit-Limit": String(limit),
        "X-RateLimit-Remaining": String(remaining),
        "X-RateLimit-Reset": String(reset),
      ]
    }
  }

  private struct Window {
    var end: Int64
    var used: Int
  }

  /// What has a window of its own.
  private struct Bucket: Hashable {
    var key: Key?
    var family: Options.RouteFamily
  }

  private let limits: Options.RateLimits
  private let windows = Mutex<[Bucket: Window]>([:])

  init(_ limits: Options.RateLimits) {
    self.limits = limits
  }

  /// Counts a request of `key` at `now`; requests without a key share their windows.
  /// - Returns: nil where the family has no limit.
  func take(_ key: Key?, _ family: Options.RouteFamily, at now: Timestamp) -> Allowance? {
    guard let limit = limits.limits[family] else { return nil }
    let bucket = Bucket(key: key, family: family)
    return windows.withLock { windows in
      // Keys are cheap to invent, so that windows which have ended must not pile up.
      if windows.count >= 1024 { windows = windows.filter { $0.value.end > now.seconds } }
      var window = windows[bucket] ?? Window(end: 0, used: 0)
      if now.seconds >= window.end {
        window = Window(end: now.seconds + Int64(limit.window), used: 0)
      }
      let isOver = window.used >= limit.limit
      if !isOver { window.used += 1 }
      windows[bucket] = window
      return Allowance(
        limit: limit.limit, remaining: limit.limit - window.used, reset: window.end,
        retryAfter: isOver ? Self.secondsToWait(until: window.end, from: now) : nil)
    }
  }

  private static func secondsToWait(until end: Int64, from now: Timestamp) -> Int {
    Int((end * 1000 - now.milliseconds + 999) / 1000)
  }
}
