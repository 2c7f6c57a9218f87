import GRDB
import SharedSQLite

/// The apps and webhooks of a sandbox, in a SQLite file or in memory.
package final class Store: Sendable {
  /// One page of a list, and the length of the whole list.
  struct List<Item: Sendable>: Sendable {
    var items: [Item]
    var totalCount: Int
  }

  private let database: any DatabaseWriter
  private let demoData: DemoData

  /// Opens the file at `path`, and creates it (mode 0600, in a folder of mode 0700) if missing; a nil path keeps
  /// everything in memory. A store without any apps gets `demoData`.
  /// - Throws: `StoreError` if the file can't be made, opened or migrated.
  package init(path: String? = nil, demoData: DemoData = .standard) throws(StoreError) {
    self.demoData = demoData
    if let path { try DataFile.create(at: path) }
    do {
      database = try Self.open(path)
      try Migrations.run(on: database)
      try database.write { db in
        if try Row.fetchOne(db, sql: "SELECT 1 FROM apps LIMIT 1") == nil { try demoData.insert(into: db) }
      }
    } catch {
      throw StoreError("can't open \(path ?? "the store"): \(error)")
    }
  }

  private static func open(_ path: String?) throws -> any DatabaseWriter {
    var configuration = Configuration()
    configuration.label = "sandbox"
    configuration.busyMode = .timeout(10)
    guard let path else { return try DatabaseQueue(configuration: configuration) }
    // A pool opens in WAL mode with `synchronous = NORMAL`: a commit waits for no disk, a crash loses no consistency.
    return try SharedSQLite.open { try DatabasePool(path: path, configuration: configuration) }
  }

  /// Drops everything and puts the demo data back.
  /// - Throws: the database's error.
  package func reset() async throws {
    try await database.write { [demoData] db in
      try db.execute(sql: "DELETE FROM webhooks; DELETE FROM apps; DELETE FROM sqlite_sequence")
      try demoData.insert(into: db)
    }
  }

  func apps(_ page: Page) async throws -> List<App> {
    try await database.read { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(sql: "SELECT * FROM apps WHERE liveAppId IS NULL ORDER BY position LIMIT ? OFFSET ?"),
        arguments: [page.limit, page.offset])
      let count = try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM apps WHERE liveAppId IS NULL"))
      return List(items: try rows.map(App.init(row:)), totalCount: count ?? 0)
    }
  }

  func app(slug: String) async throws -> App? {
    try await database.read { db in
      try App.fetch(slug: slug, from: db)
    }
  }

  /// The test app that is linked to a live one, which is made when its key is used first; nil if there is no such live app.
  func testApp(ofSlug slug: String) async throws -> App? {
    if let app = try await database.read({ db in try App.fetchTestApp(ofSlug: slug, from: db) }) { return app }
    return try await database.write { db in
      if let app = try App.fetchTestApp(ofSlug: slug, from: db) { return app }
      guard let live = try App.fetch(slug: slug, from: db) else { return nil }
      try live.testApp.insert(into: db, testAppOf: live)
      return live.testApp
    }
  }

  func hasApp(_ id: String) async throws -> Bool {
    try await database.read { db in
      try Row.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM apps WHERE id = ?"), arguments: [id]) != nil
    }
  }

  func webhooks(of appID: String, _ page: Page) async throws -> List<Webhook> {
    try await database.read { db in
      let rows = try Row.fetchAll(
        db.cachedStatement(sql: "SELECT * FROM webhooks WHERE appId = ? ORDER BY position LIMIT ? OFFSET ?"),
        arguments: [appID, page.limit, page.offset])
      let count = try Int.fetchOne(
        db.cachedStatement(sql: "SELECT count(*) FROM webhooks WHERE appId = ?"), arguments: [appID])
      return List(items: try rows.map(Webhook.init(row:)), totalCount: count ?? 0)
    }
  }

  func webhook(_ id: String, of appID: String) async throws -> Webhook? {
    try await database.read { db in try Webhook.fetch(id, of: appID, from: db) }
  }

  func insert(_ webhook: Webhook) async throws {
    try await database.write { db in try webhook.insert(into: db) }
  }

  /// Sets `fields` of a webhook and gives the whole of it; nil if the app has no such webhook.
  func update(_ id: String, of appID: String, with fields: WebhookFields, at now: Timestamp) async throws -> Webhook? {
    try await database.write { db in
      guard let webhook = try Webhook.fetch(id, of: appID, from: db) else { return nil }
      let changed = webhook.applying(fields, at: now)
      if changed != webhook { try changed.update(in: db) }
      return changed
    }
  }

  /// Drops a webhook; false if the app has no such webhook.
  func delete(_ id: String, of appID: String) async throws -> Bool {
    try await database.write { db in
      try db.execute(sql: "DELETE FROM webhooks WHERE id = ? AND appId = ?", arguments: [id, appID])
      return db.changesCount > 0
    }
  }
}
