/// A webhook within its app. A copy costs no more than a reference: a session keeps each key in several tables.
package struct WebhookKey: Hashable, Sendable {
  private final class IDs: Sendable {
    let app: AppID
    let webhook: WebhookID
    /// Kept, because each key is looked up in several tables.
    let hash: Int

    init(_ app: AppID, _ webhook: WebhookID) {
      self.app = app
      self.webhook = webhook
      var hasher = Hasher()
      hasher.combine(app)
      hasher.combine(webhook)
      hash = hasher.finalize()
    }
  }

  private let ids: IDs

  package init(_ app: AppID, _ webhook: WebhookID) { ids = IDs(app, webhook) }

  package var app: AppID { ids.app }
  package var webhook: WebhookID { ids.webhook }

  package static func == (left: WebhookKey, right: WebhookKey) -> Bool {
    left.ids === right.ids
      || left.ids.hash == right.ids.hash && left.webhook == right.webhook && left.app == right.app
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(ids.hash) }
}
