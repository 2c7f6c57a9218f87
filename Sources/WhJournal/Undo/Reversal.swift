import WhDomain

/// What is needed to revert all changes of a run to one webhook.
package struct Reversal: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    /// Sets the fields that the run changed, as long as they still have the values from the run. Values are sent
    /// as it was read, whatever the rules for new values are.
    case restore(WebhookPatch, from: WebhookPatch)
    /// Deletes what the run created.
    case remove(Webhook)
    /// Creates what the run deleted, under a new id.
    case recreate(Webhook)
    /// Nothing can be reverted, and why.
    case impossible(String)
  }

  package let app: App
  /// The webhook to read before anything is reverted; nil if its id was never known.
  package let webhookID: WebhookID?
  package let step: Step
}

/// The result of a reversal, given the current state on the service.
package enum Inversion: Hashable, Sendable {
  /// It is already reverted.
  case nothing
  case change(Change)
  /// These fields were changed by others since.
  case conflict([WebhookField])
  /// It was deleted by others since.
  case gone
  case impossible(String)
}

extension Reversal {
  /// - Parameters:
  ///   - current: the webhook as the service holds it now; nil if it has none of that id.
  ///   - origins: the statements that ask for the undo.
  package func inversion(of current: Webhook?, origins: [Origin] = []) -> Inversion {
    switch (step, current) {
    case (.impossible(let reason), _): .impossible(reason)
    case (.restore, nil): .gone
    case (.restore(let back, let left), let current?): restoring(back, left, in: current, origins)
    case (.remove, nil): .nothing
    case (.remove(let created), let current?):
      Self.conflict(created.asPatch.fieldsThatDiffer(inNormalFormOf: current))
        ?? change(.delete(before: current), current.id, origins)
    case (.recreate, _?): .nothing
    case (.recreate(let before), nil):
      change(.create(url: before.url, events: before.events, headers: before.headers), nil, origins)
    }
  }

  /// What the undo of a webhook would do, seen from what the run left, where what the service holds stands against it.
  package func refusedAction(on current: Webhook) -> Change.Action {
    switch step {
    case .restore(let back, let left): .update(before: left.applied(to: current), back)
    case .remove(let created): .delete(before: created)
    case .recreate, .impossible: .update(before: current, WebhookPatch())
    }
  }

  private func restoring(
    _ back: WebhookPatch, _ left: WebhookPatch, in current: Webhook, _ origins: [Origin]
  ) -> Inversion {
    let wanted = back.fieldsThatDiffer(in: current)
    if let conflict = Self.conflict(wanted.intersection(left.fieldsThatDiffer(inNormalFormOf: current))) {
      return conflict
    }
    return wanted.isEmpty
      ? .nothing : change(.update(before: current, back.limited(to: wanted)), current.id, origins)
  }

  private static func conflict(_ fields: Set<WebhookField>) -> Inversion? {
    fields.isEmpty ? nil : .conflict(WebhookField.allCases.filter(fields.contains))
  }

  private func change(_ action: Change.Action, _ id: WebhookID?, _ origins: [Origin]) -> Inversion {
    .change(Change(app: app, webhookID: id, action: action, origins: origins))
  }
}
