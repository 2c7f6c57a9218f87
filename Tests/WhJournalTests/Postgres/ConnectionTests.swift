import Foundation
import Testing
import WhDomain
import WhTestSupport

@testable import WhJournal

@Suite("The connection to PostgreSQL")
struct ConnectionTests {
  private let changes = Samples.updates(3)

  private func opened(_ limits: PostgresLink.Limits = PostgresLink.Limits()) async throws -> (
    JournalDatabase, PostgresJournal
  ) {
    let database = try JournalDatabase()
    let journal = database.journal(ManualTime(), limits)
    try await journal.prepare()
    return (database, journal)
  }

  @Test("is made again when it was lost, and nothing is forgotten")
  func lost() async throws {
    let (database, journal) = try await opened()
    let run = try await journal.begin(Samples.metadata(), changes)
    run.record(Samples.done(changes[0]), at: 0)
    try database.endConnections()
    run.record(Samples.done(changes[1]), at: 1)
    try await run.flush()
    #expect(run.problem == nil)
    try database.endConnections()
    #expect(try await run.append([Samples.creation]) == 3..<4)
    try database.endConnections()
    #expect(try await journal.run(1).counts == [.updated: 2, .unknown: 2])
    try database.endConnections()
    #expect(try await run.finish().openCount == 2)
    try database.endConnections()
    #expect(try await journal.begin(Samples.metadata(), []).number == 2)
  }

  @Test("that was lost has kept its lock when it is made again")
  func lockKept() async throws {
    let (database, journal) = try await opened()
    let other = database.journal(application: "another")
    let lock = try await journal.lockDefault()
    let run = try await journal.begin(Samples.metadata(), changes)
    try database.endConnections()
    try await run.ready()
    run.record(Samples.done(changes[0]), at: 0)
    try await run.flush()
    await #expect(throws: LockProblem.held(by: Samples.holder)) { try await other.lockDefault() }
    #expect(try await other.run(1).state == .running)
    await lock.release()
    let next = try await other.lockDefault()
    await next.release()
  }

  @Test("that was lost has lost its lock where another process took it")
  func lockTaken() async throws {
    let (database, journal) = try await opened()
    let lock = try await journal.lockDefault()
    let run = try await journal.begin(Samples.metadata(), changes)
    run.record(Samples.done(changes[0]), at: 0)
    try database.endConnections()
    let other = database.journal(application: "another")
    let second = LockHolder(processID: 7, user: "bob", since: .sample, machine: "build-7")
    let taken = try await other.lock(profile: "default", host: "api.example.com", holder: second)
    // The lock was lost, and nobody holds it on behalf of the first process, which must not write any more.
    await expectError(.taken(by: second)) { try await run.flush() }
    await expectError(.taken(by: second)) { try await run.ready() }
    await expectError(.taken(by: second)) { _ = try await run.append(changes) }
    #expect(run.problem?.kind == .taken(by: second))
    await taken.release()
    // Also after the other one has ended: its run may have done what this one would send.
    await expectError(.taken(by: second)) { try await run.ready() }
    await lock.release()
    #expect(try await journal.run(1).counts == [.unknown: 3])
    let again = try await journal.lockDefault()
    await again.release()
  }

  @Test("that has ended is noticed before anything is written")
  func noticed() async throws {
    let (database, journal) = try await opened()
    let lock = try await journal.lockDefault()
    let run = try await journal.begin(Samples.metadata(), changes)
    #expect(run.isReady)
    for _ in 1...3 {
      try database.endConnections()
      #expect(!run.isReady)
      try await run.ready()
      #expect(run.isReady)
    }
    run.record(Samples.done(changes[0]), at: 0)
    try await run.flush()
    #expect(run.isReady)
    await lock.release()
  }

  @Test("that was lost leaves a run to the process that took it up, whose outcomes stay")
  func takenUp() async throws {
    let (database, journal) = try await opened()
    let lock = try await journal.lockDefault()
    let run = try await journal.begin(Samples.metadata(), changes)
    run.record(Outcome(changes[0], .unknown), at: 0)
    try database.endConnections()
    let other = database.journal(application: "another")
    let taken = try await other.lockDefault()
    let next = try await other.reopen(1)
    for index in 0...1 { next.record(Samples.done(changes[index]), at: index) }
    _ = try await next.finish()
    await taken.release()
    await expectError(.taken(by: nil)) { try await run.flush() }
    await lock.release()
    // Also once the lost lock was given back, and with another one.
    await expectError(.taken(by: nil)) { try await run.flush() }
    let again = try await journal.lockDefault()
    await expectError(.taken(by: nil)) { _ = try await run.finish() }
    #expect(run.problem?.kind == .taken(by: nil) && !run.isReady)
    #expect(try await other.run(1).counts == [.updated: 2, .unknown: 1])
    #expect(try await other.run(1).openCount == 1)
    await again.release()
  }

