import GRDB

/// The journal in a SQLite file: see docs/journal.md.
package final class Journal: RunLog {
  /// The file.
  package let path: String
  let environment: JournalEnvironment
  private let database: DatabaseQueue

  package var place: String { path }

  /// Opens the journal at `path`, and makes it (mode 0600, in a folder of mode 0700) if there is none.
  ///
  /// - Throws: `JournalError` for a file that is damaged, can't be written, or is no journal of this version or an
  ///   earlier one.
  package convenience init(path: String, environment: JournalEnvironment = .live) throws(JournalError) {
    try self.init(path: path, environment: environment, pageLimit: nil)
  }

  /// Opens the journal at `path`; nil if there is none, and then none is made.
  ///
  /// - Throws: `JournalError` as `init(path:environment:)` does.
  package static func open(
    ifExists path: String, environment: JournalEnvironment = .live
  ) throws(JournalError) -> Journal? {
    JournalFile.exists(at: path) ? try Journal(path: path, environment: environment) : nil
  }

  /// - Parameter pageLimit: how many pages the file may grow to, as if the disk were full then.
  init(path: String, environment: JournalEnvironment, pageLimit: Int?) throws(JournalError) {
    self.path = path
    self.environment = environment
    try JournalFile.create(at: path)
    do {
      database = try DatabaseQueue(path: path, configuration: Self.configuration(for: path))
      try Migrations.run(on: database)
      try database.writeWithoutTransaction { db in
        // GRDB turns this down to NORMAL in WAL mode, which would lose the last transactions with the power.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        if let pageLimit { _ = try Row.fetchOne(db, sql: "PRAGMA max_page_count = \(pageLimit)") }
      }
    } catch {
      throw JournalError(error, at: path)
    }
  }

  /// Folds what was written beside the file into it, too.
  package func close() {
    // What is not folded in now stands in the file beside it, and is read from there.
    try? database.close()
  }

  private static func configuration(for path: String) -> Configuration {
    var configuration = Configuration()
    configuration.label = "journal"
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in try Migrations.verify(db, at: path) }
    return configuration
  }
}

extension Journal {
  /// Does work in one transaction of its own, which is on disk when this returns.
  func write<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    try await perform { db in try db.transaction(.immediate) { try work(db) } }
  }

  /// Does work that reads one state of the file.
  func read<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    try await perform { db in try db.transaction(.deferred) { try work(db) } }
  }

  /// Does work outside of any transaction.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalError) -> Value {
    let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
      submit { db in continuation.resume(returning: Result { try work(db) }) }
    }
    do {
      return try result.get()
    } catch {
      throw JournalError(error, at: path)
    }
  }

  /// Does work after all that was handed over before, without waiting for it.
  func submit(_ work: @escaping @Sendable (Database) -> Void) {
    database.asyncWriteWithoutTransaction(work)
  }
}

extension Database {
  /// Does work in one transaction, which is rolled back when the work throws.
  func transaction<Value>(_ kind: TransactionKind, _ work: () throws -> Value) throws -> Value {
    try beginTransaction(kind)
    do {
      let value = try work()
      try commit()
      return value
    } catch {
      // A full disk has rolled it back already.
      try? rollback()
      throw error
    }
  }
}
