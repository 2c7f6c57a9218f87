import GRDB
import SharedSQLite
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

  /// Opens the journal at `path`, and creates it (mode 0600, in a folder of mode 0700) if missing.
  ///
  /// - Throws: `JournalError` for a file that is damaged, can't be written, or is not a journal of this version or an
  ///   earlier one.
  package convenience init(path: String, environment: JournalEnvironment = .live) throws(JournalError) {
    try self.init(path: path, environment: environment, pageLimit: nil)
  }

  /// - Parameter pageLimit: how many pages the file may grow to, as if the disk were full then.
  convenience init(path: String, environment: JournalEnvironment, pageLimit: Int?) throws(JournalError) {
    try JournalFile.create(at: path)
    do {
      let database = try SharedSQLite.open {
        try DatabaseQueue(path: path, configuration: Self.configuration(for: path))
      }
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

  init(_ path: String, _ environment: JournalEnvironment, _ database: DatabaseQueue) {
    self.path = path
    self.environment = environment
    self.database = database
  }

  /// Folds what was written beside the file into it, too.
  package func close() {
    // What is not merged now stays in the WAL file, and is read from there.
    try? database.close()
  }

  /// Does work after everything that was submitted before, without waiting for it.
  func submit(_ work: @escaping @Sendable (Database) -> Void) {
    database.asyncWriteWithoutTransaction(work)
  }
}
