import GRDB

extension Journal {
  /// What is known of the file at a path; it is not created.
  ///
  /// - Throws: `JournalError` as opening does.
  static func health(at path: String) async throws(JournalError) -> JournalHealth {
    guard let journal = try open(toRead: path) else {
      return JournalHealth(.sqlite, at: path, version: nil, isWritable: JournalFile.canBeWritten(at: path))
    }
    defer { journal.close() }
    let version = try await journal.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM grdb_migrations") ?? 0
    }
    return JournalHealth(
      .sqlite, at: path, version: version, isWritable: JournalFile.canBeWritten(at: path),
      unfinished: try await journal.allUnfinishedRuns())
  }
}
