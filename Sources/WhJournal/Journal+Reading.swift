import GRDB
import WhDomain

/// What the journal tells of its runs.
extension Journal {
  /// Which intents of a run are asked for.
  package enum IntentFilter: Sendable {
    case all
    /// Those that `wh resume` is to look at.
    case open
  }

  /// The newest runs, newest first.
  ///
  /// - Parameters:
  ///   - profile: only the runs of this profile.
  ///   - host: only the runs on this server.
  /// - Throws: `JournalError`.
  package func runs(
    profile: String? = nil, host: String? = nil, limit: Int = .max
  ) async throws(JournalError) -> [Run] {
    try await read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM runs WHERE profile = coalesce(?, profile) AND host = coalesce(?, host)
          ORDER BY number DESC LIMIT ?
          """, arguments: [profile, host, limit]
      ).map { try Run($0, in: db) }
    }
  }

  /// - Throws: `JournalError`, also when there is no such run.
  package func run(_ number: Int) async throws(JournalError) -> Run {
    try await read { [path] db in try Self.run(number, in: db, at: path) }
  }

  /// The newest run of a profile on a server that has open intents; nil if there is none.
  ///
  /// - Throws: `JournalError`.
  package func unfinishedRun(profile: String, host: String) async throws(JournalError) -> Run? {
    try await read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT * FROM runs WHERE profile = ? AND host = ? AND \(Self.isUnfinished)
          ORDER BY number DESC LIMIT 1
          """, arguments: [profile, host])
      return try row.map { try Run($0, in: db) }
    }
  }

  /// One page of the intents of a run with their outcomes, in their order.
  ///
  /// - Parameters:
  ///   - start: the first index that is wanted.
  ///   - limit: the length of the page; the last page is shorter.
  /// - Throws: `JournalError`.
  package func intents(
    of run: Int, _ filter: IntentFilter = .all, from start: Int = 0, limit: Int = 1000
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

  /// All intents of a run with their outcomes, in their order.
  ///
  /// - Throws: `JournalError`.
  package func allIntents(of run: Int, _ filter: IntentFilter = .all) async throws(JournalError) -> [Intent] {
    try await intents(of: run, filter, limit: .max)
  }

  /// A run whose state is `running` only while a process holds the lock of its profile and server.
  package func observed(_ run: Run) -> Run {
    guard run.state == .running else { return run }
    var run = run
    run.isLeft =
      WriterLock.holder(profile: run.metadata.profile, host: run.metadata.host, journal: path) == nil
    return run
  }

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
