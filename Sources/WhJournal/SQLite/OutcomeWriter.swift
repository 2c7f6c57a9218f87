import GRDB
import SharedSQLite

/// Writes outcomes, as many as there are with one statement.
struct OutcomeWriter {
  private var statement: RowStatement

  init(in db: Database) throws {
    statement = try RowStatement(
      db,
      sql: """
        INSERT OR REPLACE INTO outcomes (intent, state, settled, message, tries, at, answer)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
  }

  mutating func write(_ outcome: OutcomeRecord, at key: IntentKey) throws {
    statement.bind(key.rawValue)
    statement.bind(outcome.state)
    statement.bind(outcome.settled ? 1 : 0)
    statement.bind(outcome.message)
    statement.bind(Int64(outcome.tries))
    statement.bind(outcome.at.milliseconds)
    statement.bind(outcome.answer)
    try statement.execute()
  }
}
