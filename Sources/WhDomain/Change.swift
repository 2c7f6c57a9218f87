/// Where in a script a change comes from.
package struct Origin: Hashable, Sendable {
  /// The script's name as it was given, or `-c`, `-` or `prompt`.
  package let source: String
  /// Both counted from 1.
  package let line: Int
  package let column: Int
  /// The statement, with its secrets hidden.
  package let statement: String

  package init(source: String, line: Int, column: Int, statement: String) {
    self.source = source
    self.line = line
    self.column = column
    self.statement = statement
  }
}

/// One change of a webhook, from its current to its new state. A copy costs no more than a reference: plan, outcomes and report
/// hold the same ones.
package struct Change: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    /// `before` is nil only where the API has no way to read, and none of the edits needed one.
    case update(before: Webhook?, WebhookPatch)
    case create(url: String, events: [String], headers: Headers)
    case delete(before: Webhook)
  }

  private struct Fields: Hashable, Sendable {
    let app: App
    let key: WebhookKey
    let action: Action
    let origins: [Origin]
  }

  private let fields: Boxed<Fields>

  package init(app: App, webhookID: WebhookID?, action: Action, origins: [Origin] = []) {
    self.init(
      app: app, key: WebhookKey(app.id, webhookID ?? WebhookID(unchecked: "")), action: action, origins: origins)
  }

  /// A change of a webhook of the app.
  package init(app: App, key: WebhookKey, action: Action, origins: [Origin]) {
    fields = Boxed(Fields(app: app, key: key, action: action, origins: origins))
  }

  package var app: App { fields.value.app }
  /// Nil for a creation: the service gives the id.
  package var webhookID: WebhookID? { key.webhook.text.isEmpty ? nil : key.webhook }
  package var action: Action { fields.value.action }
  /// The statements that asked for it, in their order.
  package var origins: [Origin] { fields.value.origins }

  package var before: Webhook? {
    switch action {
    case .update(let before, _): before
    case .delete(let before): before
    case .create: nil
    }
  }

  /// What the webhook is to be; nil for a deletion, a creation, and where nothing is known of it.
  package var after: Webhook? {
    if case .update(let before?, let patch) = action { patch.applied(to: before) } else { nil }
  }

  /// The webhook that is changed; of a creation its id is empty.
  package var key: WebhookKey { fields.value.key }

  package var isCreation: Bool { if case .create = action { true } else { false } }

  package var isDeletion: Bool { if case .delete = action { true } else { false } }

  /// True when the service already holds what is asked for, so that no request is needed.
  package var isEmpty: Bool { action.isEmpty }
}

extension Change.Action {
  /// True when the service already holds what is asked for, so that no request is needed.
  package var isEmpty: Bool { if case .update(_, let patch) = self { patch.isEmpty } else { false } }
}

extension Change {
  /// True when this change asks for all that an earlier one asks for, so that it can stand for both.
  fileprivate func covers(_ earlier: Change) -> Bool {
    switch (earlier.action, action) {
    case (.create, .create): app.id == earlier.app.id && action == earlier.action
    case (.update(_, let first), .update(_, let second)): key == earlier.key && first.fields.isSubset(of: second.fields)
    case (.update, .delete), (.delete, .delete): key == earlier.key
    case (.create, _), (_, .create), (.delete, .update): false
    }
  }

  /// This change and then another one of the same webhook, as one.
  package func followed(by later: Change) -> Change {
    let action: Action
    switch (self.action, later.action) {
    case (.update(let before?, let first), .update(let middle, let second)):
      let after = second.applied(to: middle ?? first.applied(to: before))
      action = .update(before: before, WebhookPatch(from: before, to: after))
    case (.update(nil, let first), .update(_, let second)):
      action = .update(
        before: nil,
        WebhookPatch(
          url: second.url ?? first.url, events: second.events ?? first.events, headers: second.headers ?? first.headers)
      )
    case (.update(let before?, _), .delete): action = .delete(before: before)
    default: action = later.action
    }
    return Change(app: app, key: key, action: action, origins: (origins + later.origins).uniqued())
  }
}

/// Changes that are looked through by what they change.
package struct ChangeIndex: Sendable {
  private let byKey: [WebhookKey: [Change]]
  private let creations: [Change.Action: [Change]]

  package init(_ changes: some Sequence<Change>) {
    byKey = Dictionary(grouping: changes.lazy.filter { !$0.isCreation }, by: \.key)
    creations = Dictionary(grouping: changes.lazy.filter(\.isCreation), by: \.action)
  }

  /// True when one of the changes asks for all that an earlier one asks for.
  package func covers(_ earlier: Change) -> Bool {
    let same = earlier.isCreation ? creations[earlier.action] : byKey[earlier.key]
    return same?.contains { $0.covers(earlier) } ?? false
  }
}

/// What a run is to do: commit, undo and resume each make one, and reports, previews and writes read this one value.
package struct Plan: Hashable, Sendable {
  /// Why the run is made.
  package enum Purpose: Hashable, Sendable {
    case commit
    /// Puts back what another run did.
    case undo(of: Int)
    /// Finishes a run that was stopped.
    case resume(of: Int)
  }

  package let changes: [Change]
  package let purpose: Purpose
  /// Outcomes that are known before anything is sent, such as webhooks that an undo can't revert.
  package let settled: [Outcome]
  /// How many webhooks have edits that come to nothing. They get no request.
  package let unchanged: Int

  /// Empty changes are counted and left out: a webhook without changes gets no request.
  package init(_ changes: [Change] = [], purpose: Purpose = .commit, settled: [Outcome] = []) {
    self.changes = changes.filter { !$0.isEmpty }
    self.purpose = purpose
    self.settled = settled
    unchanged = changes.count - self.changes.count
  }

  /// Changes of one webhook that follow each other, as in a script with several commits, made one.
  package static func merging(_ changes: [Change]) -> Plan {
    var merged: [Change] = []
    var places: [WebhookKey: Int] = [:]
    for change in changes {
      if change.webhookID != nil, let place = places[change.key] {
        merged[place] = merged[place].followed(by: change)
      } else {
        if change.webhookID != nil { places[change.key] = merged.count }
        merged.append(change)
      }
    }
    return Plan(merged)
  }

  package var isEmpty: Bool { changes.isEmpty }

  package var appCount: Int { Set(changes.map(\.app.id)).count }
}
