import Testing
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhTestSupport

@testable import WhMigrations

@Suite("The plan of a folder that is kept and applied")
struct PlannedMigrationTests {
  private let bench = Bench([
    "1-a.wh": Bench.edit("a"), "2-b.wh": Bench.edit("b", apps: "one") + "expect url ~ *b-a-*\n",
  ])

  private func url(_ id: String) async -> String? { await bench.client.webhook(id)?.url }

  private func plan() async throws -> PlanFile {
    let file = try #require(try await bench.kept())
    _ = bench.take()
    return file
  }

  @Test("Each webhook gets one request with what all scripts make of it, and each script is recorded for its apps")
  func applied() async throws {
    let file = try #require(try await bench.kept())
    #expect(bench.take() == ["applying 1-a.wh", "applying 2-b.wh", "identified"])
    let migration = try #require(file.source.migration)
    #expect(migration.folder == bench.identity?.id)
    #expect(migration.steps.map(\.script.name) == ["1-a.wh", "2-b.wh"])
    #expect(migration.steps.map { $0.apps.map(\.text) } == [["app_1", "app_2"], ["app_1"]])
    #expect(await bench.writes.isEmpty)
    #expect(await bench.apply(file) == nil)
    #expect(bench.take() == ["recorded 1-a.wh 2", "recorded 2-b.wh 1"])
    #expect(await bench.writes.count == 3)
    for (id, prefix) in [("w1", "b-a-"), ("w2", "b-a-"), ("v1", "a-")] {
      #expect(await url(id) == "https://old.example.com/\(prefix)\(id)")
    }
    _ = await bench.status()
    #expect(bench.take() == ["1-a.wh applied 2+0, 2-b.wh applied 1+0"])
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["nothing pending"])
    #expect(await bench.apply(file) == nil, "the same plan again")
    #expect(await bench.writes.count == 3)
  }

  @Test("Up to a script, and where nothing is pending")
  func last() async throws {
    let file = try #require(try await bench.kept(to: "1-a"))
    #expect(await bench.apply(file) == nil)
    _ = bench.take()
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["applying 2-b.wh"])
    let nothing = try #require(try await bench.kept())
    #expect(nothing.source.migration?.steps == [] && nothing.changeCount == 0)
    #expect(await bench.apply(nothing) == nil)
    #expect(try await bench.kept(to: "nosuch") == nil)
  }

  @Test("A plan is refused once one of its scripts was applied otherwise, edited, or marked as applied")
  func otherLedger() async throws {
    let file = try await plan()
    #expect(await bench.up(to: "1-a") == nil)
    let writes = await bench.writes.count
    #expect(await bench.apply(file) == .failed)
    #expect(bench.take() == ["applying 1-a.wh", "error edited-script"])
    let second = try await plan()
    #expect(await bench.baseline("2-b.wh") == nil)
    #expect(await bench.apply(second) == .failed)
    #expect(bench.take() == ["baselined 2", "error edited-script"])
    #expect(await bench.writes.count == writes)
  }

  @Test("A script that was applied to some apps is planned for the others")
  func some() async throws {
    await bench.client.fail("put app_2/v1", with: APIError(.invalid, status: 400, message: "no"), times: 1)
    #expect(await bench.up() == .failed)
    let file = try await plan()
    #expect(file.source.migration?.steps.map { $0.apps.map(\.text) } == [["app_2"], ["app_1"]])
    #expect(await bench.apply(file) == nil)
    _ = await bench.status()
    #expect(bench.take() == ["recorded 1-a.wh 1", "recorded 2-b.wh 1", "1-a.wh applied 2+0, 2-b.wh applied 1+0"])
  }

  @Test("An app with a conflict is left, and `up` applies the scripts to it")
  func conflict() async throws {
    let file = try await plan()
    let other = WebhookPatch(url: "https://old.example.com/theirs")
    _ = await bench.client.send(
      Change(
        app: Bench.app("app_2", "two"), webhookID: WebhookID(unchecked: "v1"), action: .update(before: nil, other)),
      SendingTerms())
    #expect(await bench.apply(file) == .failed)
    #expect(bench.take() == ["recorded 1-a.wh 1", "recorded 2-b.wh 1"])
    _ = await bench.status()
    #expect(bench.take() == ["1-a.wh failed 1+1, 2-b.wh applied 1+0"])
    #expect(await bench.up() == nil)
    #expect(await url("v1") == "https://old.example.com/a-theirs")
    #expect(await url("w1") == "https://old.example.com/b-a-w1")
    #expect(await bench.apply(file) == .failed, "app_2 was done by another run")
  }

  @Test("A plan that was killed before it recorded its scripts keeps `up` back until it is applied again")
  func killed() async throws {
    let file = try await plan()
    #expect(await bench.applyUnrecorded(file) == nil)
    #expect(await bench.up() == .failed)
    #expect(await bench.plan().failure == .failed)
    #expect(bench.take() == ["error unfinished-run", "error unfinished-run"])
    #expect(await bench.apply(file) == nil)
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["recorded 1-a.wh 2", "recorded 2-b.wh 1", "nothing pending"])
    #expect(await bench.writes.count == 3)
  }

  @Test("A conflict that is found when a killed plan is applied again is recorded with the rest")
  func killedAndChanged() async throws {
    let file = try await plan()
    #expect(await bench.applyUnrecorded(file) == nil)
    let other = WebhookPatch(url: "https://old.example.com/theirs")
    _ = await bench.client.send(
      Change(
        app: Bench.app("app_2", "two"), webhookID: WebhookID(unchecked: "v1"), action: .update(before: nil, other)),
      SendingTerms())
    #expect(await bench.apply(file) == .failed)
    _ = await bench.status()
    #expect(bench.take() == ["recorded 1-a.wh 1", "recorded 2-b.wh 1", "1-a.wh failed 1+1, 2-b.wh applied 1+0"])
    #expect(await bench.writes.count == 4)
  }

  @Test("A plan that was stopped part-way is recorded once its run is finished and it is applied again")
  func stopped() async throws {
    let file = try await plan()
    let error = APIError(.keyRefused, status: 401, message: "no")
    await bench.client.fail("put app_1/w2", with: error, times: 1)
    #expect(await bench.apply(file) == .keyRefused)
    #expect(bench.take() == ["not recorded"])
    #expect(await bench.up() == .failed)
    #expect(bench.take() == ["error unfinished-run"])
    try await bench.log.abandon(1)
    #expect(await bench.apply(file) == nil)
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["recorded 1-a.wh 2", "recorded 2-b.wh 1", "nothing pending"])
    for (id, prefix) in [("w1", "b-a-"), ("w2", "b-a-"), ("v1", "a-")] {
      #expect(await url(id) == "https://old.example.com/\(prefix)\(id)")
    }
  }

  @Test("A run of a plan that was undone or given up keeps nothing back")
  func givenUp() async throws {
    let file = try await plan()
    #expect(await bench.applyUnrecorded(file) == nil)
    let run = try #require(try await bench.log.runs().first)
    #expect(run.metadata.note?.hasPrefix("migration ") == true)
    #expect(PlannedMigration.isRun(of: bench.identity?.id ?? "", note: run.metadata.note))
    #expect(!PlannedMigration.isRun(of: "other", note: run.metadata.note))
    _ = try await bench.log.begin(
      RunMetadata(
        kind: .undo(of: run.number), profile: "p", host: "https://api.example.com", user: "me", version: "1",
        startedAt: Moment(milliseconds: 0)), []
    ).finish()
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["applying 1-a.wh", "applying 2-b.wh"])
  }
}
