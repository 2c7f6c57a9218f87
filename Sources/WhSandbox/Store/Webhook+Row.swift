import Foundation
import GRDB

extension Webhook {
  init(row: Row) throws {
    let decoder = JSONDecoder()
    let headers: String? = row["headers"]
    self.init(
      id: row["id"], appID: row["appId"], url: row["url"],
      events: try decoder.decode([String].self, from: Data((row["events"] as String).utf8)),
      headers: try headers.map { try decoder.decode([String: String].self, from: Data($0.utf8)) },
      createdAt: Timestamp(milliseconds: row["createdAt"]), updatedAt: Timestamp(milliseconds: row["updatedAt"]))
  }

  static func fetch(_ id: String, of appID: String, from db: Database) throws -> Webhook? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT * FROM webhooks WHERE id = ? AND appId = ?"), arguments: [id, appID]
    ).map(Webhook.init(row:))
  }

  func insert(into db: Database) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO webhooks (id, appId, url, events, headers, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        id, appID, url, JSON.strings(events).text, headers.map { JSON.strings($0).text }, createdAt.milliseconds,
        updatedAt.milliseconds,
      ])
  }

  func update(in db: Database) throws {
    try db.cachedStatement(sql: "UPDATE webhooks SET url = ?, events = ?, headers = ?, updatedAt = ? WHERE id = ?")
      .execute(
        arguments: [
          url, JSON.strings(events).text, headers.map { JSON.strings($0).text }, updatedAt.milliseconds, id,
        ])
  }
}
