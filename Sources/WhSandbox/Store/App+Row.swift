import GRDB

extension App {
  init(row: Row) throws {
    let status: String = row["status"]
    guard let status = Status(rawValue: status) else { throw StoreError("unknown status \(status)") }
    self.init(
      id: row["id"], slug: row["slug"], name: row["name"], status: status,
      createdAt: Timestamp(milliseconds: row["createdAt"]), updatedAt: Timestamp(milliseconds: row["updatedAt"]))
  }

  /// The live app with `slug`.
  static func fetch(slug: String, from db: Database) throws -> App? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM apps WHERE slug = ? AND liveAppId IS NULL"), arguments: [slug]
    ).map(App.init(row:))
  }

  /// The test app of the live app with `slug`.
  static func fetchTestApp(ofSlug slug: String, from db: Database) throws -> App? {
    let sql = "SELECT test.* FROM apps AS test JOIN apps AS live ON test.liveAppId = live.id WHERE live.slug = ?"
    return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [slug]).map(App.init(row:))
  }

  func insert(into db: Database, testAppOf live: App? = nil) throws {
    try db.cachedStatement(
      sql: "INSERT INTO apps (id, slug, name, status, createdAt, updatedAt, liveAppId) VALUES (?, ?, ?, ?, ?, ?, ?)"
    ).execute(
      arguments: [id, slug, name, status.rawValue, createdAt.milliseconds, updatedAt.milliseconds, live?.id])
  }
}
