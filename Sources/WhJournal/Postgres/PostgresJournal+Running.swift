import Foundation
import WhDomain

/// What a run writes.
extension PostgresJournal {
  package func begin(_ metadata: RunMetadata, _ changes: [Change]) async throws(JournalError) -> any RunWriter {
    let undoes: Int? = if case .undo(let number) = metadata.kind { number } else { nil }
    // The token tells a run that was written just before the connection was lost.
    let token = UUID().uuidString
    let intents = PostgresIntents(changes)
    let lock = link.heldLock(of: LockScope(profile: metadata.profile, host: metadata.host))?.id
    let values = [
      PostgresValue(token), PostgresValue(metadata.profile), PostgresValue(metadata.host),
      PostgresValue(metadata.script), PostgresValue(metadata.scriptSHA256), PostgresValue(metadata.note),
      PostgresValue(metadata.user), PostgresValue(metadata.version), PostgresValue(undoes),
      PostgresValue(metadata.startedAt), PostgresValue(changes.count), PostgresValue(lock),
    ]
    let first = """
      WITH n AS (UPDATE \(schema).counters SET last = last + 1 WHERE name = 'runs' RETURNING last), r AS (
        INSERT INTO \(schema).runs (
          token, profile, host, script, script_sha256, note, user_name, version, undoes, started_at, intent_count, lock,
          number
        )
        SELECT \(Self.parameters(12...19)), $20::bigint, $21::bigint, $22::bigint, $23::bigint, last FROM n
        ON CONFLICT (token) DO NOTHING RETURNING number, 0 AS start
      ), \(PostgresIntents.insertions(into: schema)) SELECT number FROM r
      """
    do throws(JournalError) {
      return PostgresRunWriter(try await number(of: token, intents, first, values), under: lock, in: self)
    } catch {
      switch error.kind {
      case .lost, .unreachable, .taken: giveUp(token, under: lock)
      default: break
      }
      throw error
    }
  }

  /// Writes a run, and gives its number.
  private func number(
    of token: String, _ intents: PostgresIntents, _ first: String, _ values: [PostgresValue]
  ) async throws(JournalError) -> Int {
    try await write(intents) { [schema] connection in
      if let row = try connection.run(first, intents.parts[0] + values).first { return (try row.int(0), isNew: true) }
      let known = try connection.run("SELECT number FROM \(schema).runs WHERE token = $1", [PostgresValue(token)])
      guard let row = known.first else { throw DamagedText("a run that was just written is missing") }
      return (try row.int(0), isNew: false)
    }
  }

  /// Closes a run that may have been written, and of which nothing is sent, as soon as there is a connection again; unless
  /// another process has taken it up by then.
  private func giveUp(_ token: String, under lock: Int?) {
    link.settleLater { [schema, environment] connection in
      try connection.run(
        """
        UPDATE \(schema).runs SET abandoned_at = $2::bigint
        WHERE token = $1 AND lock IS NOT DISTINCT FROM $3::bigint AND abandoned_at IS NULL
        """, [PostgresValue(token), PostgresValue(environment.now()), PostgresValue(lock)])
    }
  }

  /// Writes further changes of a run, as those of a script's second commit.
  ///
  /// - Returns: the places of their intents, and the lock that the run belongs to now.
  func append(_ changes: [Change], to number: Int) async throws(JournalError) -> (places: Range<Int>, lock: Int?) {
    let token = UUID().uuidString
    let intents = PostgresIntents(changes)
    let lock = try await link.perform { [schema, link, address] connection -> Int? in
      let row = try connection.run(
        "SELECT profile, host FROM \(schema).runs WHERE number = $1::bigint", [PostgresValue(number)]
      ).first
      guard let row else { throw address.error(.noSuchRun(number)) }
      return link.heldLock(of: LockScope(profile: try row.text(0), host: try row.text(1)))?.id
    }
    let first = """
      WITH r AS (
        UPDATE \(schema).runs SET intent_count = intent_count + $12::bigint, token = $13, lock = $14::bigint,
          finished_at = NULL, abandoned_at = NULL, open_count = NULL
        WHERE number = $15::bigint AND token <> $13 RETURNING number, intent_count - $12::bigint AS start
      ), \(PostgresIntents.insertions(into: schema)) SELECT start FROM r
      """
    let values = [
      PostgresValue(changes.count), PostgresValue(token), PostgresValue(lock), PostgresValue(number),
    ]
    let start = try await write(intents, number) { [schema, address] connection in
      if let row = try connection.run(first, intents.parts[0] + values).first { return (try row.int(0), isNew: true) }
      let known = try connection.run(
        "SELECT intent_count - $2::bigint FROM \(schema).runs WHERE number = $1::bigint",
        [PostgresValue(number), PostgresValue(changes.count)])
      guard let row = known.first else { throw address.error(.noSuchRun(number)) }
      return (try row.int(0), isNew: false)
    }
    return (start..<start + changes.count, lock)
  }

  /// Writes intents: with one statement, or in one transaction.
  ///
  /// - Parameters:
  ///   - number: the run; nil for the one whose number `first` gives, whose places begin at 0.
  ///   - first: writes the run with the first part, and gives its number, or the first place; not new where an earlier try
  ///     has written it.
  private func write(
    _ intents: PostgresIntents, _ number: Int? = nil,
    _ first: @escaping @Sendable (PostgresConnection) throws -> (Int, isNew: Bool)
  ) async throws(JournalError) -> Int {
    let further = """
      WITH r AS (SELECT $12::bigint AS number, $13::bigint AS start),
      \(PostgresIntents.insertions(into: schema)) SELECT
      """
    return try await link.perform { connection in
      guard intents.parts.count > 1 else { return try first(connection).0 }
      return try connection.transaction {
        let (value, isNew) = try first(connection)
        let place = [PostgresValue(number ?? value), PostgresValue(number == nil ? 0 : value)]
        for part in intents.parts.dropFirst() where isNew { try connection.run(further, part + place) }
        return value
      }
    }
  }

  package func reopen(_ number: Int) async throws(JournalError) -> any RunWriter {
    let run = try await run(number)
    let lock = link.heldLock(of: run.lockScope)?.id
    try await link.perform { [schema, address] connection in
      let rows = try connection.run(
        """
        UPDATE \(schema).runs SET finished_at = NULL, abandoned_at = NULL, open_count = NULL, lock = $2::bigint
        WHERE number = $1::bigint RETURNING number
        """, [PostgresValue(number), PostgresValue(lock)])
      if rows.isEmpty { throw address.error(.noSuchRun(number)) }
    }
    return PostgresRunWriter(number, under: lock, in: self)
  }

  func finish(_ number: Int) async throws(JournalError) -> Run {
    let values = [PostgresValue(number), PostgresValue(environment.now())]
    let update = """
      UPDATE \(schema).runs SET finished_at = $2::bigint, open_count = intent_count - (
        SELECT count(*) FROM \(schema).outcomes WHERE run = $1::bigint AND settled
      ) WHERE number = $1::bigint RETURNING *
      """
    let rows = try await runs(from: "ended", with: "ended AS (\(update)),", "", values)
    guard let run = rows.first else { throw address.error(.noSuchRun(number)) }
    return run
  }

  /// `$8, $9, $10`.
  private static func parameters(_ numbers: ClosedRange<Int>) -> String {
    numbers.map { "$\($0)" }.joined(separator: ", ")
  }
}
