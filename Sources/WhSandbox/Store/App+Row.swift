import GRDB

extension App {
  init(row: Row) throws {
    let status: String = row["status"]
    guard let status = Status(rawValue: status) else { throw StoreError("unknown status \(status)") }
    self.init(
      id: row["id"], slug: row["slug"], name: row["name"], status: status,
      createdAt: Timestamp(milliseconds: row["createdAt"]), updatedAt: Timestamp(milliseconds: row["updatedAt"]))
  }

  func insert(into db: Database) throws {
    try db.cachedStatement(
      sql: "INSERT INTO apps (id, slug, name, status, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [id, slug, name, status.rawValue, createdAt.milliseconds, updatedAt.milliseconds])
  }
}
