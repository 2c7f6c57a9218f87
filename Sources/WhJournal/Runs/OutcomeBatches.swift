import Synchronization
import WhDomain

/// The outcomes of a run on their way to where they are durable: they are written in the background, many at once.
///
/// What is lost of them when the process is killed costs `wh resume` one reading each, and nothing else.
final class OutcomeBatches: Sendable {
  struct Row: Sendable {
    /// The place of the intent in its run.
    let index: Int
    let outcome: Outcome
    let tries: Int
    let at: Moment

    var record: OutcomeRecord { OutcomeRecord(outcome, tries: tries, at: at) }
  }

  /// As many outcomes as are written at once.
  static let size = 500
  /// How long an outcome waits at most until it is handed over.
  static let delay: Duration = .milliseconds(100)

  private let environment: JournalEnvironment
  private let submit: @Sendable (OutcomeBatches) -> Void
  private let waiting = Mutex(Waiting())

  private struct Waiting {
    var outcomes: [Row] = []
    var hasTimer = false
    var isBatchOnItsWay = false
    var problem: JournalError?
  }

  /// - Parameter submit: sees to it that `write` is called soon, in a queue where no two of these calls overlap.
  init(_ environment: JournalEnvironment, submit: @escaping @Sendable (OutcomeBatches) -> Void) {
    self.environment = environment
    self.submit = submit
  }

  /// Why outcomes could not be written when it was last tried; nil when all is well.
  var problem: JournalError? { waiting.withLock(\.problem) }

  func add(_ outcome: Outcome, at index: Int, tries: Int) {
    let row = Row(index: index, outcome: outcome, tries: tries, at: environment.now())
    let next = waiting.withLock { waiting in
      waiting.outcomes.append(row)
      return Self.next(&waiting)
    }
    switch next {
    case .nothing: break
    case .batch: submit(self)
    case .timer: startTimer()
    }
  }

  /// Writes everything that is waiting, at once. What can't be written is kept, and tried again later.
  @discardableResult
  func write(_ store: (_ batch: [Row]) throws(JournalError) -> Void) -> JournalError? {
    let batch = waiting.withLock { waiting in
      waiting.isBatchOnItsWay = false
      defer { waiting.outcomes = [] }
      return waiting.outcomes
    }
    guard !batch.isEmpty else { return nil }
    do {
      try store(batch)
      waiting.withLock { $0.problem = nil }
      return nil
    } catch {
      let needsTimer = waiting.withLock { waiting in
        waiting.outcomes = batch + waiting.outcomes
        waiting.problem = error
        defer { waiting.hasTimer = true }
        return !waiting.hasTimer
      }
      if needsTimer { startTimer() }
      return error
    }
  }

  private enum Next { case nothing, batch, timer }

  private static func next(_ waiting: inout Waiting) -> Next {
    // After a failure only the timer tries again: a full disk is not asked 500 times a second.
    if waiting.outcomes.count >= size, waiting.problem == nil {
      if waiting.isBatchOnItsWay { return .nothing }
      waiting.isBatchOnItsWay = true
      return .batch
    }
    if waiting.hasTimer { return .nothing }
    waiting.hasTimer = true
    return .timer
  }

  private func startTimer() {
    environment.after(Self.delay) {
      self.waiting.withLock { $0.hasTimer = false }
      self.submit(self)
    }
  }
}
