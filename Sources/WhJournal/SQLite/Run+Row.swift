import GRDB
import WhDomain

extension Run {
  /// The run of a row of `runs`, with what its outcomes add up to.
  init(_ row: Row, in db: Database) throws {
    let number: Int = try row.decode(forColumn: "number")
    var recorded: [Outcome.State: Int] = [:]
    var settledCount = 0
    let keys = IntentKey.all(ofRun: number)
    let outcomes = try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT settled, state, count(*) FROM outcomes WHERE intent BETWEEN ? AND ? GROUP BY settled, state"),
      arguments: [keys.lowerBound, keys.upperBound])
    for outcome in outcomes {
      let (name, count): (String, Int) = (try outcome.decode(atIndex: 1), try outcome.decode(atIndex: 2))
      guard let state = Outcome.State(rawValue: name) else { throw DamagedText("unknown state \(name)") }
      recorded[state, default: 0] += count
      if try outcome.decode(atIndex: 0) { settledCount += count }
    }
    self.init(
      number: number, metadata: try RunMetadata(row), finishedAt: try row.moment("finishedAt"),
      abandonedAt: try row.moment("abandonedAt"), intentCount: try row.decode(forColumn: "intentCount"),
      settledCount: settledCount, recorded: recorded,
      undoneBy: try Int.fetchOne(
        db.cachedStatement(sql: "SELECT max(number) FROM runs WHERE undoes = ?"), arguments: [number]))
  }
}

extension RunMetadata {
  fileprivate init(_ row: Row) throws {
    let undoes: Int? = try row.optional("undoes")
    self.init(
      kind: undoes.map { .undo(of: $0) } ?? .commit, profile: try row.decode(forColumn: "profile"),
      host: try row.decode(forColumn: "host"), script: try row.optional("script"),
      scriptSHA256: try row.optional("scriptSha256"), note: try row.optional("note"),
      user: try row.decode(forColumn: "user"), version: try row.decode(forColumn: "version"),
      startedAt: Moment(milliseconds: try row.decode(forColumn: "startedAt")))
  }

  /// - Returns: the number of the new run.
  func insert(intentCount: Int, into db: Database) throws -> Int {
    let undoes: Int? = if case .undo(let number) = kind { number } else { nil }
    try db.execute(
      sql: """
        INSERT INTO runs (profile, host, script, scriptSha256, note, user, version, undoes, startedAt, intentCount)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        profile, host, script, scriptSHA256, note, user, version, undoes, startedAt.milliseconds, intentCount,
      ])
    return Int(db.lastInsertedRowID)
  }
}
