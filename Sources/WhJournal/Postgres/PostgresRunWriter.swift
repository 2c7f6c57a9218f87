import Synchronization
import WhDomain

/// A run in the database. Its outcomes are written in the background, many with one statement, while requests go on.
final class PostgresRunWriter: RunWriter {
  let number: Int
  private let journal: PostgresJournal
  private let hold: Hold
  private let batches: OutcomeBatches

  /// The lock that the run belongs to, as far as this process knows.
  private final class Hold: Sendable {
    struct State {
      var lock: Int?
      /// Set once another process has taken up the run, and knows better what became of it.
      var isSuperseded = false
    }

    let state: Mutex<State>

    init(_ lock: Int?) { state = Mutex(State(lock: lock)) }
  }

  /// - Parameter lock: the row under which the run was begun or taken up; nil where it was without a lock.
  init(_ number: Int, under lock: Int?, in journal: PostgresJournal) {
    self.number = number
    self.journal = journal
    let hold = Hold(lock)
    self.hold = hold
    let (link, schema) = (journal.link, journal.schema)
    batches = OutcomeBatches(journal.environment) { batches in
      link.submit { Self.write(batches, of: number, hold, link, schema) }
    }
  }

  var problem: JournalError? {
    batches.problem
      ?? (hold.state.withLock(\.isSuperseded) ? journal.address.error(.taken(by: nil)) : nil)
  }

  func record(_ outcome: Outcome, at index: Int, tries: Int) { batches.add(outcome, at: index, tries: tries) }

  var isReady: Bool { problem == nil && journal.link.isFresh }

  var outage: Duration? { journal.link.outage }

  func ready() async throws(JournalError) {
    if let problem { throw problem }
    try await journal.link.awaitAnswer()
  }

  func flush() async throws(JournalError) {
    let problem = await withCheckedContinuation { continuation in
      journal.link.submit { [number, batches, hold, link = journal.link, schema = journal.schema] in
        continuation.resume(returning: Self.write(batches, of: number, hold, link, schema))
      }
    }
    if let problem = problem ?? self.problem { throw problem }
    try journal.link.checkOpen()
  }

  func append(_ changes: [Change]) async throws(JournalError) -> Range<Int> {
    let (places, lock) = try await journal.append(changes, to: number)
    hold.state.withLock { $0.lock = lock }
    return places
  }

  func finish() async throws(JournalError) -> Run {
    try await flush()
    return try await journal.finish(number)
  }

  /// Writes what is waiting, in the link's queue.
  @discardableResult
  private static func write(
    _ batches: OutcomeBatches, of number: Int, _ hold: Hold, _ link: PostgresLink, _ schema: String
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
        PostgresValue(records.map(\.answer)), PostgresValue(hold.state.withLock(\.lock)),
      ]
      let isOwn = try link.now { connection in try connection.run(Self.sql(schema), values).first?.bool(0) }
      if isOwn != true { hold.state.withLock { $0.isSuperseded = true } }
    }
  }

  private static func sql(_ schema: String) -> String {
    // The row of the run stays locked until the outcomes are written, so that it is not taken up in between.
    """
    WITH own AS (
      SELECT number FROM \(schema).runs WHERE number = $1::bigint AND lock IS NOT DISTINCT FROM $9::bigint FOR SHARE
    ), written AS (
      INSERT INTO \(schema).outcomes (run, place, state, settled, message, tries, at, answer)
      SELECT own.number, u.* FROM own, unnest(
        $2::bigint[], $3::text[], $4::boolean[], $5::text[], $6::bigint[], $7::bigint[], $8::text[]
      ) AS u
      ON CONFLICT (run, place) DO UPDATE SET state = excluded.state, settled = excluded.settled,
        message = excluded.message, tries = excluded.tries, at = excluded.at, answer = excluded.answer
    )
    SELECT EXISTS (SELECT FROM own)
    """
  }
}
