/// How one webhook of a run ended: each ends in exactly one state.
package struct Outcome: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    case updated, unchanged, failed, conflict
    case notAttempted = "not attempted"
  }

  package let change: Change
  package let state: State
  /// Why it is not as asked for; the API's own words where it gave some.
  package let message: String?
  /// What the service answered to the write.
  package let answer: Webhook?

  package init(_ change: Change, _ state: State, message: String? = nil, answer: Webhook? = nil) {
    self.change = change
    self.state = state
    self.message = message
    self.answer = answer
  }

  /// True when the service took the write and yet answered with something else than what was asked for. The order of the
  /// events is the service's own.
  package var isAppliedDifferently: Bool {
    guard state == .updated, let answer, case .update(_, let patch) = change.action else { return false }
    return patch.url.map { $0 != answer.url } ?? false
      || patch.events.map { Set($0) != Set(answer.events) } ?? false
      || patch.headers.map { $0 != answer.headers } ?? false
  }

  /// True when the service took what was asked for. What it made of it, as when it writes a url in another form, is told and
  /// is no failure.
  package var isFine: Bool { state == .unchanged || state == .updated }
}
