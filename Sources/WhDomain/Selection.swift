/// What `use app` and `webhook` choose by.
package enum Selection: Hashable, Sendable {
  case all
  /// Ids, slugs of apps, and globs over both.
  case names([String])
  case matching(Predicate)

  /// The names that are no patterns; nil where the selection is not by such names alone.
  package var plainNames: [String]? {
    guard case .names(let names) = self, !names.contains(where: Glob.isPattern) else { return nil }
    return names
  }
}

/// A webhook within its app.
package struct WebhookKey: Hashable, Sendable {
  package let app: AppID
  package let webhook: WebhookID

  package init(_ app: AppID, _ webhook: WebhookID) {
    self.app = app
    self.webhook = webhook
  }
}
