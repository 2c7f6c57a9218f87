/// What a `CountingService` holds, and how it behaves.
package struct ServiceShape: Sendable {
  package var apps: Int
  package var webhooksPerApp: Int
  /// How many webhooks of each app are as they were before the migration: on the old host, with the old event name.
  package var oldPerApp: Int
  /// How long each answer takes.
  package var latency = Duration.zero
  /// Requests in each window of this number of seconds; windows begin at multiples of their length since 1970.
  package var limit: (requests: Int, seconds: Int)?
  /// The share of the requests that go wrong, one kind after the other.
  package var faultShare = 0.0
  package var faultKinds = ServiceFault.allCases
  package var stall = Duration.seconds(8)
  package var seed: UInt64 = 1
  /// Webhooks with a header whose value is a secret of their own.
  package var hasSecrets = false

  package init(apps: Int, webhooksPerApp: Int, oldPerApp: Int) {
    self.apps = apps
    self.webhooksPerApp = webhooksPerApp
    self.oldPerApp = oldPerApp
  }

  /// The script of the migration from the old host and event name.
  package static let migration = """
    use app *
    webhook where event MESSAGE_SENT
    rename event MESSAGE_SENT to messages.sms.sent
    replace url old.example.com with hooks.example.com
    commit
    expect not event MESSAGE_SENT and url ~ https://hooks.example.com/*

    """
}

/// One way in which a request goes wrong.
package enum ServiceFault: String, Sendable, CaseIterable {
  case status500, status503
  /// With `Retry-After: 1`.
  case status429
  /// A 502 with a web page for a body, as a proxy sends it.
  case errorPage
  /// The connection is reset, before anything is applied or after it.
  case resetBefore, resetAfter
  /// Applied; the answer's body ends half-way.
  case cutOff
  /// Applied; a 200 whose body is not JSON.
  case garbage
  /// Applied, and answered late, but well.
  case stall

  package var isApplied: Bool {
    switch self {
    case .resetAfter, .cutOff, .garbage, .stall: true
    case .status500, .status503, .status429, .errorPage, .resetBefore: false
    }
  }
}
