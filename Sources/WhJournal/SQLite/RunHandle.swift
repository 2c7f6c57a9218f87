import GRDB
import Synchronization
import WhDomain

/// A run in the journal's file. Its outcomes are written in the background, many at once.
///
/// What is lost of them when the process is killed costs `wh resume` one reading each, and nothing else.
final class RunHandle: RunWriter {
  /// As many outcomes as are written at once.
  static let batchSize = 500
  /// How long an outcome waits at most until it is handed to the database.
  static let delay: Duration = .milliseconds(100)

  let number: Int
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

  var problem: JournalError? { waiting.withLock(\.problem) }

  func record(_ outcome: Outcome, at index: Int, tries: Int) {
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

  func flush() async throws(JournalError) {
    if let problem = try await journal.perform({ self.writeBatch($0) }) { throw problem }
  }

  func append(_ changes: [Change]) async throws(JournalError) -> Range<Int> {
    try await journal.append(changes, to: number)
  }

  func finish() async throws(JournalError) -> Run {
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

  /// Writes everything that is waiting, in one transaction; in the database's own queue, so that no two of these overlap.
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
