import GRDB
import WhDomain

/// What the journal knows about its runs.
extension Journal {
  package func runs(profile: String?, host: String?, limit: Int) async throws(JournalError) -> [Run] {
    let sql = "SELECT * FROM runs WHERE \(Self.isOfProfileAndHost) ORDER BY number DESC LIMIT ?"
    return try await runs(sql, [profile, host, limit])
  }

  package func run(_ number: Int) async throws(JournalError) -> Run {
    observed(try await read { [path] db in try Self.run(number, in: db, at: path) })
  }

  package func unfinishedRuns(profile: String, host: String) async throws(JournalError) -> [Run] {
    try await runs(
      "SELECT * FROM runs WHERE profile = ? AND host = ? AND \(Self.isUnfinished) ORDER BY number", [profile, host])
  }

  private func runs(_ sql: String, _ arguments: StatementArguments) async throws(JournalError) -> [Run] {
    try await read { db in
      try Row.fetchAll(db, sql: sql, arguments: arguments).map { try Run($0, in: db) }
    }.map(observed)
  }

  package func intents(
    of run: Int, _ filter: IntentFilter, from start: Int, limit: Int
  ) async throws(JournalError) -> [Intent] {
    do throws(JournalError) {
      return try await read { db in
        let condition = filter == .open ? "AND coalesce(o.settled, 0) = 0" : ""
        let rows = try Row.fetchCursor(
          db, sql: "\(IntentReader.sql) \(condition) ORDER BY i.id LIMIT ?",
          arguments: [IntentKey(run, start).rawValue, IntentKey.all(ofRun: run).upperBound, limit])
        var (reader, intents): (IntentReader, [Intent]) = (IntentReader(), [])
        while let row = try rows.next() { intents.append(try reader.intent(row)) }
        return intents
      }
    } catch {
      throw error.inRun(run)
    }
  }

  /// A run whose state is `running` only while a process holds the lock of its profile and server.
  private func observed(_ run: Run) -> Run {
    guard run.state == .running else { return run }
    var run = run
    let isHeld = holder(of: run.lockScope) != nil
    run.isLeft = !isHeld
    run.isOthers = isHeld && !isOwn(run)
    return run
  }

  /// The condition of SQL for the runs of a profile and on a server, each of which may be NULL for any.
  static let isOfProfileAndHost = "profile = coalesce(?, profile) AND host = coalesce(?, host)"

  static func run(_ number: Int, in db: Database, at path: String) throws -> Run {
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM runs WHERE number = ?", arguments: [number]) else {
      throw JournalError(.noSuchRun(number), at: path)
    }
    return try Run(row, in: db)
  }

  /// How many intents of a row of `runs` are open, in SQL.
  static let openCount = """
    (intentCount - (SELECT count(*) FROM outcomes
      WHERE intent BETWEEN number << 32 AND (number << 32) + 0xFFFFFFFF AND settled = 1))
    """
  /// The condition of SQL for a row of `runs` that has something to resume. A run that ended has been counted.
  static let isUnfinished = "abandonedAt IS NULL AND coalesce(openCount, \(openCount)) > 0"
}
