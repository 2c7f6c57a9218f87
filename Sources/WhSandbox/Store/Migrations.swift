import GRDB
import SharedSQLite

/// The store's tables, one step for each change of them since the first release.
enum Migrations {
  /// Brings `database` up to the newest tables.
  static func run(on database: any DatabaseWriter) throws { try SharedSQLite.migrate(database, by: migrator) }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 apps and webhooks") { db in
      try db.execute(
        sql: """
          CREATE TABLE apps (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            slug TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            status TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            updatedAt INTEGER NOT NULL
          );
          CREATE TABLE webhooks (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            appId TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
            url TEXT NOT NULL,
            events TEXT NOT NULL,
            headers TEXT,
            createdAt INTEGER NOT NULL,
            updatedAt INTEGER NOT NULL
          );
          CREATE INDEX webhooksOfApp ON webhooks (appId, position);
          """)
    }
    migrator.registerMigration("2 test apps") { db in
      try db.execute(
        sql: """
          ALTER TABLE apps ADD COLUMN liveAppId TEXT REFERENCES apps (id) ON DELETE CASCADE;
          CREATE UNIQUE INDEX testAppOfApp ON apps (liveAppId);
          """)
    }
    return migrator
  }
}
