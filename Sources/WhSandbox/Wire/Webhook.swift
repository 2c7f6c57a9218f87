/// A webhook of an app.
struct Webhook: Sendable, Equatable {
  var id: String
  var appID: String
  var url: String
  var events: [String]
  var headers: [String: String]?
  var createdAt: Timestamp
  var updatedAt: Timestamp

  /// The webhook as an answer to `kind` of key shows it: only an admin key sees `headers: null`.
  func json(for kind: Key.Kind) -> JSON {
    let noHeaders: JSON = kind == .admin ? .null : .object([])
    return .object([
      JSON.Member("id", .string(id)),
      JSON.Member("appId", .string(appID)),
      JSON.Member("url", .string(url)),
      JSON.Member("events", .strings(events)),
      JSON.Member("headers", headers.map(JSON.strings) ?? noHeaders),
      JSON.Member("createdAt", .string(createdAt.rfc3339)),
      JSON.Member("updatedAt", .string(updatedAt.rfc3339)),
    ])
  }

  /// The webhook with `fields` in it.
  ///
  /// `updatedAt` moves to `now` if anything differs, and past its old value even where the clock has not moved; else it
  /// stays.
  func applying(_ fields: WebhookFields, at now: Timestamp) -> Webhook {
    var changed = self
    if let url = fields.url { changed.url = url }
    if let events = fields.events { changed.events = events }
    if let headers = fields.headers { changed.headers = headers.value }
    guard changed != self else { return self }
    changed.updatedAt = max(now, Timestamp(milliseconds: updatedAt.milliseconds + 1))
    return changed
  }
}
