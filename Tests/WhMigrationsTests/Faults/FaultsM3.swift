import Testing
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

@testable import WhMigrations

@Suite("M3: verifying only looks")
struct FaultsM3 {
  private let bench = Bench(["1-a.wh": Bench.edit("a"), "2-b.wh": Bench.edit("b")])

  @Test("M3: verifying nothing is not success")
  func verifyingNothing() async {
    #expect(await bench.verify() == .failed)
    #expect(bench.take() == ["error nothing-verified"])
    #expect(await bench.up() == nil)
    _ = bench.take()
    #expect(await bench.verify() == .failed, "no script expects anything")
    #expect(bench.take() == ["error nothing-verified"])
  }

  @Test("M3: applied scripts are verified without writes; others are skipped")
  func verifying() async {
    bench["2-b.wh"] = Bench.edit("b") + "expect url ~ *b-*\n"
    bench["3-c.wh"] = "use app *\nwebhook *\nexpect url ~ *none*\n"
    #expect(await bench.up(to: "2-b.wh") == nil)
    _ = bench.take()
    await bench.client.forgetCalls()
    #expect(await bench.verify() == nil)
    #expect(bench.take() == ["1-a.wh expects nothing", "2-b.wh as expected"])
    await bench.client.change("v1", WebhookPatch(url: "https://old.example.com/changed"))
    #expect(await bench.verify() == .failed)
    #expect(bench.take() == ["1-a.wh expects nothing", "2-b.wh not as expected"])
    #expect(await bench.writes.isEmpty)
  }

  @Test(
    "M3: statements that write anything are left out",
    arguments: [
      "record \"f\"", "record stop", "dump \"f\"", "dump > f", "dump >! f", "dump >> f", "dump strict \"f\"",
      "show webhooks > f", "show webhooks as json > f", "show | cat", "diff | cat", "status >> f", "commit",
      "set url https://x.example", "webhook * set url https://x.example", "add event MESSAGE_SENT",
      "create webhook https://x.example events MESSAGE_SENT", "delete webhook", "undo", "undo 1; commit",
      "source \"writes.inc\"",
    ])
  func writing(_ text: String) async throws {
    bench["writes.inc"] = "record \"f\"\nset url https://x.example\ncommit\ndump > f\n"
    let files = ["m/writes.inc": "record \"f\"\nset url https://x.example\ncommit\ndump > f\n"]
    let binder = Binder(readFile: FakeWorld(files: files).effects.readFile, redactor: Redactor())
    let source = Source(name: "m/1.wh", text: "use app *\nwebhook *\n\(text)\nexpect url ~ https://*\n", folder: "m")
    let script = BoundScript(source, binder, in: Scope())
    #expect(script.diagnostics.filter { $0.severity == .error }.isEmpty)
    let left = script.harmless
    #expect(left.filter(\.isExpectation).count == 1)
    for statement in left {
      #expect(statement.printing?.isOnScreen != false, "\(statement.origin.statement)")
      let kind = statement.command.work.kind
      #expect(![.commits, .stages, .edits].contains(kind), "\(statement.origin.statement)")
    }
    bench["1-a.wh"] = "use app *\nwebhook *\n\(text)\nexpect url ~ https://*\n"
    #expect(await bench.baseline("1-a.wh") == nil)
    #expect(await bench.verify() == nil)
    #expect(await bench.client.calls.allSatisfy { call in ["apps", "list", "get"].contains { call.hasPrefix($0) } })
  }
}
