import GRDB
import WhDomain

/// What a run writes.
extension Journal {
  package func begin(_ metadata: RunMetadata, _ changes: [Change]) async throws(JournalError) -> any RunWriter {
    let number = try await writeAhead { db in
      let number = try metadata.insert(intentCount: changes.count, into: db)
      try Self.insert(changes, into: db, run: number, from: 0)
      return number
    }
    return RunHandle(number, in: self)
  }

  package func reopen(_ number: Int) async throws(JournalError) -> any RunWriter {
    try await write { [path] db in
      try db.execute(
        sql: "UPDATE runs SET finishedAt = NULL, abandonedAt = NULL, openCount = NULL WHERE number = ?",
        arguments: [number])
      guard db.changesCount == 1 else { throw JournalError(.noSuchRun(number), at: path) }
    }
    return RunHandle(number, in: self)
  }

  /// Writes further changes of a run, as those of a script's second commit.
  ///
  /// - Returns: the places of their intents.
  func append(_ changes: [Change], to number: Int) async throws(JournalError) -> Range<Int> {
    try await writeAhead { [path] db in
      let sql = """
        UPDATE runs SET intentCount = intentCount + ?, finishedAt = NULL, abandonedAt = NULL, openCount = NULL
        WHERE number = ? RETURNING intentCount
        """
      guard let end = try Int.fetchOne(db, sql: sql, arguments: [changes.count, number]) else {
        throw JournalError(.noSuchRun(number), at: path)
      }
      let indices = end - changes.count..<end
      try Self.insert(changes, into: db, run: number, from: indices.lowerBound)
      return indices
    }
  }

  func finish(_ number: Int) async throws(JournalError) -> Run {
    try await write { [path, environment] db in
      try db.execute(
        sql: "UPDATE runs SET finishedAt = ?, openCount = \(Self.openCount) WHERE number = ?",
        arguments: [environment.now().milliseconds, number])
      return try Self.run(number, in: db, at: path)
    }
  }

  /// Does work in one transaction that the first request waits for. What it wrote is moved from the write-ahead log to the
  /// database later, by the first batch of outcomes, while requests are under way.
  private func writeAhead<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    try await perform { db in
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      defer { try? db.execute(sql: "PRAGMA wal_autocheckpoint = 1000") }
      do {
        return try db.transaction(.immediate) { try work(db) }
      } catch {
        // Gives back what a transaction that filled the disk had written to the log.
        _ = try? db.checkpoint(.truncate)
        throw error
      }
    }
  }

  private static func insert(_ changes: [Change], into db: Database, run: Int, from start: Int) throws {
    var writer = try IntentWriter(run: run, in: db)
    let size = RecordsAhead.size
    var ahead = RecordsAhead(changes.prefix(size))
    for place in stride(from: 0, to: changes.count, by: size) {
      let records = ahead.take()
      let rest = changes.dropFirst(place + size)
      if !rest.isEmpty { ahead = RecordsAhead(rest.prefix(size)) }
      for (index, record) in zip(place..., records) {
        try writer.write(record, changes[index].origins, at: start + index, in: db)
      }
    }
  }
}
