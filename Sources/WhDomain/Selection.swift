/// What `use app` and `webhook` select by.
package enum Selection: Hashable, Sendable {
  case all
  /// Ids, slugs of apps, and globs over both.
  case names([String])
  case matching(Predicate)

  /// The names that are not patterns; nil if the selection uses anything else.
  package var plainNames: [String]? {
    guard case .names(let names) = self, !names.contains(where: Glob.isPattern) else { return nil }
    return names
  }
}

/// A webhook within its app. A copy costs no more than a reference: a session keeps each key in several tables.
package struct WebhookKey: Hashable, Sendable {
  private struct Fields: Hashable, Sendable {
    let app: AppID
    let webhook: WebhookID
  }

  private let fields: Boxed<Fields>

  package init(_ app: AppID, _ webhook: WebhookID) {
    fields = Boxed(Fields(app: app, webhook: webhook))
  }

  package var app: AppID { fields.value.app }
  package var webhook: WebhookID { fields.value.webhook }
}

extension Webhook {
  package var key: WebhookKey { WebhookKey(appID, id) }
}
