import WhDomain

/// One change that a run was to make, and what came of it.
package struct Intent: Hashable, Sendable {
  package let run: Int
  /// Its place among the changes of the run, from 0.
  package let index: Int
  /// As it was handed over, but for what the journal does not keep of its app: status and times.
  package let change: Change
  package let outcome: RecordedOutcome?

  package init(run: Int, index: Int, change: Change, outcome: RecordedOutcome? = nil) {
    self.run = run
    self.index = index
    self.change = change
    self.outcome = outcome
  }

  /// True while it is not known what the service holds: `wh resume` is to look.
  package var isOpen: Bool { !(outcome?.closesIntent ?? false) }

  /// Its outcome so far. Without an outcome it is unknown, because it may have been sent.
  package var state: Outcome.State { outcome?.state ?? .unknown }

  /// True when the service is known to have taken the change.
  package var isSeen: Bool { state.isApplied }

  /// False if it is known that the webhook did not change.
  package var mayHaveBeenDone: Bool {
    switch state {
    case .created, .updated, .deleted, .appliedDifferently, .unknown: true
    case .unchanged, .failed, .conflict, .notAttempted: false
    }
  }
}
