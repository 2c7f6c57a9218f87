import GRDB
import Synchronization
import WhDomain

/// A run that is being done. Its outcomes are written in the background, many at once.
///
/// What is lost of them when the process is killed costs `wh resume` one reading each, and nothing else.
package final class RunHandle: Sendable {
  /// As many outcomes as are written at once.
  static let batchSize = 500
  /// How long an outcome waits at most until it is handed to the database.
  static let delay: Duration = .milliseconds(100)

  package let number: Int
  private let journal: Journal
  private let waiting = Mutex(Waiting())

  private struct Waiting {
    var outcomes: [OutcomeWriter.Row] = []
    var hasTimer = false
    var isBatchOnItsWay = false
    var problem: JournalError?
  }

  init(_ number: Int, in journal: Journal) {
    self.number = number
    self.journal = journal
  }

  /// Why outcomes could not be written when it was last tried; they are kept, and tried again.
  package var problem: JournalError? { waiting.withLock(\.problem) }

  /// Takes what came of an intent, and returns at once. A later outcome of the same intent replaces an earlier one.
  ///
  /// - Parameters:
  ///   - index: the place of the change among those of the run.
  ///   - tries: how many times the request was sent.
  package func record(_ outcome: Outcome, at index: Int, tries: Int = 1) {
    let row = OutcomeWriter.Row(
      key: IntentKey(number, index), outcome: outcome, tries: tries, at: journal.environment.now())
    let next = waiting.withLock { waiting in
      waiting.outcomes.append(row)
      return Self.next(&waiting)
    }
    switch next {
    case .nothing: break
    case .batch: journal.submit { self.writeBatch($0) }
    case .timer: startTimer()
    }
  }

  /// Waits until all that was recorded so far is on disk.
  ///
  /// - Throws: `JournalError`; what was not written is kept.
  package func flush() async throws(JournalError) {
    if let problem = try await journal.perform({ self.writeBatch($0) }) { throw problem }
  }

  /// Writes further changes of the same run, as those of a script's second commit. They are on disk when this returns.
  ///
  /// - Returns: the places of their intents.
  /// - Throws: `JournalError`, and then none of them may be sent.
  package func append(_ changes: [Change]) async throws(JournalError) -> Range<Int> {
    try await journal.append(changes, to: number)
  }

  /// Writes what is left, and that the run ended. With open intents it is interrupted, else it is finished.
  ///
  /// - Throws: `JournalError`; the run then counts as one whose process died.
  @discardableResult
  package func finish() async throws(JournalError) -> Run {
    try await flush()
    return try await journal.finish(number)
  }

  // MARK: The background

  private enum Next { case nothing, batch, timer }

  private static func next(_ waiting: inout Waiting) -> Next {
    // After a failure only the timer tries again: a full disk is not asked 500 times a second.
    if waiting.outcomes.count >= batchSize, waiting.problem == nil {
      if waiting.isBatchOnItsWay { return .nothing }
      waiting.isBatchOnItsWay = true
      return .batch
    }
    if waiting.hasTimer { return .nothing }
    waiting.hasTimer = true
    return .timer
  }

  private func startTimer() {
    journal.environment.after(Self.delay) {
      self.waiting.withLock { $0.hasTimer = false }
      self.journal.submit { self.writeBatch($0) }
    }
  }

  /// Writes all that waits, in one transaction; in the database's own queue, so that no two of these overlap.
  @discardableResult
  private func writeBatch(_ db: Database) -> JournalError? {
    let batch = waiting.withLock { waiting in
      waiting.isBatchOnItsWay = false
      defer { waiting.outcomes = [] }
      return waiting.outcomes
    }
    guard !batch.isEmpty else { return nil }
    do {
      try db.transaction(.immediate) {
        let writer = try OutcomeWriter(in: db)
        for row in batch { try writer.write(row) }
      }
      waiting.withLock { $0.problem = nil }
      return nil
    } catch {
      let problem = JournalError(error, at: journal.path).inRun(number)
      let needsTimer = waiting.withLock { waiting in
        waiting.outcomes = batch + waiting.outcomes
        waiting.problem = problem
        defer { waiting.hasTimer = true }
        return !waiting.hasTimer
      }
      if needsTimer { startTimer() }
      return problem
    }
  }
}
