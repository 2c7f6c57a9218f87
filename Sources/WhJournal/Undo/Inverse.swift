import WhDomain

/// The inverse of a run, webhook by webhook.
package enum Inverse {
  /// The reversals of all intents, one for each webhook, in the order in which the run first changed them.
  ///
  /// Intents that left the webhook alone, as one that failed, have no part in it. One of which that is not known has: what
  /// the service returns will show whether it was done.
  ///
  /// - Parameter isMasked: true for a header whose value is masked, so that it can't be restored.
  package static func reversals(
    of intents: [Intent], isMasked: (Header) -> Bool = { _ in false }
  ) -> [Reversal] {
    var reversals: [Reversal?] = []
    var places: [Key: Int] = [:]
    for intent in intents where intent.mayHaveBeenDone {
      guard let step = step(back: intent) else { continue }
      let id = intent.change.webhookID ?? intent.outcome?.answer?.id
      let reversal = Reversal(app: intent.change.app, webhookID: id, step: step)
      guard let id else {
        reversals.append(reversal)
        continue
      }
      let key = Key(app: intent.change.app.id, webhook: id)
      if let place = places[key], let earlier = reversals[place] {
        reversals[place] = step.after(earlier.step).map { Reversal(app: earlier.app, webhookID: id, step: $0) }
      } else {
        places[key] = reversals.count
        reversals.append(reversal)
      }
    }
    return reversals.compactMap { $0?.withholding(isMasked) }
  }

  private struct Key: Hashable {
    let app: AppID
    let webhook: WebhookID
  }

  /// The reversal of one intent; nil if it changed nothing.
  private static func step(back intent: Intent) -> Reversal.Step? {
    let answer = intent.outcome?.answer
    switch intent.change.action {
    case .update(let before?, let patch):
      let left = answer.map { patch.held(by: $0) } ?? patch
      let changed = left.fieldsThatDiffer(in: before)
      return changed.isEmpty ? nil : .restore(before.asPatch.limited(to: changed), from: left.limited(to: changed))
    case .update(nil, _): return .impossible(unread)
    case .create: return answer.map { .remove($0) } ?? .impossible(intent.isSeen ? unidentified : unseen)
    case .delete(let before): return .recreate(before)
    }
  }
}

extension WebhookPatch {
  /// What a service holds of these fields by its answer. It still holds the value that it was sent where it masks a header.
  fileprivate func held(by answer: Webhook) -> WebhookPatch {
    var held = answer.asPatch.limited(to: fields)
    if let asked = headers {
      held.headers = Headers(
        answer.headers.all.map { shown in
          shown.isMasked ? asked[shown.name].map { Header(name: shown.name, value: $0) } ?? shown : shown
        })
    }
    return held
  }
}

extension Reversal {
  /// The same, unless a value that it restores is unknown.
  fileprivate func withholding(_ isMasked: (Header) -> Bool) -> Reversal {
    let headers: Headers? =
      switch step {
      case .restore(let back, _): back.headers
      case .recreate(let before): before.headers
      case .remove, .impossible: nil
      }
    guard let masked = headers?.all.first(where: isMasked) else { return self }
    return Reversal(app: app, webhookID: webhookID, step: .impossible(Inverse.masked(masked.name)))
  }
}

extension Reversal.Step {
  /// The reversal of an earlier step of a webhook and this one; nil if they cancel out.
  fileprivate func after(_ earlier: Reversal.Step) -> Reversal.Step? {
    switch (earlier, self) {
    case (.impossible, _): earlier
    case (_, .impossible): self
    case (.restore(let back, let left), .restore(let laterBack, let laterLeft)):
      .restore(back.filled(from: laterBack), from: laterLeft.filled(from: left))
    case (.restore(let back, _), .recreate(let before)): .recreate(back.applied(to: before))
    case (.remove(let created), .restore(_, let left)): .remove(left.applied(to: created))
    case (.remove, .recreate): nil
    case (.restore, .remove), (.remove, .remove), (.recreate, _): self
    }
  }
}

// MARK: - Wording

extension Inverse {
  private static let unread = "its previous state was not read"
  private static let unseen = "it may not have been created"
  private static let unidentified = "the id of the created webhook is unknown"

  fileprivate static func masked(_ name: String) -> String {
    "the service masked the value of its header \(name)"
  }
}
