import Testing
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

@testable import WhMigrations

@Suite("Applying a folder of scripts")
struct MigratorTests {
  private let bench = Bench(["1-a.wh": Bench.edit("a"), "2-b.wh": Bench.edit("b")])

  private func url(_ id: String) async -> String? { await bench.client.webhook(id)?.url }

  @Test("Each script is applied once per app, in order")
  func up() async {
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["identified", "applying 1-a.wh", "applying 2-b.wh"])
    for id in ["w1", "w2", "v1"] { #expect(await url(id) == "https://old.example.com/b-a-\(id)") }
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["nothing pending"])
    #expect(await bench.writes.count == 6)
  }

  @Test("Only up to a script; with an unknown script nothing is run")
  func upTo() async {
    #expect(await bench.up(to: "1-a.wh") == nil)
    #expect(bench.take() == ["identified", "applying 1-a.wh"])
    #expect(await bench.up(to: "1-a") == nil)
    #expect(bench.take() == ["nothing pending"])
    #expect(await bench.up(to: "1-") == .failed)
    #expect(bench.take() == ["error unknown-script"])
    let status = await bench.status()
    #expect(status.isPending && bench.take() == ["1-a.wh applied 2+0, 2-b.wh pending 0+2"])
  }

  @Test("A failure stops it, and the next time it continues with the apps that are left")
  func failure() async {
    await bench.client.fail(
      "put app_2/v1", with: APIError(.invalid, status: 400, message: "no"), times: 1)
    #expect(await bench.up() == .failed)
    #expect(bench.take() == ["identified", "applying 1-a.wh"])
    _ = await bench.status()
    #expect(bench.take() == ["1-a.wh failed 1+1, 2-b.wh pending 0+2"])
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["catching up 1-a.wh", "applying 2-b.wh"])
    for id in ["w1", "w2", "v1"] { #expect(await url(id) == "https://old.example.com/b-a-\(id)") }
  }

  @Test("A read-only folder without an id is not applied")
  func readOnly() async {
    bench.setReadOnly()
    #expect(await bench.up() == .unreadableFile)
    #expect(bench.take() == ["error unwritable-file"])
    #expect(await bench.writes.isEmpty)
    #expect(await bench.plan().isPending)
  }

  @Test("A baseline counts as applied and is not run")
  func baseline() async {
    #expect(await bench.baseline("1-a.wh") == nil)
    #expect(bench.take() == ["identified", "baselined 1"])
    #expect(await bench.up() == nil)
    #expect(bench.take() == ["applying 2-b.wh"])
    #expect(await url("w1") == "https://old.example.com/b-w1")
    #expect(await bench.baseline("none.wh") == .failed)
  }
}
