import Foundation
import GRDB

/// SQLite files that several processes may open at one moment, new ones too.
package enum SharedSQLite {
  /// How often, 20 ms apart, the switch to WAL is tried while another process makes it.
  private static let mostTries = 500

  /// Does what opens a file. While another process switches a new file to WAL, SQLite fails at once in place of waiting
  /// (sqlite.org/wal.html), so that this tries again, for 10 seconds.
  ///
  /// - Throws: what `open` throws.
  package static func open<Opened>(_ open: () throws -> Opened) throws -> Opened {
    for _ in 1..<mostTries {
      do {
        return try open()
      } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && error.sql?.contains("journal_mode") ?? false
      {
        usleep(20_000)
      }
    }
    return try open()
  }

  /// Brings a database up to the newest tables. All steps are durable when it returns, whichever process made them.
  ///
  /// - Throws: what a step throws that no other process has made.
  package static func migrate(_ database: any DatabaseWriter, by migrator: DatabaseMigrator) throws {
    var applied = -1
    while true {
      do {
        return try migrator.migrate(database)
      } catch {
        // Another process may have opened the same file and been faster with a step. The steps after it are tried again.
        let now = try database.read { db in try appliedCount(db, migrator) }
        guard now > applied else { throw error }
        applied = now
      }
    }
  }

  private static func appliedCount(_ db: Database, _ migrator: DatabaseMigrator) throws -> Int {
    // Where another process makes the table right now, it is there for the second query and not for the first.
    try db.tableExists("grdb_migrations") ? migrator.appliedIdentifiers(db).count : 0
  }
}