  @Test("that is lost while a run begins leaves none that is unfinished")
  func begun() async throws {
    let server = try PostgresServer()
    let database = try JournalDatabase(server)
    var limits = PostgresLink.Limits()
    limits.outage = .milliseconds(100)
    let journal = database.journal(ManualTime(), limits)
    try await journal.prepare()
    let lock = try await journal.lockDefault()
    try server.stopAtOnce()
    await expectError(.lost) { _ = try await journal.begin(Samples.metadata(), changes) }
    try server.start()
    #expect(try await journal.unfinished.isEmpty)
    #expect(try await journal.begin(Samples.metadata(), changes).number == 1)
    await lock.release()
  }

  @Test("is tried for a bounded time while a lock is held, and what is recorded is written when the server is back")
  func outage() async throws {
    let server = try PostgresServer()
    let database = try JournalDatabase(server)
    var limits = PostgresLink.Limits()
    limits.outage = .milliseconds(300)
    let journal = database.journal(ManualTime(), limits)
    try await journal.prepare()
    let lock = try await journal.lockDefault()
    let run = try await journal.begin(Samples.metadata(), changes)
    run.record(Samples.done(changes[0]), at: 0)
    try server.stopAtOnce()
    await expectError(.lost) { try await run.flush() }
    await expectError(.lost) { try await run.ready() }
    #expect(run.problem?.kind == .lost)
    run.record(Samples.done(changes[1]), at: 1)
    await expectError(.lost) { try await run.finish() }
    try server.start()
    #expect(try await run.finish().counts == [.updated: 2, .unknown: 1])
    #expect(run.problem == nil)
    try await run.ready()
    await lock.release()
    #expect(try await database.journal().check() == [])
  }

  @Test("that comes back in time is waited for, with all that goes on meanwhile")
  func restart() async throws {
    let server = try PostgresServer()
    let database = try JournalDatabase(server)
    let journal = database.journal()
    try await journal.prepare()
    let lock = try await journal.lockDefault()
    let run = try await journal.begin(Samples.metadata(), changes)
    try server.stopAtOnce()
    async let ready: Void = run.ready()
    run.record(Samples.done(changes[0]), at: 0)
    async let flushed: Void = run.flush()
    try server.start()
    try await ready
    try await flushed
    #expect(try await run.finish().counts == [.updated: 1, .unknown: 2])
    await lock.release()
  }

  @Test("is not waited for by a run that is interrupted")
  func interrupted() async throws {
    let server = try PostgresServer()
    let database = try JournalDatabase(server)
    let journal = database.journal()
    try await journal.prepare()
    let lock = try await journal.lockDefault()
    let run = try await journal.begin(Samples.metadata(), changes)
    try server.stopAtOnce()
    let task = Task { try await run.ready() }
    task.cancel()
    try await task.value
    try server.start()
    await lock.release()
  }

  @Test("is tried once without a lock")
  func unreachable() async throws {
    let server = try PostgresServer()
    let database = try JournalDatabase(server)
    let journal = database.journal()
    try await journal.prepare()
    try server.stopAtOnce()
    await expectError(.unreachable) { _ = try await journal.runs() }
    await expectError(.unreachable) { try await database.journal().prepare() }
    try server.start()
    #expect(try await journal.runs() == [])
  }

  @Test("is refused with a wrong password, which is not shown")
  func password() async throws {
    let database = try JournalDatabase()
    let server = database.server
    try server.sql(
      "DO $$ BEGIN CREATE ROLE locked LOGIN SUPERUSER PASSWORD 'correct-horse'; EXCEPTION WHEN duplicate_object THEN END $$"
    )
    func journal(_ password: String) throws -> PostgresJournal {
      PostgresJournal(try PostgresAddress(server.url(schema: database.schema, user: "locked:\(password)")), .live)
    }
    for url in ["wrong-canary", "wrong%2Dcanary"] {
      let error = await #expect(throws: JournalError.self) { try await journal(url).prepare() }
      #expect(error?.kind == .unreachable)
      #expect(error?.detail.contains("password authentication failed") == true)
      #expect(error?.description.contains("canary") == false)
    }
    try await journal("correct-horse").prepare()
  }

  @Test(
    "is not tried for a url that libpq does not understand, of which nothing is quoted",
    arguments: [
      "postgresql://a:secret@b:x:y/", "postgresql://h/?secret", "postgresql://h/d?nosuch=secret",
      "postgresql://[secret",
    ])
  func malformed(url: String) async throws {
    let journal = PostgresJournal(try PostgresAddress(url), .live)
    let error = await #expect(throws: JournalError.self) { try await journal.prepare() }
    #expect(error?.kind == .unreachable)
    #expect(error?.detail.contains("secret") == false, "\(error?.detail ?? "")")
  }

  @Test("has what durability needs, whatever the database is set to")
  func settings() async throws {
    let (database, _) = try await opened()
    try database.server.sql("ALTER ROLE \(PostgresServer.user) IN DATABASE postgres SET synchronous_commit = off")
    defer {
      _ = try? database.server.sql("ALTER ROLE \(PostgresServer.user) IN DATABASE postgres RESET synchronous_commit")
    }
    let journal = database.journal(application: "another")
    let setting = try await journal.link.perform { try $0.run("SHOW synchronous_commit").first?.text(0) }
    #expect(setting == "on")
  }
}
