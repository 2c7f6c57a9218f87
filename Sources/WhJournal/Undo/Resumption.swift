import WhDomain

/// What is to be done about an open intent.
package enum Resumption: Hashable, Sendable {
  /// The service has what was requested.
  case done
  /// The service holds what it held before: the change is to be sent.
  case send
  /// The service holds something else, or has lost the webhook; and why, in a few words.
  case conflict(String)
  /// The state of the service does not show the outcome. It stays open for a person to decide; and why.
  case open(String)
}

extension Resumption {
  /// Decides by what the service holds now. Doing what this says, and then asking again, gives `done`.
  ///
  /// - Parameter current: the webhook that the change names, or the one that a creation made; nil if the service has none.
  package static func decide(_ intent: Intent, current: Webhook?) -> Resumption {
    switch (intent.change.action, current) {
    case (.update, nil): .conflict(deleted)
    case (.update(let before, let patch), let current?): update(from: before, by: patch, current)
    case (.create, let current): decide(intent, current.map { .one($0) } ?? .nothing)
    case (.delete, nil): .done
    case (.delete(let before), let current?):
      before.asPatch.fieldsThatDiffer(in: current).isEmpty ? .send : .conflict(changed)
    }
  }

  /// Decides about a creation by what was found of it.
  package static func decide(_ intent: Intent, _ found: CreationSearch.Finding) -> Resumption {
    switch found {
    case .one: .done
    case .several(let count): .open(Self.several(count))
    case .strangers(let count): .open(Self.strangers(count))
    case .doubtful(let count): .open(Self.doubtful(count))
    case .nothing:
      if intent.outcome?.answer != nil {
        .conflict(deleted)
      } else {
        // A creation that the service has taken is never sent again.
        intent.isSeen ? .open(lost) : .send
      }
    }
  }

  /// What to record for the intent; nil if its change must be sent first.
  ///
  /// - Parameter current: what the decision was made by.
  package func outcome(of intent: Intent, _ current: Webhook?) -> Outcome? {
    let change = intent.change
    return switch self {
    case .done: Outcome(applied: change, answer: change.isDeletion ? nil : current)
    case .send: nil
    case .conflict(let reason): Outcome(change, .conflict, message: reason, answer: current)
    // That the service took it must not be forgotten: the next resumption would send it again.
    case .open(let reason):
      Outcome(change, intent.isSeen ? intent.state : .unknown, message: reason, closesIntent: false)
    }
  }

  private static func update(from before: Webhook?, by patch: WebhookPatch, _ current: Webhook) -> Resumption {
    if patch.fieldsThatDiffer(in: current).isEmpty { return .done }
    // Where nothing was read before, there is nothing to compare with: the commit would have sent it anyway.
    guard let before else { return .send }
    if before.asPatch.fieldsThatDiffer(in: current).isEmpty { return .send }
    // Last, for a change may be just that of the form, and a mask does not tell the old value from the new one.
    return patch.fieldsThatDiffer(inNormalFormOf: current).isEmpty ? .done : .conflict(changed)
  }
}

// MARK: - Wording

extension Resumption {
  private static let changed = "it was changed by others"
  private static let deleted = "it was deleted by others"
  private static let lost = "the service created it, but no webhook of the app matches the request"

  private static func strangers(_ count: Int) -> String {
    let webhooks = count == 1 ? "another webhook was" : "\(count) other webhooks were"
    return "\(webhooks) created since, and one of them may be this one with later changes"
  }

  private static func doubtful(_ count: Int) -> String {
    let webhooks = count == 1 ? "an equal webhook exists that seems" : "\(count) equal webhooks exist that seem"
    return "\(webhooks) older than the run; it is unknown whether it was created by it"
  }

  private static func several(_ count: Int) -> String {
    "\(count) webhooks match the request; it is unknown which one was created"
  }
}
