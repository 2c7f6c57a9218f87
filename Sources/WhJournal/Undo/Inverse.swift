import WhDomain

/// The inverse of a run, webhook by webhook.
package enum Inverse {
  /// What puts back all that the intents did, one for each webhook, in the order in which the run first changed them.
  ///
  /// Intents that left the webhook alone, as one that failed, have no part in it. An open one has: what the service
  /// holds will tell whether it was done.
  package static func reversals(of intents: [Intent]) -> [Reversal] {
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
    return reversals.compactMap { $0 }
  }

  private struct Key: Hashable {
    let app: AppID
    let webhook: WebhookID
  }

  /// What puts back one intent; nil where it changed nothing.
  private static func step(back intent: Intent) -> Reversal.Step? {
    let answer = intent.outcome?.answer
    switch intent.change.action {
    case .update(let before?, let patch):
      let left = answer?.asPatch.limited(to: patch.fields) ?? patch
      let changed = left.fieldsThatDiffer(in: before)
      return changed.isEmpty ? nil : .restore(before.asPatch.limited(to: changed), from: left.limited(to: changed))
    case .update(nil, _): return .impossible("what it held before was not read")
    case .create: return answer.map { .remove($0) } ?? .impossible("it is not known whether it was created")
    case .delete(let before): return .recreate(before)
    }
  }
}

extension Intent {
  /// False where it is known that the webhook stayed as it was.
  fileprivate var mayHaveBeenDone: Bool {
    switch outcome?.state {
    case .created, .updated, .deleted, .appliedDifferently, .unknown, nil: true
    case .notAttempted: false
    case .unchanged, .failed, .conflict: isOpen
    }
  }
}

extension Reversal.Step {
  /// What puts back both an earlier step of a webhook and then this one; nil where they cancel out.
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
