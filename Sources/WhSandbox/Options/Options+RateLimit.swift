extension Options {
  /// The routes that share a limit: a key has a window for each family.
  package enum RouteFamily: String, Sendable, Hashable, CaseIterable {
    /// The webhooks of an app key's own app.
    case webhooks
    /// Apps and their webhooks, for an admin key.
    case apps
    /// Everything else.
    case general
  }

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
      guard (1...1_000_000_000).contains(limit) else {
        throw InvalidOptions("a rate limit must be between 1 and 1000000000 requests, not \(limit)")
      }
      guard (1...86_400).contains(window) else {
        throw InvalidOptions("a rate limit window must be between 1 and 86400 seconds, not \(window)")
      }
    }
  }

  /// The limit of each family of routes; a family without one is not limited, and its answers don't speak of limits.
  package struct RateLimits: Sendable, Equatable {
    /// By family.
    package var limits: [RouteFamily: RateLimit]

    /// Makes a set of limits.
    package init(_ limits: [RouteFamily: RateLimit] = [:]) {
      self.limits = limits
    }

    /// No limit at all.
    package static let none = RateLimits()

    /// Those of the service, a minute.
    package static let documented = RateLimits([
      .webhooks: RateLimit(limit: 60), .apps: RateLimit(limit: 60), .general: RateLimit(limit: 120),
    ])

    /// The same limit for every family, each of which has windows of its own.
    package static func every(_ limit: RateLimit) -> RateLimits {
      RateLimits(Dictionary(uniqueKeysWithValues: RouteFamily.allCases.map { ($0, limit) }))
    }

    func validate() throws(InvalidOptions) {
      for limit in limits.values { try limit.validate() }
    }
  }
}
