import Testing
import WhDomain
import WhTestSupport

@testable import WhJournal

@Suite("The schema in PostgreSQL")
struct SchemaTests {
  @Test("is made by one of several clients that start at once")
  func atOnce() async throws {
    let database = try JournalDatabase()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          let journal = database.journal(application: "client \(number)")
          try await journal.prepare()
          _ = try await journal.begin(Samples.metadata(), Samples.updates(1))
          await journal.close()
        }
      }
      try await group.waitForAll()
    }
    let journal = database.journal()
    #expect(Set(try await journal.runs().map(\.number)) == Set(1...8))
    #expect(try await journal.check() == [])
  }

  @Test("is not made by those who only look")
  func looking() async throws {
    let database = try JournalDatabase()
    #expect(try await PostgresJournal.open(ifExists: database.address) == nil)
    #expect(try database.server.sql("SELECT to_regnamespace('\(database.schema)') IS NULL") == "t")
    try await database.journal().prepare()
    #expect(try await PostgresJournal.open(ifExists: database.address)?.runs() == [])
  }

  @Test("may have been made by an administrator, with any name")
  func made() async throws {
    let database = try JournalDatabase()
    let server = database.server
    let name = "Team \"\u{E4}\" \(database.schema)"
    let quoted = "\"" + name.replacing("\"", with: "\"\"") + "\""
    try server.sql("CREATE SCHEMA \(quoted)")
    let encoded = name.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    let journal = PostgresJournal(try PostgresAddress(server.url(schema: encoded)), .live)
    try await journal.prepare()
    try await journal.begin(Samples.metadata(), Samples.updates(1)).finish()
    #expect(try server.sql("SELECT number FROM \(quoted).runs") == "1")
  }

  @Test("is refused when a newer version has written it, and nothing is changed")
  func newer() async throws {
    let database = try JournalDatabase()
    try await database.journal().prepare()
    try database.server.sql("INSERT INTO \(database.schema).versions (number, name) VALUES (99, 'later')")
    await expectError(.newerVersion) { try await database.journal().prepare() }
    await expectError(.newerVersion) { _ = try await PostgresJournal.open(ifExists: database.address) }
  }

  @Test("is refused when something else is in it")
  func foreign() async throws {
    let database = try JournalDatabase()
    try database.server.sql("CREATE SCHEMA \(database.schema); CREATE TABLE \(database.schema).orders (id int)")
    await expectError(.notAJournal) { try await database.journal().prepare() }
    await expectError(.notAJournal) { _ = try await PostgresJournal.open(ifExists: database.address) }
  }

  @Test("is refused in a database that is not UTF-8")
  func encoding() async throws {
    let database = try JournalDatabase()
    let name = "latin_\(database.schema)"
    try database.server.sql("CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    let url = database.server.url(schema: "wh").replacing("/postgres?", with: "/\(name)?")
    let journal = PostgresJournal(try PostgresAddress(url), .live)
    await expectError(.unsupported) { try await journal.prepare() }
  }

  @Test("needs the right to make it")
  func rights() async throws {
    let database = try JournalDatabase()
    try database.server.sql("CREATE ROLE guest_\(database.schema) LOGIN")
    let url = database.server.url(schema: database.schema, user: "guest_\(database.schema)")
    let journal = PostgresJournal(try PostgresAddress(url), .live)
    await expectError(.unwritable) { try await journal.prepare() }
    #expect(try database.server.sql("SELECT to_regnamespace('\(database.schema)') IS NULL") == "t")
  }

  @Test("that is damaged is reported")
  func damage() async throws {
    let database = try JournalDatabase()
    let journal = database.journal()
    try await journal.prepare()
    let schema = database.schema
    let run = try await journal.begin(Samples.metadata(), Samples.updates(3))
    run.record(Samples.done(Samples.update(0)), at: 0)
    try await run.finish()
    try await journal.begin(Samples.metadata(), Samples.updates(2)).finish()
    try await journal.begin(Samples.metadata(), Samples.updates(1)).finish()
    try database.server.sql(
      """
      DELETE FROM \(schema).intents WHERE run = 1 AND place = 1;
      UPDATE \(schema).intents SET asked = 'oops' WHERE run = 2 AND place = 0;
      UPDATE \(schema).runs SET open_count = 7 WHERE number = 3;
      INSERT INTO \(schema).outcomes VALUES (9, 0, 'updated', true, NULL, 1, 1, NULL);
      INSERT INTO \(schema).origins VALUES (9, 0, '[]');
      """)
    #expect(
      try await journal.check() == [
        JournalProblem("1 origins without a run"), JournalProblem("1 outcomes without an intent"),
        JournalProblem(run: 1, "2 of 3 intents found"),
        JournalProblem(run: 1, "its intents are not numbered consecutively"),
        JournalProblem(run: 2, "JSON in an unknown format"), JournalProblem(run: 3, "1 intents are open, not 7"),
      ])
    await expectError(.corrupt(run: 2)) { _ = try await journal.allIntents(of: 2) }
    try database.server.sql("DROP TABLE \(schema).outcomes")
    await expectError(.corrupt(run: nil)) { _ = try await journal.runs() }
  }

  @Test("holds texts of every kind")
  func texts() async throws {
    let database = try JournalDatabase()
    let journal = database.journal()
    try await journal.prepare()
    let odd = #"a\b"c{d},NULL 'e' $1 \n \u0000 "# + "\n\t\u{1F600}\u{301}"
    let app = App(id: AppID(unchecked: "NULL"), slug: odd, name: "")
    let webhook = Webhook(
      id: WebhookID(unchecked: "whk_1"), appID: app.id, url: odd, events: [odd, ""],
      headers: Headers([Header(name: "X", value: odd)]))
    let change = Change(
      app: app, webhookID: webhook.id, action: .update(before: webhook, WebhookPatch(url: odd)),
      origins: [Origin(source: odd, line: 1, column: 2, statement: odd)])
    let run = try await journal.begin(Samples.metadata(profile: odd, host: ""), [change])
    run.record(Outcome(change, .failed, message: odd), at: 0)
    try await run.finish()
    let found = try await database.journal().allIntents(of: 1)
    #expect(found.map(\.change) == [change])
    #expect(found.first?.outcome?.message == odd)
    #expect(try await journal.run(1).metadata.profile == odd)
    let ledger = journal.ledger(profile: odd, host: odd, folder: odd)
    try await ledger.record(MigrationScript(name: odd, sha256: odd), .applied, run: 1, apps: [app.id: .failed])
    #expect(try await ledger.entries().map(\.name) == [odd])
    #expect(try await ledger.entries().first?.apps.map(\.id) == [app.id])
  }

  @Test("takes many intents in several statements, all or none")
  func many() async throws {
    let database = try JournalDatabase()
    let journal = database.journal()
    try await journal.prepare()
    let changes = Samples.updates(PostgresIntents.mostInStatement + 1)
    let run = try await journal.begin(Samples.metadata(), changes)
    #expect(try await run.append(changes) == changes.count..<2 * changes.count)
    let intents = try await journal.allIntents(of: 1)
    #expect(intents.map(\.index) == Array(0..<2 * changes.count))
    #expect(intents.map(\.change) == changes + changes)
    #expect(try await journal.check() == [])
  }
}
