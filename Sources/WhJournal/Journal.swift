import GRDB
import Synchronization

/// The journal in a SQLite file: see docs/journal.md.
package final class Journal: RunLog {
  /// The file.
  package let path: String
  let environment: JournalEnvironment
  /// The locks that this journal has given and not got back.
  let ownLocks = Mutex<Set<LockScope>>([])
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
  convenience init(path: String, environment: JournalEnvironment, pageLimit: Int?) throws(JournalError) {
    try JournalFile.create(at: path)
    do {
      let database = try DatabaseQueue(path: path, configuration: Self.configuration(for: path))
      try Migrations.run(on: database)
      try database.writeWithoutTransaction { db in
        // GRDB turns this down to NORMAL in WAL mode, which would lose the last transactions with the power.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        if let pageLimit { _ = try Row.fetchOne(db, sql: "PRAGMA max_page_count = \(pageLimit)") }
      }
      self.init(path, environment, database)
    } catch {
      throw JournalError(error, at: path)
    }
  }

  private init(_ path: String, _ environment: JournalEnvironment, _ database: DatabaseQueue) {
    self.path = path
    self.environment = environment
    self.database = database
  }

  /// Folds what was written beside the file into it, too.
  package func close() {
    // What is not folded in now stands in the file beside it, and is read from there.
    try? database.close()
  }

  private static func configuration(for path: String, isReadOnly: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.label = "journal"
    configuration.readonly = isReadOnly
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in try Migrations.verify(db, at: path) }
    return configuration
  }
}

extension Journal {
  /// Opens the journal at `path` for reading alone; nil if there is none, and then none is made. Neither the file nor its
  /// folder must be writable: only where they are, a journal of an earlier version is brought up to date first.
  ///
  /// - Throws: `JournalError` for a file that is damaged, can't be read, or is no journal of this version or an earlier one.
  package static func open(
    toRead path: String, environment: JournalEnvironment = .live
  ) throws(JournalError) -> Journal? {
    guard JournalFile.exists(at: path) else { return nil }
    guard JournalFile.isReadable(at: path) else { throw JournalError(.unreadable, at: path, JournalFile.reason) }
    // Who may only read the file can't make it safer either.
    try? JournalFile.protect(path)
    do {
      let database = try openToRead(path)
      switch try database.read(Migrations.state) {
      case .none: return nil
      case .earlier: if let journal = try? Journal(path: path, environment: environment) { return journal }
      case .current: break
      }
      return Journal(path, environment, database)
    } catch {
      let problem = JournalError(error, at: path)
      throw problem.kind == .unwritable ? JournalError(.unreadable, at: path, problem.detail) : problem
    }
  }

  private static func openToRead(_ path: String) throws -> DatabaseQueue {
    let configuration = configuration(for: path, isReadOnly: true)
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) && !JournalFile.hasLog(at: path)
    {
      // In WAL mode SQLite makes a file beside the database, also to read it, unless it is told that nobody writes. Where
      // it may not make one, and there is none, that is so.
      return try DatabaseQueue(path: JournalFile.immutableURI(of: path), configuration: configuration)
    }
  }

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
