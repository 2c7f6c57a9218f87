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
          isEdited: draft.staged[key]?.action.isEmpty == false, isNew: false)
      }
    }
  }

  /// What lists show of the webhooks that are staged to be created.
  package func creationRows(in apps: [App]) -> [Output.WebhookRow] {
    let wanted = Set(apps.map(\.id))
    return draft.creations.compactMap { change in
      guard wanted.contains(change.app.id), case .create(let url, let events, let headers) = change.action else {
        return nil
      }
      let webhook = Webhook(
        id: WebhookID(unchecked: "(new)"), appID: change.app.id, url: url, events: events, headers: headers)
      return Output.WebhookRow(app: change.app, webhook: webhook, isChosen: false, isEdited: true, isNew: true)
    }
  }
}
