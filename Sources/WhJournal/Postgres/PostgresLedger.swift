import WhDomain

/// A ledger in the database.
struct PostgresLedger: ScriptLedger {
  private let journal: PostgresJournal
  /// The profile, the server and the folder.
  private let place: [PostgresValue]

  init(_ journal: PostgresJournal, profile: String, host: String, folder: String) {
    self.journal = journal
    place = [profile, host, folder].map { PostgresValue($0) }
  }

  private var schema: String { journal.schema }

  func entries() async throws(JournalError) -> [LedgerEntry] {
    let sql = """
      SELECT s.name, s.sha256, s.outcome, s.run, s.at, a.app_id, a.outcome, a.run, a.at
      FROM \(schema).scripts s LEFT JOIN \(schema).script_apps a ON a.script = s.id
      WHERE s.profile = $1 AND s.host = $2 AND s.folder = $3 ORDER BY s.name, a.app_id
      """
    return try await journal.link.perform { [place] connection in
      var entries: [LedgerEntry] = []
      for row in try connection.run(sql, place) {
        let app = try row.ledgerApp()
        if let last = entries.last, last.name == (try row.text(0)) {
          entries[entries.count - 1] = last.with(app)
        } else {
          entries.append(try row.ledgerEntry().with(app))
        }
      }
      return entries
    }
  }

  func record(
    _ script: MigrationScript, _ outcome: LedgerEntry.Outcome, run: Int?, apps: [AppID: LedgerEntry.Outcome]
  ) async throws(JournalError) {
    let sql = """
      WITH s AS (
        INSERT INTO \(schema).scripts (profile, host, folder, name, sha256, outcome, run, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7::bigint, $8::bigint)
        ON CONFLICT (profile, host, folder, name) DO UPDATE
          SET sha256 = excluded.sha256, outcome = excluded.outcome, run = excluded.run, at = excluded.at
        RETURNING id
      )
      INSERT INTO \(schema).script_apps (script, app_id, outcome, run, at)
      SELECT s.id, u.app_id, u.outcome, $7::bigint, $8::bigint
      FROM s, unnest($9::text[], $10::text[]) AS u (app_id, outcome)
      ON CONFLICT (script, app_id) DO UPDATE
        SET outcome = excluded.outcome, run = excluded.run, at = excluded.at
      """
    // In one order, so that two machines don't wait for each other.
    let apps = apps.map { (id: $0.key.text, outcome: $0.value.rawValue) }.sorted { $0.id < $1.id }
    let values = [
      PostgresValue(script.name), PostgresValue(script.sha256), PostgresValue(outcome.rawValue), PostgresValue(run),
      PostgresValue(journal.environment.now()), PostgresValue(apps.map(\.id)), PostgresValue(apps.map(\.outcome)),
    ]
    try await journal.link.perform { [place] connection in _ = try connection.run(sql, place + values) }
  }

  func baseline(_ scripts: [MigrationScript]) async throws(JournalError) {
    let sql = """
      INSERT INTO \(schema).scripts AS s (profile, host, folder, name, sha256, outcome, run, at)
      SELECT $1, $2, $3, u.name, u.sha256, '\(LedgerEntry.Outcome.baseline.rawValue)', NULL, $4::bigint
      FROM unnest($5::text[], $6::text[]) AS u (name, sha256)
      ON CONFLICT (profile, host, folder, name) DO UPDATE
        SET sha256 = excluded.sha256, outcome = excluded.outcome, run = NULL, at = excluded.at
        WHERE s.outcome = '\(LedgerEntry.Outcome.failed.rawValue)'
      """
    let values = [
      PostgresValue(journal.environment.now()), PostgresValue(scripts.map(\.name)),
      PostgresValue(scripts.map(\.sha256)),
    ]
    try await journal.link.perform { [place] connection in _ = try connection.run(sql, place + values) }
  }
}

extension PostgresRow {
  fileprivate func ledgerEntry() throws(DamagedText) -> LedgerEntry {
    LedgerEntry(
      name: try text(0), sha256: try text(1), outcome: try outcome(2), run: try optionalInt(3), at: try moment(4))
  }

  /// Nil for a script that was run for no app.
  fileprivate func ledgerApp() throws(DamagedText) -> LedgerEntry.App? {
    guard let id = optional(5) else { return nil }
    return LedgerEntry.App(
      id: AppID(unchecked: id), outcome: try outcome(6), run: try optionalInt(7), at: try moment(8))
  }

  private func outcome(_ column: Int) throws(DamagedText) -> LedgerEntry.Outcome {
    let name = try text(column)
    guard let outcome = LedgerEntry.Outcome(rawValue: name) else { throw DamagedText("unknown outcome \(name)") }
    return outcome
  }
}

extension LedgerEntry {
  fileprivate func with(_ app: App?) -> LedgerEntry {
    LedgerEntry(name: name, sha256: sha256, outcome: outcome, run: run, at: at, apps: apps + [app].compactMap(\.self))
  }
}
