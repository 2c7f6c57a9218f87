import GRDB

/// Writes outcomes, as many as there are with one statement.
struct OutcomeWriter {
  private let statement: Statement

  init(in db: Database) throws {
    statement = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO outcomes (intent, state, settled, message, tries, at, answer)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
  }

  func write(_ outcome: OutcomeRecord, at key: IntentKey) throws {
    statement.setUncheckedArguments([
      key.rawValue, outcome.state, outcome.settled, outcome.message, outcome.tries, outcome.at.milliseconds,
      outcome.answer,
    ])
    try statement.execute()
  }
}
