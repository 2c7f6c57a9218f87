import WhDomain

/// A run in the database. Its outcomes are written in the background, many with one statement, while requests go on.
final class PostgresRunWriter: RunWriter {
  let number: Int
  private let journal: PostgresJournal
  private let batches: OutcomeBatches

  init(_ number: Int, in journal: PostgresJournal) {
    self.number = number
    self.journal = journal
    let (link, schema) = (journal.link, journal.schema)
    batches = OutcomeBatches(journal.environment) { batches in
      link.submit { Self.write(batches, of: number, link, schema) }
    }
  }

  var problem: JournalError? { batches.problem }

  func record(_ outcome: Outcome, at index: Int, tries: Int) { batches.add(outcome, at: index, tries: tries) }

  func ready() async throws(JournalError) {
    if let problem { throw problem }
    try await journal.link.awaitAnswer()
  }

  func flush() async throws(JournalError) {
    let problem = await withCheckedContinuation { continuation in
      journal.link.submit { [number, batches, link = journal.link, schema = journal.schema] in
        continuation.resume(returning: Self.write(batches, of: number, link, schema))
      }
    }
    if let problem { throw problem }
    try journal.link.checkOpen()
  }

  func append(_ changes: [Change]) async throws(JournalError) -> Range<Int> {
    try await journal.append(changes, to: number)
  }

  func finish() async throws(JournalError) -> Run {
    try await flush()
    return try await journal.finish(number)
  }

  /// Writes what is waiting, in the link's queue.
  @discardableResult
  private static func write(
    _ batches: OutcomeBatches, of number: Int, _ link: PostgresLink, _ schema: String
  ) -> JournalError? {
    batches.write { (batch) throws(JournalError) in
      // Of two outcomes of one intent the later one stays; one statement can't write both.
      let rows = Dictionary(batch.map { ($0.index, $0) }, uniquingKeysWith: { $1 }).values.sorted {
        $0.index < $1.index
      }
      let records = rows.map(\.record)
      let values = [
        PostgresValue(number), PostgresValue(rows.map(\.index)), PostgresValue(records.map(\.state)),
        PostgresValue(records.map(\.settled)), PostgresValue(records.map(\.message)),
        PostgresValue(records.map(\.tries)), PostgresValue(records.map(\.at.milliseconds)),
        PostgresValue(records.map(\.answer)),
      ]
      try link.now { connection in _ = try connection.run(Self.sql(schema), values) }
    }
  }

  private static func sql(_ schema: String) -> String {
    """
    INSERT INTO \(schema).outcomes (run, place, state, settled, message, tries, at, answer)
    SELECT $1::bigint, u.* FROM unnest(
      $2::bigint[], $3::text[], $4::boolean[], $5::text[], $6::bigint[], $7::bigint[], $8::text[]
    ) AS u
    ON CONFLICT (run, place) DO UPDATE SET state = excluded.state, settled = excluded.settled,
      message = excluded.message, tries = excluded.tries, at = excluded.at, answer = excluded.answer
    """
  }
}
