import WhDomain

/// Holds once what the webhooks of a page have in common: most subscribe to the same few lists of events.
struct CommonParts {
  private var events: Set<[String]> = []
  private var headers: [[Header]: Headers] = [:]

  mutating func share(in webhook: Webhook) -> Webhook {
    let shared: Headers
    if let known = headers[webhook.headers.all] {
      shared = known
    } else {
      shared = webhook.headers
      headers[webhook.headers.all] = shared
    }
    return Webhook(
      key: webhook.key, url: webhook.url, events: events.insert(webhook.events).memberAfterInsert,
      headers: shared, createdAt: webhook.createdAt, updatedAt: webhook.updatedAt)
  }
}
