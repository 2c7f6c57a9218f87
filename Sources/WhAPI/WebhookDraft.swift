import WhDomain

/// What a webhook is created from.
package struct WebhookDraft: Hashable, Sendable {
  package let url: String
  package let events: [String]
  package let headers: Headers

  package init(url: String, events: [String], headers: Headers = Headers()) {
    self.url = url
    self.events = events
    self.headers = headers
  }
}
