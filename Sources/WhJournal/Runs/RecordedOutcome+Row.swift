import GRDB
import WhDomain

extension RecordedOutcome {
  /// - Parameter row: with `Intent.columns`.
  init(row: Row) throws {
    let name: String = try row.decode(atIndex: 10)
    guard let state = Outcome.State(rawValue: name) else { throw DamagedText("unknown state \(name)") }
    let answer: String? = try row.optional(at: 13)
    self.init(
      state: state, isSettled: try row.decode(atIndex: 11), message: try row.optional(at: 12),
      answer: try answer.map(JSONReading.webhook), tries: try row.decode(atIndex: 14),
      at: Moment(milliseconds: try row.decode(atIndex: 15)))
  }

  func write(to run: Int, at index: Int, in db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO outcomes (run, position, state, settled, message, answer, tries, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    statement.setUncheckedArguments([
      run, index, state.rawValue, isSettled, message, answer.map(JSONText.webhook), tries, at.milliseconds,
    ])
    try statement.execute()
  }
}
