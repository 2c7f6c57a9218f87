import GRDB
import SharedSQLite
import WhDomain

/// Writes the intents of a commit, as many as there are with one statement.
struct IntentWriter {
  private let run: Int
  private var intents: RowStatement
  private let origins: Statement
  /// The origin rows written so far: many intents come from the same few statements.
  private var rows: [[Origin]: Int64] = [:]
  private var last: (origins: [Origin], row: Int64?) = ([], nil)

  init(run: Int, in db: Database) throws {
    self.run = run
    intents = try RowStatement(
      db,
      sql: """
        INSERT INTO intents (id, appId, appSlug, appName, webhookId, action, before, asked, origins)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    origins = try db.makeStatement(sql: "INSERT INTO origins (run, statements) VALUES (?, ?)")
  }

  mutating func write(_ record: IntentRecord, _ statements: [Origin], at index: Int, in db: Database) throws {
    if statements != last.origins { last = (statements, try row(of: statements, in: db)) }
    intents.bind(IntentKey(run, index).rawValue)
    intents.bind(record.appID)
    intents.bind(record.appSlug)
    intents.bind(record.appName)
    intents.bind(record.webhookID)
    intents.bind(record.action)
    intents.bind(record.before)
    intents.bind(record.asked)
    intents.bind(last.row)
    try intents.execute()
  }

  private mutating func row(of statements: [Origin], in db: Database) throws -> Int64? {
    if statements.isEmpty { return nil }
    if let row = rows[statements] { return row }
    origins.setUncheckedArguments([run, JSONWriter.origins(statements)])
    try origins.execute()
    rows[statements] = db.lastInsertedRowID
    return db.lastInsertedRowID
  }
}
