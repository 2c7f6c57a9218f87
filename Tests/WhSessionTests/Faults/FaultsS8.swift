import Testing
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@Suite("S8: what the service holds is valid, whatever an author may write")
struct FaultsS8 {
  static let odd = [
    "https://user:pw@old.example.com/h", "https://old.example.com/{id}", "https://old.example.com/a|b",
    "https://old.example.com/a b", "https://old.example.com/" + String(repeating: "x", count: 2100),
    "http://old.example.com/plain", "HTTPS://OLD.example.com/%zz", "https://old.example.com/\"q\"?a=${x}#f", "",
    "not a url", "https://old.example.com/é", "ftp://old.example.com/x",
  ]

  private static func client(_ url: String) async -> FakeAPIClient {
    let client = Harness.twoApps()
    await client.change("w1", WebhookPatch(url: url))
    return client
  }

  @Test("S8: a dump of it runs and changes nothing", arguments: odd, ["dump", "dump strict"])
  func dumps(url: String, statement: String) async throws {
    let client = await Self.client(url)
    let dumped = await (try Harness(client)).run("use app *; webhook *; \(statement)")
    let script = try #require(dumped.scripts.first)
    let again = await (try Harness(client, isDryRun: true)).run(script)
    #expect(again.codes == [] && again.diagnostics.filter { $0.severity == .error }.isEmpty, "\(script)")
    #expect(await client.calls.filter { $0.hasPrefix("put") } == [], "\(script)")
  }

  @Test(
    "S8: an edit of another part, or of other webhooks, is not refused for it", arguments: odd,
    [
      "add event MESSAGE_READ", "set header X-A b", "remove event MESSAGE_SENT", "clear headers",
      "replace url nothing-like-it with x", "replace host nothing.example.com with x.example.com",
      "set url https://new.example.com/${webhook.id}",
    ])
  func edits(url: String, edit: String) async throws {
    let client = await Self.client(url)
    let trace = await (try Harness(client)).run("use app one; webhook *; \(edit); commit")
    #expect(trace.codes == [], "\(url)")
    let writes = await client.calls.filter { $0.hasPrefix("put app_1/w1") }
    #expect(writes.allSatisfy { edit.hasPrefix("set url") || !$0.contains("url=") }, "\(writes)")
  }

  @Test(
    "S8: a host of an odd url is replaced, and the rest of it stays",
    arguments: [
      ("https://user:pw@old.example.com/h", "https://user:pw@new.example.com/h"),
      ("https://old.example.com/{id}", "https://new.example.com/{id}"),
      ("https://old.example.com/a|b", "https://new.example.com/a|b"),
      ("https://old.example.com/a b", "https://new.example.com/a b"),
    ], ["replace url old.example.com with new.example.com", "replace host old.example.com with new.example.com"])
  func moved(urls: (String, String), edit: String) async throws {
    let client = await Self.client(urls.0)
    let trace = await (try Harness(client)).run("use app one; webhook *; \(edit); commit")
    #expect(trace.codes == [])
    #expect(await client.webhook("w1")?.url == urls.1)
    for id in ["w2", "w3"] { #expect(await client.webhook(id)?.url == "https://new.example.com/\(id)") }
  }

  @Test(
    "S8: what the author newly writes is checked as ever",
    arguments: [
      "https://x.example/{id}", "https://x.example/a b", "not-a-url", "https://x.example/a|b", "https://u:p@x.example/",
    ])
  func authors(url: String) {
    #expect(Bound("set url \"\(url)\"").script.hasErrors, "\(url)")
  }
}
