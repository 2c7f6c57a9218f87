import WhDomain

/// How a run ended: each webhook in one state.
package struct RunResult: Sendable {
  /// What was known before anything was sent, then the changes in their order.
  package let outcomes: [Outcome]
  /// Webhooks whose edits came to nothing, and that got no request.
  package let unchanged: Int
  package let stop: StopReason?
  /// The run in the journal; nil where nothing was to be sent, or no journal is in use.
  package let run: Int?
  /// What the journal could not take of it, and what to do.
  package let problem: String?
  /// The profile that it was sent with; nil where nothing was to be sent.
  package var profile: String?

  package init(
    outcomes: [Outcome], unchanged: Int, stop: StopReason? = nil, run: Int? = nil, problem: String? = nil
  ) {
    self.outcomes = outcomes
    self.unchanged = unchanged
    self.stop = stop
    self.run = run
    self.problem = problem
  }

  package func count(_ state: Outcome.State) -> Int {
    (state == .unchanged ? unchanged : 0) + outcomes.count { $0.state == state }
  }

  /// How many webhooks ended in each state that there is any of: `2 created, 24 updated`.
  package func counts(_ isIncluded: (Outcome.State) -> Bool = { _ in true }) -> String {
    Outcome.State.allCases.filter { isIncluded($0) && count($0) > 0 }.map { $0.counted(count($0)) }
      .joined(separator: ", ")
  }

  package var isFine: Bool { stop == nil && outcomes.allSatisfy(\.isFine) }

  /// How many webhooks `wh resume` has to check.
  package var openCount: Int { outcomes.count { !$0.closesIntent } }
}

extension Outcome {
  /// True when no request of this run can have changed the webhook, and none was refused for what it asked.
  var isUntouched: Bool { state == .conflict || state == .notAttempted || state == .failed && !closesIntent }

  /// How a change ended whose write ended so.
  init(_ change: Change, _ result: WriteResult) {
    switch result {
    case .applied(nil) where change.isCreation:
      let message = "created, but the service did not return the webhook"
      self.init(change, .created, message: message, closesIntent: false)
    case .applied(let answer): self.init(applied: change, answer: answer)
    case .refused(let error): self.init(change, .failed, message: "\(error)")
    case .notSent(let error) where error?.category == .forbidden:
      self.init(change, .failed, message: error.map { "\($0)" }, closesIntent: false)
    case .notSent(let error): self.init(change, .notAttempted, message: error.map { "\($0)" })
    case .unknown(let error): self.init(change, .unknown, message: "\(error); the change may have been applied")
    }
  }
}
