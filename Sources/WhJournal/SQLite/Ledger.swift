import GRDB
import WhDomain

/// A ledger that is kept in the journal's file.
package struct Ledger: ScriptLedger {
  private let journal: Journal
  private let profile: String
  private let host: String
  private let folder: String

  package init(_ journal: Journal, profile: String, host: String, folder: String) {
    self.journal = journal
    self.profile = profile
    self.host = host
    self.folder = folder
  }

  package func entries() async throws(JournalError) -> [LedgerEntry] {
    try await journal.read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT * FROM scripts WHERE profile = ? AND host = ? AND folder = ? ORDER BY name",
        arguments: [profile, host, folder])
      return try rows.map { try LedgerEntry($0, in: db) }
    }
  }

  package func record(
    _ script: MigrationScript, _ outcome: LedgerEntry.Outcome, run: Int?, apps: [AppID: LedgerEntry.Outcome]
  ) async throws(JournalError) {
    let now = journal.environment.now()
    try await journal.write { db in try write(script, outcome, run: run, apps: apps, at: now, to: db) }
  }

  package func baseline(_ scripts: [MigrationScript]) async throws(JournalError) {
    let now = journal.environment.now()
    try await journal.write { db in
      let known = try Set(
        String.fetchAll(
          db, sql: "SELECT name FROM scripts WHERE profile = ? AND host = ? AND folder = ? AND outcome <> ?",
          arguments: [profile, host, folder, LedgerEntry.Outcome.failed.rawValue]))
      for script in scripts where !known.contains(script.name) {
        try write(script, .baseline, run: nil, apps: [:], at: now, to: db)
      }
    }
  }

  private func write(
    _ script: MigrationScript, _ outcome: LedgerEntry.Outcome, run: Int?, apps: [AppID: LedgerEntry.Outcome],
    at now: Moment, to db: Database
  ) throws {
    let id = try Int.fetchOne(
      db,
      sql: """
        INSERT INTO scripts (profile, host, folder, name, sha256, outcome, run, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (profile, host, folder, name) DO UPDATE
          SET sha256 = excluded.sha256, outcome = excluded.outcome, run = excluded.run, at = excluded.at
        RETURNING id
        """,
      arguments: [
        profile, host, folder, script.name, script.sha256, outcome.rawValue, run, now.milliseconds,
      ])
    for (app, outcome) in apps {
      try db.cachedStatement(
        sql: "INSERT OR REPLACE INTO scriptApps (script, appId, outcome, run, at) VALUES (?, ?, ?, ?, ?)"
      ).execute(arguments: [id, app.text, outcome.rawValue, run, now.milliseconds])
    }
  }
}
