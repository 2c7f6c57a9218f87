import WhDomain

/// One run, as the journal holds it.
package struct Run: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    /// Not ended; its process may have died, which is found out by its lock.
    case running
    /// Ended, or its process died, with intents that are still open.
    case interrupted
    /// Each intent is settled.
    case finished
    /// A person decided that what is open stays as it is.
    case abandoned
  }

  /// Counted from 1 in each journal; never given twice.
  package let number: Int
  package let metadata: RunMetadata
  /// Nil while it runs, and for a run whose process died.
  package let finishedAt: Moment?
  package let abandonedAt: Moment?
  /// How many webhooks it was to change.
  package let intentCount: Int
  /// How many intents are open: without an outcome, or with one that says too little. `wh resume` settles them.
  package let openCount: Int
  /// How many webhooks ended in each state; an intent without an outcome is unknown, for it may have been sent.
  package let counts: [Outcome.State: Int]
  /// The newest run that undoes this one.
  package let undoneBy: Int?
  /// True once it is known that no process is at it.
  var isLeft = false
  /// True while another process has the lock under which it is executed.
  package internal(set) var isOthers = false

  /// - Parameters:
  ///   - settledCount: how many of the intents have an outcome that closes them.
  ///   - recorded: how many outcomes of each state there are.
  init(
    number: Int, metadata: RunMetadata, finishedAt: Moment?, abandonedAt: Moment?, intentCount: Int,
    settledCount: Int, recorded: [Outcome.State: Int], undoneBy: Int?
  ) {
    self.number = number
    self.metadata = metadata
    self.finishedAt = finishedAt
    self.abandonedAt = abandonedAt
    self.intentCount = intentCount
    openCount = intentCount - settledCount
    var counts = recorded
    // It may have been sent: only an outcome that says so counts as not attempted.
    let silent = intentCount - recorded.values.reduce(0, +)
    if silent > 0 { counts[.unknown, default: 0] += silent }
    self.counts = counts
    self.undoneBy = undoneBy
  }

  package var state: State {
    if abandonedAt != nil { return .abandoned }
    if openCount == 0 { return .finished }
    return finishedAt == nil && !isLeft ? .running : .interrupted
  }

  /// True when `wh resume` has something to do.
  package var isUnfinished: Bool { state == .running || state == .interrupted }

  package func count(_ state: Outcome.State) -> Int { counts[state] ?? 0 }

  /// How many webhooks it is known to have changed.
  package var appliedCount: Int { Outcome.State.allCases.filter(\.isApplied).map(count).reduce(0, +) }
}
