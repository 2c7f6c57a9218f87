/// An app of the organisation.
struct App: Sendable, Equatable {
  /// Whether an app may send, as the service spells it.
  enum Status: String, Sendable {
    case active
    case billingPaused = "billing_paused"
  }

  var id: String
  var slug: String
  var name: String
  var status: Status
  var createdAt: Timestamp
  var updatedAt: Timestamp

  /// The test app that belongs to it, with an id that is the same every time.
  var testApp: App {
    var random = SplitMix64(seed: id.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 })
    var app = self
    app.id = Identifier.make(prefix: "app_test_") { random.next() }
    // No live app's slug holds a blank, and no key can name one.
    app.slug = "\(slug) (test)"
    app.name = "\(name) (test)"
    return app
  }

  var json: JSON {
    .object([
      JSON.Member("id", .string(id)),
      JSON.Member("slug", .string(slug)),
      JSON.Member("name", .string(name)),
      JSON.Member("status", .string(status.rawValue)),
      JSON.Member("createdAt", .string(createdAt.rfc3339)),
      JSON.Member("updatedAt", .string(updatedAt.rfc3339)),
    ])
  }
}
