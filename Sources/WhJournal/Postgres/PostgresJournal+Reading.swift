import WhDomain

/// What the journal knows about its runs.
extension PostgresJournal {
  package func runs(profile: String?, host: String?, limit: Int) async throws(JournalError) -> [Run] {
    try await runs(
      "WHERE \(Self.isOfProfileAndHost) ORDER BY number DESC LIMIT $3::bigint",
      [PostgresValue(profile), PostgresValue(host), PostgresValue(limit)])
  }

  package func run(_ number: Int) async throws(JournalError) -> Run {
    let found = try await runs("WHERE number = $1::bigint", [PostgresValue(number)])
    guard let run = found.first else { throw address.error(.noSuchRun(number)) }
    return run
  }

  package func unfinishedRuns(profile: String, host: String) async throws(JournalError) -> [Run] {
    try await runs(
      "WHERE profile = $1 AND host = $2 AND \(isUnfinished) ORDER BY number",
      [PostgresValue(profile), PostgresValue(host)])
  }

  private func runs(_ condition: String, _ values: [PostgresValue]) async throws(JournalError) -> [Run] {
    try await runs(from: "\(schema).runs", condition, values)
  }

  /// - Parameters:
  ///   - source: what has the columns of `runs`.
  ///   - part: what is to stand before the query, in its `WITH`.
  func runs(
    from source: String, with part: String = "", _ condition: String, _ values: [PostgresValue]
  ) async throws(JournalError) -> [Run] {
    let sql = """
      WITH \(part) live AS MATERIALIZED (SELECT * FROM \(schema).live_locks)
      SELECT number, profile, host, script, script_sha256, note, user_name, version, undoes, started_at, finished_at,
        abandoned_at, intent_count,
        (SELECT string_agg(format('%s %s %s', settled::int, count, state), E'\\n') FROM (
          SELECT settled, state, count(*) FROM \(schema).outcomes o WHERE o.run = r.number GROUP BY settled, state
        ) AS counts),
        (SELECT max(u.number) FROM \(schema).runs u WHERE u.undoes = r.number),
        (SELECT string_agg(l.id::text, ' ') FROM live l WHERE l.profile = r.profile AND l.host = r.host
          AND (l.shard IS NULL OR r.lock IS NULL OR l.id = r.lock))
      FROM \(source) r \(condition)
      """
    return try await link.perform { [link] connection in
      let own = link.heldLockIDs
      return try connection.run(sql, values).map { try Run($0, ownLocks: own) }
    }
  }

  package func intents(
    of run: Int, _ filter: IntentFilter, from start: Int, limit: Int
  ) async throws(JournalError) -> [Intent] {
    do throws(JournalError) {
      return try await link.perform { [schema] connection in
        try Self.intents(of: run, filter, from: start, limit: limit, connection, schema)
      }
    } catch {
      throw error.inRun(run)
    }
  }

  static func intents(
    of run: Int, _ filter: IntentFilter, from start: Int, limit: Int, _ connection: PostgresConnection, _ schema: String
  ) throws -> [Intent] {
    let condition = filter == .open ? "AND NOT coalesce(o.settled, false)" : ""
    let rows = try connection.run(
      """
      SELECT i.place, i.app_id, i.app_slug, i.app_name, i.webhook_id, i.action, i.before, i.asked, i.origins,
        s.statements, o.state, o.settled, o.message, o.answer, o.tries, o.at
      FROM \(schema).intents i LEFT JOIN \(schema).outcomes o ON o.run = i.run AND o.place = i.place
        LEFT JOIN \(schema).origins s ON s.run = i.run AND s.id = i.origins
      WHERE i.run = $1::bigint AND i.place >= $2::bigint \(condition) ORDER BY i.place LIMIT $3::bigint
      """, [PostgresValue(run), PostgresValue(start), PostgresValue(limit)])
    // Intents of the same statements stand together: those are read once.
    var last: (text: String, origins: [Origin])?
    return try rows.map { row in
      let text = row.optional(9)
      if let text, last?.text != text { last = (text, try JSONReading.origins(text)) }
      return try row.intent(of: run, text == nil ? [] : last?.origins ?? [])
    }
  }

  /// The condition of SQL for the runs of a profile (`$1`) and on a server (`$2`), each of which may be NULL for any.
  static let isOfProfileAndHost = "profile = coalesce($1, profile) AND host = coalesce($2, host)"

  /// The condition of SQL for a row `r` of `runs` that has something to resume. A run that ended has been counted.
  var isUnfinished: String {
    """
    abandoned_at IS NULL AND coalesce(open_count, intent_count - (
      SELECT count(*) FROM \(schema).outcomes o WHERE o.run = r.number AND o.settled
    )) > 0
    """
  }
}

extension PostgresRow {
  fileprivate func intent(of run: Int, _ origins: [Origin]) throws(DamagedText) -> Intent {
    let record = IntentRecord(
      appID: try text(1), appSlug: optional(2), appName: optional(3), webhookID: optional(4), action: try text(5),
      before: optional(6), asked: optional(7))
    let outcome: OutcomeRecord? =
      optional(10) == nil
      ? nil
      : OutcomeRecord(
        state: try text(10), settled: bool(11), message: optional(12), answer: optional(13), tries: try int(14),
        at: try moment(15))
    return try record.intent(of: run, at: try int(0), origins, outcome)
  }
}

extension Run {
  /// - Parameter ownLocks: the locks that this process holds.
  fileprivate init(_ row: PostgresRow, ownLocks: Set<Int>) throws(DamagedText) {
    let undoes = try row.optionalInt(8)
    let metadata = RunMetadata(
      kind: undoes.map { .undo(of: $0) } ?? .commit, profile: try row.text(1), host: try row.text(2),
      script: row.optional(3), scriptSHA256: row.optional(4), note: row.optional(5), user: try row.text(6),
      version: try row.text(7), startedAt: try row.moment(9))
    var recorded: [Outcome.State: Int] = [:]
    var settledCount = 0
    for line in (row.optional(13) ?? "").split(separator: "\n") {
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count == 3, let count = Int(parts[1]), let state = Outcome.State(rawValue: String(parts[2])) else {
        throw DamagedText("unknown state \(parts.last ?? "")")
      }
      recorded[state, default: 0] += count
      if parts[0] == "1" { settledCount += count }
    }
    self.init(
      number: try row.int(0), metadata: metadata, finishedAt: try row.optionalMoment(10),
      abandonedAt: try row.optionalMoment(11), intentCount: try row.int(12), settledCount: settledCount,
      recorded: recorded, undoneBy: try row.optionalInt(14))
    let locks = (row.optional(15) ?? "").split(separator: " ").compactMap { Int($0) }
    isLeft = locks.isEmpty
    isOthers = locks.contains { !ownLocks.contains($0) }
  }
}
