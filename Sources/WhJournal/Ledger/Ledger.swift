import GRDB
import WhDomain

/// Which scripts of a folder were applied with a profile on a server, kept in the journal's file.
package struct Ledger: Sendable {
  private let journal: Journal
  private let profile: String
  private let host: String
  private let folder: String

  /// - Parameter folder: what the folder is known by, wherever it is checked out; its name, say.
  package init(_ journal: Journal, profile: String, host: String, folder: String) {
    self.journal = journal
    self.profile = profile
    self.host = host
    self.folder = folder
  }

  /// Everything that is known of the folder's scripts, in the order of their names.
  ///
  /// - Throws: `JournalError`.
  package func entries() async throws(JournalError) -> [LedgerEntry] {
    try await journal.read { db in
      let rows = try Row.fetchAll(
        db, sql: "SELECT * FROM scripts WHERE profile = ? AND host = ? AND folder = ? ORDER BY name",
        arguments: [profile, host, folder])
      return try rows.map { try LedgerEntry($0, in: db) }
    }
  }

  /// Where each script stands.
  ///
  /// - Throws: `JournalError`.
  package func statuses(of scripts: [MigrationScript]) async throws(JournalError) -> [MigrationStatus] {
    MigrationStatus.compare(scripts, with: try await entries())
  }

  /// Writes what came of a script. The apps that are not named keep what was written of them before.
  ///
  /// - Parameters:
  ///   - outcome: of the script as a whole.
  ///   - run: the run of the journal; nil for a script that changed nothing.
  ///   - apps: what came of it in each app that it was run for.
  /// - Throws: `JournalError`, and then nothing is written.
  package func record(
    _ script: MigrationScript, _ outcome: LedgerEntry.Outcome, run: Int?, apps: [AppID: LedgerEntry.Outcome]
  ) async throws(JournalError) {
    let now = journal.environment.now()
    try await journal.write { db in try write(script, outcome, run: run, apps: apps, at: now, to: db) }
  }

  /// Takes scripts for applied that were never run here, or failed. Those that were applied stay as they are.
  ///
  /// - Throws: `JournalError`, and then nothing is written.
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
