import Testing
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

@testable import WhMigrations

@Suite("M5: a folder has a plan")
struct FaultsM5 {
  private let bench = Bench(["1-a.wh": Bench.edit("a"), "2-b.wh": Bench.edit("b")])

  @Test("M5: a plan sends and records nothing, and each script sees the changes of those before it")
  func plan() async throws {
    bench["2-b.wh"] =
      "use app *\nwebhook where url ~ *example.com/a-*\nreplace url a- with b-\ncommit\nexpect url ~ *b-*\n"
    let planned = await bench.plan()
    #expect(planned.failure == nil && planned.isPending)
    #expect(bench.take() == ["applying 1-a.wh", "applying 2-b.wh"])
    #expect(await bench.writes.isEmpty && bench.identity == nil)
    #expect(try await bench.log.runs().isEmpty)
    #expect(await bench.plan(to: "1-a.wh").isPending)
    #expect(bench.take() == ["applying 1-a.wh"])
    #expect(await bench.up() == nil)
    _ = bench.take()
    #expect(await bench.plan().isPending == false)
    #expect(bench.take() == ["nothing pending"])
  }

  @Test("M5: a plan that ends at an expectation fails as `up` would")
  func planThatFails() async {
    bench["1-a.wh"] = Bench.edit("a") + "expect url ~ *nothing*\n"
    let planned = await bench.plan()
    #expect(planned.failure == .failed)
    #expect(bench.take() == ["applying 1-a.wh"])
  }

  @Test("M5: a plan refuses what `up` would refuse, and counts only the apps that are left")
  func likeUp() async {
    #expect(await bench.plan(to: "9-none").failure == .failed)
    #expect(bench.take() == ["error unknown-script"])
    await bench.client.fail("put app_2/v1", with: APIError(.invalid, status: 400, message: "no"), times: 1)
    #expect(await bench.up(to: "1-a") == .failed)
    _ = bench.take()
    #expect(await bench.plan(to: "1-a").isPending)
    #expect(bench.take() == ["catching up 1-a.wh"])
    #expect(await bench.up(to: "1-a") == nil)
    _ = bench.take()
    bench["1-a.wh"] = nil
    #expect(await bench.plan().failure == .failed)
    #expect(bench.take() == ["error missing-script"])
  }

  // MARK: The status

  @Test("M5: the status of a script whose apps can't be told does not hide the others")
  func brokenSelection() async {
    bench["1-b.wh"] = Bench.edit("x", apps: "nosuch")
    let status = await bench.status()
    #expect(status == MigrationResult(failure: .failed))
    #expect(bench.take() == ["error unknown-app", "1-a.wh pending 0+2, 1-b.wh pending 0+?, 2-b.wh pending 0+2"])
  }

  @Test("M5: a server that fails is asked once, and what is known is shown")
  func failingServer() async {
    #expect(await bench.up(to: "1-a") == nil)
    _ = bench.take()
    await bench.client.fail("apps", with: APIError(.unreachable, message: "no route"), times: 9)
    let status = await bench.status()
    #expect(status.failure == .unreachable)
    #expect(bench.take() == ["error api-unreachable", "1-a.wh applied 2+?, 2-b.wh pending 0+?"])
  }

  @Test("M5: an edited or missing script contradicts the ledger", arguments: ["edited", "vanished", "sourced"])
  func contradicted(_ kind: String) async {
    bench["common.inc"] = "let a = b\n"
    bench["3-c.wh"] = "source \"common.inc\"\nuse app one\n"
    #expect(await bench.up() == nil)
    #expect(await bench.status() == MigrationResult())
    switch kind {
    case "edited": bench["1-a.wh"] = Bench.edit("z")
    case "vanished": bench["1-a.wh"] = nil
    default: bench["common.inc"] = "let a = c\n"
    }
    #expect(await bench.status() == MigrationResult(isContradicted: true))
  }

  // MARK: Variables

  @Test("M5: a variable of the command line that no script uses is named once, by every command")
  func unusedVariables() async {
    bench["2-b.wh"] = "use app ${apps}\nwebhook *\n"
    let setting = Bench.Setting(variables: ["apps": "one", "app": "two"])
    for work in [
      { _ = await bench.status(setting) }, { _ = await bench.up(setting) }, { _ = await bench.verify(setting) },
    ] {
      await work()
      #expect(bench.take().filter { $0.hasPrefix("unused") } == ["unused app"])
    }
  }
}
