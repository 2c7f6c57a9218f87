import WhDomain

/// What the service holds with the staged edits on top: what predicates, `show`, `diff` and `expect` see.
package struct View: Sendable {
  package let holdings: Holdings
  package let draft: Draft

  package init(_ holdings: Holdings = Holdings(), _ draft: Draft = Draft()) {
    self.holdings = holdings
    self.draft = draft
  }

  package func app(_ id: AppID) -> App { holdings.app(id) }

  /// Nil where nothing was read, and for one that is staged to be deleted.
  package func webhook(_ key: WebhookKey) -> Webhook? {
    guard let entry = draft.staged[key] else { return holdings.webhook(key) }
    return entry.deletion == nil ? entry.after ?? holdings.webhook(key) : nil
  }

  package var plan: Plan { draft.plan(in: holdings) }

  /// What lists show of webhooks, in the order of the keys.
  package func rows(_ keys: [WebhookKey]) -> [Output.WebhookRow] {
    let selected = Set(draft.webhooks ?? [])
    return keys.compactMap { key in
      webhook(key).map { webhook in
        Output.WebhookRow(
          app: app(key.app), webhook: webhook, isChosen: selected.contains(key),
          isEdited: draft.staged[key]?.action.isEmpty == false)
      }
    }
  }
}
