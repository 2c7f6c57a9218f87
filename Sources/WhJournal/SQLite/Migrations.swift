import GRDB
import SharedSQLite

/// The journal's tables, one step for each change of them since the first release. docs/journal.md describes them.
enum Migrations {
  /// What `PRAGMA application_id` says of a journal: "whj1".
  static let applicationID = 0x7768_6A31

  /// Refuses a database that is not a journal, before anything in it is touched.
  static func verify(_ db: Database, at path: String) throws {
    // One transaction sees one state of the file, though another process may be making it right now.
    try db.transaction(.deferred) {
      let id = try Int.fetchOne(db, sql: "PRAGMA application_id")
      let tables = try String.fetchSet(db, sql: "SELECT tbl_name FROM sqlite_master")
      guard id == applicationID || (id == 0 && tables.subtracting(["grdb_migrations"]).isEmpty) else {
        throw JournalError(.notAJournal, at: path)
      }
      if try migrator.hasBeenSuperseded(db) { throw JournalError(.newerVersion, at: path) }
    }
  }

  enum State { case none, earlier, current }

  /// Whether there is a journal in the database, and of which version.
  static func state(_ db: Database) throws -> State {
    guard try Int.fetchOne(db, sql: "PRAGMA application_id") == applicationID else { return .none }
    return try migrator.hasCompletedMigrations(db) ? .current : .earlier
  }

  /// Brings `database` up to the newest tables.
  static func run(on database: any DatabaseWriter) throws { try SharedSQLite.migrate(database, by: migrator) }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 runs and ledger") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: runs)
      try db.execute(sql: ledger)
    }
    migrator.registerMigration("2 states of outcomes") { db in try db.execute(sql: states) }
    return migrator
  }

  // AUTOINCREMENT, so that the number of a run that was pruned is never given again.
  private static let runs = """
    CREATE TABLE runs (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      profile TEXT NOT NULL,
      host TEXT NOT NULL,
      script TEXT,
      scriptSha256 TEXT,
      note TEXT,
      user TEXT NOT NULL,
      version TEXT NOT NULL,
      undoes INTEGER,
      startedAt INTEGER NOT NULL,
      finishedAt INTEGER,
      abandonedAt INTEGER,
      intentCount INTEGER NOT NULL,
      openCount INTEGER
    ) STRICT;
    CREATE TABLE origins (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL,
      statements TEXT NOT NULL
    ) STRICT;
    CREATE INDEX originsOfRun ON origins (run);
    CREATE TABLE intents (
      id INTEGER PRIMARY KEY,
      appId TEXT NOT NULL,
      appSlug TEXT,
      appName TEXT,
      webhookId TEXT,
      action TEXT NOT NULL,
      before TEXT,
      asked TEXT,
      origins INTEGER
    ) STRICT;
    CREATE TABLE outcomes (
      intent INTEGER PRIMARY KEY,
      state TEXT NOT NULL,
      settled INTEGER NOT NULL,
      message TEXT,
      tries INTEGER NOT NULL,
      at INTEGER NOT NULL,
      answer TEXT
    ) STRICT;
    """

  // Version 0.1.0 called everything that the service accepted `updated`, and what may have been applied `failed`.
  private static let states = """
    UPDATE outcomes SET state = 'created'
      WHERE state = 'updated' AND intent IN (SELECT id FROM intents WHERE action = 'create');
    UPDATE outcomes SET state = 'deleted'
      WHERE state = 'updated' AND intent IN (SELECT id FROM intents WHERE action = 'delete');
    UPDATE outcomes SET state = 'unknown' WHERE state = 'failed' AND settled = 0;
    """

  private static let ledger = """
    CREATE TABLE scripts (
      id INTEGER PRIMARY KEY,
      profile TEXT NOT NULL,
      host TEXT NOT NULL,
      folder TEXT NOT NULL,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      outcome TEXT NOT NULL,
      run INTEGER,
      at INTEGER NOT NULL,
      UNIQUE (profile, host, folder, name)
    ) STRICT;
    CREATE TABLE scriptApps (
      script INTEGER NOT NULL REFERENCES scripts (id) ON DELETE CASCADE,
      appId TEXT NOT NULL,
      outcome TEXT NOT NULL,
      run INTEGER,
      at INTEGER NOT NULL,
      PRIMARY KEY (script, appId)
    ) STRICT, WITHOUT ROWID;
    """
}
