import GRDB
import WhDomain

/// Writes changes as intents, as many as there are with one statement.
struct IntentWriter {
  private let statement: Statement
  private let run: Int
  /// Changes of one statement stand together, and have the same origins: they are put into words once.
  private var lastOrigins: (origins: [Origin], text: String) = ([], "[]")

  init(run: Int, in db: Database) throws {
    self.run = run
    statement = try db.makeStatement(
      sql: """
        INSERT INTO intents (run, position, appId, appSlug, appName, webhookId, action, before, asked, origins)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
  }

  mutating func write(_ change: Change, at index: Int) throws {
    if change.origins != lastOrigins.origins { lastOrigins = (change.origins, JSONText.origins(change.origins)) }
    statement.setUncheckedArguments([
      run, index, change.app.id.text, change.app.slug, change.app.name, change.webhookID?.text, change.action.name,
      change.before.map(JSONText.webhook), JSONText.asked(change.action), lastOrigins.text,
    ])
    try statement.execute()
  }
}
