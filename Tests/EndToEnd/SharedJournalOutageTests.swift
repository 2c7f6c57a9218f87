import Foundation
import Testing
import WhTestSupport

@Suite("A shared journal whose database goes away")
struct SharedJournalOutageTests {
  private let one: Home
  private let two: Home

  init() throws {
    one = try Home()
    two = try Home()
  }

  private func make(apps: Int, on database: PostgresServer? = nil) throws -> SharedJournal {
    for home in [one, two] { try home.write("scripts/1-a.wh", SharedJournal.script("a")) }
    return try SharedJournal(apps: apps, on: database)
  }

  @Test("A run goes on after its connection to the journal was ended", arguments: [1, 20])
  func backendEnded(write: Int) async throws {
    let shared = try make(apps: 12)
    let gate = shared.service.hold(write)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    let backends = try shared.backends()
    #expect(backends.count == 1)
    for backend in backends { try shared.database.sql("SELECT pg_terminate_backend(\(backend), 10000)") }
    gate.open()
    let run = try await child.finished()
    #expect(run.exit == 0, "\(run.testDescription)")
    try await expectDone(shared)
  }

  @Test("A run goes on after the database has crashed and come back")
  func crashed() async throws {
    let shared = try make(apps: 12, on: PostgresServer())
    let gate = shared.service.hold(10)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    try shared.database.stopAtOnce()
    gate.open()
    try shared.database.start()
    let run = try await child.finished()
    #expect(run.exit == 0, "\(run.testDescription)")
    try await expectDone(shared)
  }

  @Test("A run whose database crashes while it is killed is finished from another machine")
  func crashedAndKilled() async throws {
    let shared = try make(apps: 12, on: PostgresServer())
    let gate = shared.service.hold(10)
    let child = try WhChild(one, ["run", "scripts/1-a.wh"], environment: shared.environment)
    try await gate.reached()
    try shared.database.stopAtOnce()
    child.signal(SIGKILL)
    gate.open()
    _ = try await child.finished()
    try await shared.server.drained()
    let away = try await two.wh("resume", environment: shared.environment)
    #expect(away.exit == 73 && away.error.contains("can't be reached"), "\(away.testDescription)")
    try shared.database.start()
    let resumed = try await two.wh("resume", environment: shared.environment)
    #expect(resumed.exit == 0, "\(resumed.testDescription)")
    #expect(shared.wrong(after: "a") == [:])
    let check = try await two.wh("runs", "check", environment: shared.environment)
    #expect(check.exit == 0, "\(check.testDescription)")
  }

  private func expectDone(_ shared: SharedJournal) async throws {
    #expect(shared.wrong(after: "a") == [:])
    #expect(shared.service.writes == 12 * ManyApps.webhooksPerApp)
    let listed = try await two.wh("runs", "--output", "json", environment: shared.environment)
    #expect(listed.output.contains(#""state":"finished""#), "\(listed.testDescription)")
    let check = try await two.wh("runs", "check", environment: shared.environment)
    #expect(check.exit == 0, "\(check.testDescription)")
  }
}
