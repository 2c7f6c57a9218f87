import GRDB
import WhDomain

/// Writes outcomes, as many as there are with one statement.
struct OutcomeWriter {
  struct Row: Sendable {
    let key: IntentKey
    let outcome: Outcome
    let tries: Int
    let at: Moment
  }

  private let statement: Statement

  init(in db: Database) throws {
    statement = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO outcomes (intent, state, settled, message, tries, at, answer)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
  }

  func write(_ row: Row) throws {
    let outcome = row.outcome
    statement.setUncheckedArguments([
      row.key.rawValue, outcome.state.rawValue, outcome.closesIntent, outcome.message, row.tries, row.at.milliseconds,
      outcome.answer.map { JSONWriter.webhook($0, of: outcome.change) },
    ])
    try statement.execute()
  }
}
