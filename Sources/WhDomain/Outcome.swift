/// How one webhook of a run ended: each ends in exactly one state.
package struct Outcome: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    case created, updated, deleted
    /// It was already as requested, and got no request.
    case unchanged
    /// The service accepted the change, but stored something else.
    case appliedDifferently = "applied differently"
    case failed, conflict
    /// The change was sent, and whether it was applied is not known.
    case unknown
    case notAttempted = "not attempted"
  }

  package let change: Change
  // Few outcomes have a message, and a run keeps one of these for each webhook.
  private let text: Boxed<String>?
  /// What the service answered to the write.
  package let answer: Webhook?
  package let state: State
  /// False while the intent stays open: it is unknown, not attempted, or was rejected before the service processed it.
  package let closesIntent: Bool

  /// Why it is not as requested; the message of the API if there is one.
  package var message: String? { text?.value }

  /// - Parameter closesIntent: nil leaves it to the state.
  package init(
    _ change: Change, _ state: State, message: String? = nil, answer: Webhook? = nil, closesIntent: Bool? = nil
  ) {
    self.change = change
    self.state = state
    text = message.map(Boxed.init)
    self.answer = answer
    self.closesIntent = closesIntent ?? state.closesIntent
  }

  /// The outcome of a change that the service accepted.
  ///
  /// - Parameter answer: the webhook as the service holds it since; nil after a deletion, and where nothing was answered.
  package init(applied change: Change, answer: Webhook?) {
    let differs = answer.map { !change.isFulfilled(by: $0) } ?? false
    self.init(change, differs ? .appliedDifferently : change.action.applied, answer: answer)
  }

  /// The same outcome with another message, where there is one.
  package func withMessage(_ change: (String) -> String) -> Outcome {
    guard let message else { return self }
    return Outcome(self.change, state, message: change(message), answer: answer, closesIntent: closesIntent)
  }

  /// True when the webhook is as requested.
  package var isFine: Bool { state.isFine }
}

extension Outcome.State {
  /// Such as `3 updated` or `2 conflicts`.
  package func counted(_ count: Int) -> String { "\(count) \(name(for: count))" }

  /// What so many outcomes are called.
  package func name(for count: Int) -> String { self == .conflict ? count.noun("conflict") : rawValue }

  /// True when the webhook is as requested.
  package var isFine: Bool {
    switch self {
    case .created, .updated, .deleted, .unchanged: true
    case .appliedDifferently, .failed, .conflict, .unknown, .notAttempted: false
    }
  }

  /// True when an outcome of this state closes the intent, unless it says otherwise.
  package var closesIntent: Bool { self != .unknown && self != .notAttempted }

  /// True when nothing of the change is left to be sent.
  package var isDone: Bool { isApplied || self == .unchanged }

  /// True when the service is known to have taken the change.
  package var isApplied: Bool {
    switch self {
    case .created, .updated, .deleted, .appliedDifferently: true
    case .unchanged, .failed, .conflict, .unknown, .notAttempted: false
    }
  }
}

extension Change {
  /// True if a webhook has everything that the change requests. A header that the service masks counts as held.
  package func isFulfilled(by webhook: Webhook) -> Bool {
    switch action {
    case .update(_, let patch): patch.isFulfilled(by: webhook)
    case .create(let url, let events, let headers):
      WebhookPatch(url: url, events: events, headers: headers).isFulfilled(by: webhook)
    case .delete: true
    }
  }
}

extension WebhookPatch {
  fileprivate func isFulfilled(by webhook: Webhook) -> Bool {
    masked(as: webhook).isHeld(by: webhook)
  }

  /// The same patch with the masks of the headers that a webhook shows masked: they can't be compared, and count as held.
  package func masked(as webhook: Webhook) -> WebhookPatch {
    guard let headers else { return self }
    var patch = self
    patch.headers = Headers(
      headers.all.map { header in
        guard let shown = webhook.headers[header.name], Header.isMasked(value: shown) else { return header }
        return Header(name: header.name, value: shown)
      })
    return patch
  }
}

extension Change.Action {
  fileprivate var applied: Outcome.State {
    switch self {
    case .update: .updated
    case .create: .created
    case .delete: .deleted
    }
  }
}
