import WhDomain

/// What came of an intent, as the journal holds it.
package struct RecordedOutcome: Hashable, Sendable {
  package let state: Outcome.State
  /// False while the intent stays open, so that `wh resume` is to look.
  package let closesIntent: Bool
  package let message: String?
  /// What the service answered; for a deletion nil.
  package let answer: Webhook?
  /// How many times the request was sent.
  package let tries: Int
  package let at: Moment

  /// - Parameter closesIntent: nil leaves it to the state.
  package init(
    state: Outcome.State, closesIntent: Bool? = nil, message: String? = nil, answer: Webhook? = nil, tries: Int = 1,
    at: Moment
  ) {
    self.state = state
    self.closesIntent = closesIntent ?? state.closesIntent
    self.message = message
    self.answer = answer
    self.tries = tries
    self.at = at
  }

  init(_ outcome: Outcome, tries: Int, at: Moment) {
    self.init(
      state: outcome.state, closesIntent: outcome.closesIntent, message: outcome.message, answer: outcome.answer,
      tries: tries, at: at)
  }
}
