import GRDB
import WhDomain

/// A run in the journal's file.
final class RunHandle: RunWriter {
  let number: Int
  private let journal: Journal
  private let batches: OutcomeBatches

  init(_ number: Int, in journal: Journal) {
    self.number = number
    self.journal = journal
    batches = OutcomeBatches(journal.environment) { batches in
      journal.submit { Self.write(batches, of: number, in: journal, $0) }
    }
  }

  var problem: JournalError? { batches.problem }

  func record(_ outcome: Outcome, at index: Int, tries: Int) { batches.add(outcome, at: index, tries: tries) }

  func flush() async throws(JournalError) {
    let problem = try await journal.perform { [number, journal, batches] db in
      Self.write(batches, of: number, in: journal, db)
    }
    if let problem { throw problem }
  }

  func append(_ changes: [Change]) async throws(JournalError) -> Range<Int> {
    try await journal.append(changes, to: number)
  }

  func finish() async throws(JournalError) -> Run {
    try await flush()
    return try await journal.finish(number)
  }

  /// Writes what is waiting in one transaction; in the database's own queue.
  @discardableResult
  private static func write(
    _ batches: OutcomeBatches, of number: Int, in journal: Journal, _ db: Database
  ) -> JournalError? {
    batches.write { (batch) throws(JournalError) in
      do {
        try db.transaction(.immediate) {
          var writer = try OutcomeWriter(in: db)
          for row in batch { try writer.write(row.record, at: IntentKey(number, row.index)) }
        }
      } catch {
        throw JournalError(error, at: journal.path).inRun(number)
      }
    }
  }
}
