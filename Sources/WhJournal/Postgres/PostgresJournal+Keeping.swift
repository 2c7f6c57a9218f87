import WhDomain

/// Looking after the tables.
extension PostgresJournal {
  package func abandon(_ number: Int) async throws(JournalError) {
    let run = try await run(number)
    if run.state == .running, run.isOthers {
      let holder = await lockHolder(profile: run.metadata.profile, host: run.metadata.host)
      throw address.error(.executing(number, by: holder))
    }
    let sql = """
      UPDATE \(schema).runs r SET abandoned_at = $2::bigint WHERE number = $1::bigint AND \(isUnfinished)
      """
    let values = [PostgresValue(number), PostgresValue(environment.now())]
    try await link.perform { connection in _ = try connection.run(sql, values) }
  }

  package func prune(olderThan moment: Moment, profile: String?, host: String?) async throws(JournalError) -> Int {
    let sql = """
      WITH old AS (
        SELECT number FROM \(schema).runs r
        WHERE started_at < $3::bigint AND \(Self.isOfProfileAndHost) AND NOT (\(isUnfinished))
      ), o AS (DELETE FROM \(schema).outcomes WHERE run IN (SELECT number FROM old)),
      i AS (DELETE FROM \(schema).intents WHERE run IN (SELECT number FROM old)),
      s AS (DELETE FROM \(schema).origins WHERE run IN (SELECT number FROM old)),
      r AS (DELETE FROM \(schema).runs WHERE number IN (SELECT number FROM old))
      SELECT count(*) FROM old
      """
    let values = [PostgresValue(profile), PostgresValue(host), PostgresValue(moment)]
    return try await link.perform { connection in try connection.run(sql, values).first?.int(0) ?? 0 }
  }

  /// Looks whether the rows of each run add up, and whether each of them can be read.
  package func check() async throws(JournalError) -> [JournalProblem] {
    var problems = try await link.perform { [schema] connection in try Self.orphans(connection, schema) }
    let numbers = try await link.perform { [schema] connection in
      try connection.run("SELECT number, finished_at, open_count FROM \(schema).runs ORDER BY number").map { row in
        (number: try row.int(0), said: try row.optionalInt(1) == nil ? nil : try row.optionalInt(2))
      }
    }
    for (number, said) in numbers {
      do throws(JournalError) {
        let places = try await intents(of: number, .all, from: 0, limit: .max).map(\.index)
        problems += try await run(number).faults(places: places, openCountAtEnd: said)
      } catch {
        guard case .corrupt = error.kind else { throw error }
        problems.append(JournalProblem(run: number, error.detail))
      }
    }
    return problems + (try await unreadableScripts())
  }

  private func unreadableScripts() async throws(JournalError) -> [JournalProblem] {
    let known = LedgerEntry.Outcome.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    let sql = """
      SELECT outcome FROM \(schema).scripts WHERE outcome NOT IN (\(known))
      UNION SELECT outcome FROM \(schema).script_apps WHERE outcome NOT IN (\(known)) ORDER BY 1
      """
    return try await link.perform { connection in
      try connection.run(sql).map { JournalProblem("unknown outcome \(try $0.text(0))") }
    }
  }

  /// Rows that belong to nothing.
  private static func orphans(_ connection: PostgresConnection, _ schema: String) throws -> [JournalProblem] {
    let ofRun = "NOT EXISTS (SELECT FROM \(schema).runs r WHERE r.number = x.run)"
    let orphans = [
      ("intents without a run", "intents x WHERE \(ofRun)"),
      ("origins without a run", "origins x WHERE \(ofRun)"),
      (
        "outcomes without an intent",
        "outcomes x WHERE NOT EXISTS (SELECT FROM \(schema).intents i WHERE i.run = x.run AND i.place = x.place)"
      ),
    ]
    return try orphans.compactMap { what, rows in
      let count = try connection.run("SELECT count(*) FROM \(schema).\(rows)").first?.int(0) ?? 0
      return count > 0 ? JournalProblem("\(count) \(what)") : nil
    }
  }
}
