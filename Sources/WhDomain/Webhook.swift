/// A webhook as it is on the service, or as it should be. A copy costs no more than a reference: a run over many keeps each
/// of them in several places.
package struct Webhook: Hashable, Sendable {
  private struct Fields: Hashable, Sendable {
    let key: WebhookKey
    var url: String
    var events: [String]
    var headers: Headers
    let createdAt: Timestamp?
    let updatedAt: Timestamp?
  }

  private var fields: Boxed<Fields>

  package init(
    id: WebhookID, appID: AppID, url: String, events: [String], headers: Headers = Headers(),
    createdAt: Timestamp? = nil, updatedAt: Timestamp? = nil
  ) {
    self.init(
      key: WebhookKey(appID, id), url: url, events: events, headers: headers, createdAt: createdAt,
      updatedAt: updatedAt)
  }

  package init(
    key: WebhookKey, url: String, events: [String], headers: Headers, createdAt: Timestamp?, updatedAt: Timestamp?
  ) {
    fields = Boxed(
      Fields(key: key, url: url, events: events, headers: headers, createdAt: createdAt, updatedAt: updatedAt))
  }

  /// Its ids, under which a session knows it, except that of an app that the key names by itself.
  package var key: WebhookKey { fields.value.key }
  package var id: WebhookID { fields.value.key.webhook }
  package var appID: AppID { fields.value.key.app }
  package var createdAt: Timestamp? { fields.value.createdAt }
  package var updatedAt: Timestamp? { fields.value.updatedAt }

  package var url: String {
    get { fields.value.url }
    set { change { $0.url = newValue } }
  }

  /// In the service's order, each once.
  package var events: [String] {
    get { fields.value.events }
    set { change { $0.events = newValue } }
  }

  package var headers: Headers {
    get { fields.value.headers }
    set { change { $0.headers = newValue } }
  }

  private mutating func change(_ edit: (inout Fields) -> Void) {
    var changed = fields.value
    edit(&changed)
    fields = Boxed(changed)
  }

  /// The webhook with a patch laid over it.
  fileprivate func with(_ patch: WebhookPatch) -> Webhook {
    var result = self
    result.change { fields in
      if let url = patch.url { fields.url = url }
      if let events = patch.events { fields.events = events }
      if let headers = patch.headers { fields.headers = headers }
    }
    return result
  }
}

extension Webhook {
  /// True when url, events and headers are the same, whatever the times say.
  package func holdsTheSame(as other: Webhook) -> Bool {
    fields === other.fields || WebhookPatch(from: self, to: other).isEmpty
  }

  /// True when all fields are the same, byte by byte and in the same order.
  package func isIdentical(to other: Webhook) -> Bool {
    self == other && url.isSame(as: other.url) && zip(events, other.events).allSatisfy { $0.isSame(as: $1) }
  }
}

extension Webhook {
  /// The same webhook, with the fields of another one where they are the same, byte by byte: a run over many webhooks keeps what it
  /// asked for and what the service answered.
  package func sharing(_ other: Webhook) -> Webhook {
    let hasSameEvents = events.count == other.events.count && zip(events, other.events).allSatisfy { $0.isSame(as: $1) }
    let hasSameHeaders =
      headers.all.count == other.headers.all.count
      && zip(headers.all, other.headers.all).allSatisfy { $0.name.isSame(as: $1.name) && $0.value.isSame(as: $1.value) }
    return Webhook(
      key: key == other.key ? other.key : key,
      url: url.isSame(as: other.url) ? other.url : url, events: hasSameEvents ? other.events : events,
      headers: hasSameHeaders ? other.headers : headers, createdAt: createdAt, updatedAt: updatedAt)
  }
}

/// The fields of an update's body; a field that is nil is left out, and so stays as it is (api.md, "Operations").
package struct WebhookPatch: Hashable, Sendable {
  package var url: String?
  package var events: [String]?
  package var headers: Headers?

  package init(url: String? = nil, events: [String]? = nil, headers: Headers? = nil) {
    self.url = url
    self.events = events
    self.headers = headers
  }

  /// The fields in which `after` differs from `before`.
  package init(from before: Webhook, to after: Webhook) {
    if !after.url.isSame(as: before.url) { url = after.url }
    if !Self.areSame(after.events, before.events) { events = after.events }
    if after.headers != before.headers { headers = after.headers }
  }

  package var isEmpty: Bool { url == nil && events == nil && headers == nil }

  /// The webhook with this patch laid over it.
  package func applied(to webhook: Webhook) -> Webhook { isEmpty ? webhook : webhook.with(self) }
}
