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

  /// Nil when a field is missing or is not a number. A negative rest, which some gateways give where they do not count, is
  /// none.
  ///
  /// - Parameter serverTime: For a reset that is given as seconds from now, as some gateways do.
  init?(_ response: HTTPResponse, serverTime: Duration) {
    let fields = RateLimitFields(response)
    guard let limit = fields.limit, limit >= 1, let remaining = fields.remaining, remaining >= 0,
      let reset = fields.reset
    else { return nil }
    self.limit = Int(limit)
    self.remaining = Int(remaining)
    // No Unix time of this service is as small as this, and none in seconds is as large as that.
    self.reset =
      reset < 1e8
      ? Self.wholeSeconds(serverTime) + .seconds(reset)
      : reset > 1e11 ? .seconds(reset / 1000) : .seconds(reset)
  }

  private static func wholeSeconds(_ duration: Duration) -> Duration { .seconds(duration.components.seconds) }
}

/// The three numbers, in any of the forms in use: `X-RateLimit-Limit: 120`, `RateLimit-Limit: 120, 120;w=60`,
/// `RateLimit: limit=120, remaining=7, reset=30`, and `RateLimit: "a";r=7;t=30` with `RateLimit-Policy: "a";q=120;w=60`.
private struct RateLimitFields {
  var limit: Double?
  var remaining: Double?
  var reset: Double?

  init(_ response: HTTPResponse) {
    for names in Self.names {
      guard let limit = response[names.limit].flatMap(Self.first) else { continue }
      self.limit = limit
      remaining = response[names.remaining].flatMap(Self.first)
      reset = response[names.reset].flatMap(Self.first)
      return
    }
    guard let list = response["RateLimit"].map(Self.items) else { return }
    let whole = list.reduce(into: [:]) { $0.merge($1.parameters) { first, _ in first } }
    if let limit = whole["limit"] {
      (self.limit, remaining, reset) = (limit, whole["remaining"], whole["reset"])
      return
    }
    // Of several limits the one with the least left is the next to hold back.
    let policies = response["RateLimit-Policy"].map(Self.items) ?? []
    guard let least = list.filter({ $0.parameters["r"] != nil }).min(by: { $0.rest < $1.rest }) else { return }
    limit = policies.first { $0.name == least.name }?.parameters["q"]
    remaining = least.parameters["r"]
    reset = least.parameters["t"]
  }

  private static let names = [
    (limit: "X-RateLimit-Limit", remaining: "X-RateLimit-Remaining", reset: "X-RateLimit-Reset"),
    (limit: "RateLimit-Limit", remaining: "RateLimit-Remaining", reset: "RateLimit-Reset"),
  ]

  private struct Item {
    var name = ""
    var parameters: [String: Double] = [:]
    var rest: Double { parameters["r"] ?? 0 }
  }

  /// `a;x=1;y=2, b;x=3` as items; the first word of one may be a parameter too.
  private static func items(_ text: String) -> [Item] {
    text.split(separator: ",").map { item in
      item.split(separator: ";").reduce(into: Item()) { item, word in
        let parts = word.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpaces }
        if parts.count == 2 {
          item.parameters[parts[0].lowercased()] = number(parts[1])
        } else if item.name.isEmpty, let name = parts.first {
          item.name = name
        }
      }
    }
  }

  /// The first number of a list, without its parameters.
  private static func first(_ text: String) -> Double? {
    number(String(text.prefix { $0 != "," && $0 != ";" }))
  }

  private static func number(_ text: String) -> Double? {
    guard let value = Double(text.trimmingSpaces), value.isFinite, abs(value) < 1e15 else { return nil }
    return value
  }
}
