import WhDomain

/// What came of an intent, as the journal holds it.
package struct RecordedOutcome: Hashable, Sendable {
  package let state: Outcome.State
  /// False when the webhook may hold what was asked for or not, so that `wh resume` is to look.
  package let isSettled: Bool
  package let message: String?
  /// What the service answered; for a deletion nil.
  package let answer: Webhook?
  /// How many times the request was sent.
  package let tries: Int
  package let at: Moment

  /// - Parameter isSettled: false where it is not known what the service holds, such as after a request whose answer
  ///   was lost. What was not attempted is never settled.
  package init(
    state: Outcome.State, isSettled: Bool = true, message: String? = nil, answer: Webhook? = nil, tries: Int = 1,
    at: Moment
  ) {
    self.state = state
    self.isSettled = isSettled && state != .notAttempted
    self.message = message
    self.answer = answer
    self.tries = tries
    self.at = at
  }
}
