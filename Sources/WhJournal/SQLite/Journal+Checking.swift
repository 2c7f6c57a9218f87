import GRDB
import WhDomain

/// Looking for damage.
extension Journal {
  /// Looks whether SQLite finds the file sound, whether the rows of each run add up, and whether each of them can be read.
  package func check() async throws(JournalError) -> [JournalProblem] {
    try await read { [path] db in
      var problems = try Self.reporting(nil, at: path) { try Self.faultsOfFile(db) }
      problems += try Self.reporting(nil, at: path) { try Self.faultsOfRows(db) }
      problems += try Self.reporting(nil, at: path) {
        try Int.fetchAll(db, sql: "SELECT number FROM runs ORDER BY number").flatMap { number in
          try Self.reporting(number, at: path) {
            try Self.faults(of: try Self.run(number, in: db, at: path), db)
          }
        }
      }
      problems += try Self.reporting(nil, at: path) {
        for row in try Row.fetchAll(db, sql: "SELECT * FROM scripts") { _ = try LedgerEntry(row, in: db) }
        return []
      }
      return problems
    }
  }

  private static func faultsOfFile(_ db: Database) throws -> [JournalProblem] {
    try String.fetchAll(db, sql: "PRAGMA integrity_check")
      .filter { $0 != "ok" }.map { JournalProblem($0.split(separator: "\n").joined(separator: ", ")) }
  }

  /// Rows that belong to nothing.
  private static func faultsOfRows(_ db: Database) throws -> [JournalProblem] {
    let orphans = [
      "outcomes without an intent": "outcomes WHERE intent NOT IN (SELECT id FROM intents)",
      "intents without a run": "intents WHERE id >> 32 NOT IN (SELECT number FROM runs)",
      "origins without a run": "origins WHERE run NOT IN (SELECT number FROM runs)",
      "apps without a script": "scriptApps WHERE script NOT IN (SELECT id FROM scripts)",
    ]
    return try orphans.sorted { $0.key < $1.key }.compactMap { what, rows in
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(rows)") ?? 0
      return count > 0 ? JournalProblem("\(count) \(what)") : nil
    }
  }

  private static func faults(of run: Run, _ db: Database) throws -> [JournalProblem] {
    let keys = IntentKey.all(ofRun: run.number)
    let rows = try Row.fetchCursor(
      db, sql: "\(IntentReader.sql) ORDER BY i.id", arguments: [keys.lowerBound, keys.upperBound])
    var reader = IntentReader()
    var places: [Int] = []
    while let row = try rows.next() { places.append(try reader.intent(row).index) }
    let said = try Int.fetchOne(
      db, sql: "SELECT openCount FROM runs WHERE number = ? AND finishedAt IS NOT NULL", arguments: [run.number])
    return run.faults(places: places, openCountAtEnd: said)
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
