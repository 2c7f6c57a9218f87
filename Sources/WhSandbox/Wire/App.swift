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
