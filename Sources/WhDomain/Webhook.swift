/// A webhook as the service holds it, or as it is to be.
package struct Webhook: Hashable, Sendable {
  package let id: WebhookID
  package let appID: AppID
  package var url: String
  /// In the service's order, each once.
  package var events: [String]
  package var headers: Headers
  package let createdAt: Timestamp?
  package let updatedAt: Timestamp?

  package init(
    id: WebhookID, appID: AppID, url: String, events: [String], headers: Headers = Headers(),
    createdAt: Timestamp? = nil, updatedAt: Timestamp? = nil
  ) {
    self.id = id
    self.appID = appID
    self.url = url
    self.events = events
    self.headers = headers
    self.createdAt = createdAt
    self.updatedAt = updatedAt
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
    url = before.url == after.url ? nil : after.url
    events = before.events == after.events ? nil : after.events
    headers = before.headers == after.headers ? nil : after.headers
  }

  package var isEmpty: Bool { url == nil && events == nil && headers == nil }

  /// The webhook with this patch laid over it.
  package func applied(to webhook: Webhook) -> Webhook {
    var result = webhook
    if let url { result.url = url }
    if let events { result.events = events }
    if let headers { result.headers = headers }
    return result
  }
}
