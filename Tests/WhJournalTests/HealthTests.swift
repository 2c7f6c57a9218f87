import Foundation
import Testing
import WhDomain
import WhTestSupport

@testable import WhJournal

@Suite("The health of a journal")
struct HealthTests {
  @Test("of a file that does not exist is known without creating anything")
  func missing() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.appending(path: "state/wh/journal.sqlite").path
      let health = try await JournalLocation.file(path).health()
      #expect(health.version == nil && health.isWritable && health.unfinished.isEmpty && health.roundTrip == nil)
      #expect(health.engine == .sqlite && health.place == path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("of a file in the place of its folder says that it can't be created")
  func fileForItsFolder() async throws {
    try await withTemporaryFolder { folder in
      try Data().write(to: folder.appending(path: "state"))
      let health = try await JournalLocation.file(folder.appending(path: "state/wh/journal.sqlite").path).health()
      #expect(health.version == nil && !health.isWritable)
    }
  }

  @Test("of a file has its version and all unfinished runs, oldest first", arguments: [Form.sqlite, .postgres])
  func unfinished(form: Form) async throws {
    let time = ManualTime()
    func check(_ location: JournalLocation, _ journal: any RunLog) async throws {
      let profiles = ["a", "b", "c", "d"]
      for profile in profiles {
        let run = try await journal.begin(Samples.metadata(profile: profile), Samples.updates(2))
        if profile == "b" { for index in 0..<2 { run.record(Samples.done(Samples.update(index)), at: index) } }
        try await run.finish()
      }
      try await journal.abandon(3)
      let health = try await location.health()
      #expect(health.unfinished.map(\.number) == [1, 4])
      #expect(health.unfinished.map(\.metadata.profile) == ["a", "d"])
      #expect(health.isWritable && health.place == journal.place)
      switch form {
      case .postgres:
        #expect(health.version == 1)
        #expect(health.roundTrip.map { $0 > .zero && $0 < .seconds(10) } == true)
        guard case .postgres(let version) = health.engine else {
          Issue.record("\(health.engine)")
          return
        }
        #expect(version.wholeMatch(of: /\d+(\.\d+)?/) != nil, "\(version)")
      case .sqlite, .memory:
        #expect(health.version == 2 && health.roundTrip == nil && health.engine == .sqlite)
      }
    }
    if form == .postgres {
      let database = try JournalDatabase()
      let journal = database.journal(time)
      try await journal.prepare()
      try await check(.postgres(database.address), journal)
      await journal.close()
    } else {
      try await withTemporaryFolder { folder in
        let journal = try Journal.sample(at: folder.journal, time: time)
        try await check(.file(folder.journal), journal)
        journal.close()
      }
    }
  }

  @Test("of an unwritable file or folder says so", .enabled(if: geteuid() != 0))
  func unwritable() async throws {
    try await withTemporaryFolder { folder in
      try Journal.sample(at: folder.journal).close()
      try setMode(of: folder.journal, to: 0o400)
      #expect(try await JournalLocation.file(folder.journal).health().isWritable == false)
      try setMode(of: folder.journal, to: 0o600)
      try setMode(of: folder.path, to: 0o500)
      #expect(try await JournalLocation.file(folder.journal).health().isWritable == false)
      #expect(try await JournalLocation.file(folder.path + "/x/j.sqlite").health().isWritable == false)
      try setMode(of: folder.path, to: 0o700)
    }
  }

  @Test("of a schema that does not exist is known without creating it, and so is whether it could be")
  func missingSchema() async throws {
    let database = try JournalDatabase()
    let health = try await JournalLocation.postgres(database.address).health()
    #expect(health.version == nil && health.isWritable && health.unfinished.isEmpty && health.roundTrip != nil)
    #expect(try database.server.sql("SELECT to_regnamespace('\(database.schema)') IS NULL") == "t")

    let user = "r\(database.schema.dropFirst())"
    try database.server.sql("CREATE ROLE \(user) LOGIN")
    let limited = try PostgresAddress(database.server.url(schema: database.schema, user: user))
    #expect(try await JournalLocation.postgres(limited).health().isWritable == false)
    try database.server.sql("CREATE SCHEMA \(database.schema) AUTHORIZATION \(user)")
    #expect(try await JournalLocation.postgres(limited).health().isWritable)
  }

  @Test("of tables that another user may only read says that they can't be written")
  func readOnlyTables() async throws {
    let database = try JournalDatabase()
    let journal = database.journal()
    try await journal.prepare()
    await journal.close()
    let user = "r\(database.schema.dropFirst())"
    try database.server.sql(
      """
      CREATE ROLE \(user) LOGIN; GRANT USAGE ON SCHEMA \(database.schema) TO \(user);
      GRANT SELECT ON ALL TABLES IN SCHEMA \(database.schema) TO \(user)
      """)
    let limited = try PostgresAddress(database.server.url(schema: database.schema, user: user))
    let health = try await JournalLocation.postgres(limited).health()
    #expect(health.version == 1 && !health.isWritable)
    try database.server.sql("ALTER ROLE \(user) SET default_transaction_read_only = on")
    #expect(try await JournalLocation.postgres(limited).health().isWritable == false)
  }

  @Test("of a server that can't be reached, and of another database's schema, is an error")
  func unreachable() async throws {
    let nowhere = try PostgresAddress("postgresql://wh@/postgres?host=/nowhere&port=5432")
    await expectError(.unreachable) { _ = try await JournalLocation.postgres(nowhere).health() }
    let database = try JournalDatabase()
    try database.server.sql("CREATE SCHEMA \(database.schema); CREATE TABLE \(database.schema).other (x int)")
    await expectError(.notAJournal) { _ = try await JournalLocation.postgres(database.address).health() }
  }

  @Test("of a damaged file, or one that is not a journal, is an error")
  func damaged() async throws {
    try await withTemporaryFolder { folder in
      try Data(repeating: 0xA5, count: 100_000).write(to: URL(filePath: folder.journal))
      await expectError(.notAJournal) { _ = try await JournalLocation.file(folder.journal).health() }
    }
  }
}
