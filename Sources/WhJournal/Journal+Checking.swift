import GRDB
import WhDomain

/// Looking for damage.
extension Journal {
  /// Looks through the whole file: whether SQLite finds it sound, whether the rows of each run add up, and whether each
  /// of them can be read.
  ///
  /// - Returns: what is wrong; empty for a sound journal.
  /// - Throws: `JournalError` where the file can't even be looked through.
  package func check() async throws(JournalError) -> [JournalProblem] {
    try await read { [path] db in
      var problems = try Self.faultsOfFile(db)
      for number in try Int.fetchAll(db, sql: "SELECT number FROM runs ORDER BY number") {
        problems += try Self.reporting(number, at: path) { try Self.faults(ofRun: number, db) }
      }
      problems += try Self.reporting(nil, at: path) {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM scripts") { _ = try LedgerEntry(row, in: db) }
        return []
      }
      return problems
    }
  }

  private static func faultsOfFile(_ db: Database) throws -> [JournalProblem] {
    var problems = try String.fetchAll(db, sql: "PRAGMA integrity_check")
      .filter { $0 != "ok" }.map { JournalProblem($0.split(separator: "\n").joined(separator: ", ")) }
    for row in try Row.fetchAll(db, sql: "SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1") {
      let (table, count): (String, Int) = (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
      problems.append(JournalProblem("\(count) rows of the table \(table) belong to nothing"))
    }
    return problems
  }

  private static func faults(ofRun number: Int, _ db: Database) throws -> [JournalProblem] {
    var problems: [JournalProblem] = []
    if let row = try Row.fetchOne(db, sql: "SELECT * FROM runs WHERE number = ?", arguments: [number]) {
      _ = try Run(row, in: db)
    }
    let sql = """
      SELECT intentCount, (SELECT count(*) FROM intents WHERE run = number),
        (SELECT coalesce(max(position) + 1, 0) FROM intents WHERE run = number)
      FROM runs WHERE number = ?
      """
    if let row = try Row.fetchOne(db, sql: sql, arguments: [number]) {
      let (said, count, end): (Int, Int, Int) = (
        try row.decode(atIndex: 0), try row.decode(atIndex: 1), try row.decode(atIndex: 2)
      )
      if said != count { problems.append(JournalProblem(run: number, "\(count) intents are there of \(said)")) }
      if end != count { problems.append(JournalProblem(run: number, "the places of its intents have gaps")) }
    }
    let intents = try Row.fetchCursor(
      db, sql: "SELECT \(Intent.columns) FROM \(Intent.tables) WHERE i.run = ?", arguments: [number])
    while let row = try intents.next() { _ = try Intent(row: row) }
    return problems
  }

  /// What a check finds, with what it could not read as one problem more.
  private static func reporting(
    _ run: Int?, at path: String, _ check: () throws -> [JournalProblem]
  ) throws -> [JournalProblem] {
    do {
      return try check()
    } catch {
      let error = JournalError(error, at: path)
      guard case .corrupt = error.kind else { throw error }
      return [JournalProblem(run: run, error.detail)]
    }
  }
}
