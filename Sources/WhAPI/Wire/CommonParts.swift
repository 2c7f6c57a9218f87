import WhDomain

/// Holds once what the webhooks of a page have in common: most subscribe to the same few lists of events.
struct CommonParts {
  private var events: Set<[String]> = []
  private var headers: [[Header]: Headers] = [:]

  mutating func share(in webhook: Webhook) -> Webhook {
    let shared = headers[webhook.headers.all] ?? webhook.headers
    headers[webhook.headers.all] = shared
    return Webhook(
      id: webhook.id, appID: webhook.appID, url: webhook.url, events: events.insert(webhook.events).memberAfterInsert,
      headers: shared, createdAt: webhook.createdAt, updatedAt: webhook.updatedAt)
  }
}
