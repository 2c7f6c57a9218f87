import Testing
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@Suite("S9: a strict dump shows every difference")
struct FaultsS9 {
  private static func dump(_ harness: Harness, _ statement: String = "dump strict") async throws -> String {
    try #require(await harness.run("use app *; webhook *; \(statement)").scripts.first)
  }

  @Test(
    "S9: on the service it comes from, it changes nothing and all is as expected", arguments: ["dump", "dump strict"])
  func unchanged(_ statement: String) async throws {
    let harness = try Harness()
    let script = try await Self.dump(harness, statement)
    let again = try Harness(harness.client)
    await again.client.forgetCalls()
    let trace = await again.run(script)
    #expect(trace.codes == [] && trace.diagnostics.isEmpty && trace.warnings == [])
    #expect(await again.client.calls.filter { $0.hasPrefix("put") } == [])
  }

  private typealias Drift = (name: String, work: @Sendable (FakeAPIClient) async -> Void)

  @Test("S9: each kind of drift is a difference, and the check goes on after it")
  func drift() async throws {
    @Sendable func headers(_ names: String...) -> WebhookPatch {
      WebhookPatch(headers: Headers(names.map { Header(name: $0, value: "sms") }))
    }
    let drifts: [Drift] = [
      ("a header was added", { await $0.change("w1", headers("X-Team", "X-Other")) }),
      ("one was added to a webhook with a secret", { await $0.change("w2", headers("X-Team", "X-Token", "X-Other")) }),
      ("a secret one was removed", { await $0.change("w2", headers("X-Team")) }),
      ("one was renamed", { await $0.change("w1", headers("X-Teams")) }),
      ("a webhook is gone", { await $0.remove("w1") }),
      ("one was created", { await $0.insert(Harness.webhook("w9", "app_1", ["MESSAGE_SENT"])) }),
    ]
    for drift in drifts {
      let client = Harness.twoApps()
      await client.change("w2", headers("X-Team", "X-Token"))
      let script = try await Self.dump(try Harness(client))
      await drift.work(client)
      let trace = await (try Harness(client, isDryRun: true)).run(script + "echo end\n")
      #expect(trace.codes.contains(.expectationFailed) && Set(trace.codes) == [.expectationFailed], "\(drift.name)")
      #expect(trace.texts == ["end"], "\(drift.name)")
    }
  }

  @Test(
    "S9: a webhook that is gone is one difference of a plain dump, and the rest is restored",
    arguments: [
      "use app *; webhook *", "use app one; webhook w1, w2", "use app one; webhook w1",
      "use app one, two; webhook w1, w2, v1",
    ],
    [Set(FakeAPIClient.Route.allCases), [.listApps, .getWebhook], [.listApps, .listWebhooks]])
  func gone(_ selection: String, _ routes: Set<FakeAPIClient.Route>) async throws {
    let client = Harness.twoApps(routes: routes)
    let dumped = await (try Harness(client)).run("\(selection); dump")
    guard let script = dumped.scripts.first else {
      #expect(!routes.contains(.listWebhooks) || !routes.contains(.listApps))
      return
    }
    await client.remove("w1")
    await client.change("w2", WebhookPatch(url: "https://new.example.com"))
    await client.forgetCalls()
    let trace = await (try Harness(client)).run(script + "echo end\n")
    #expect(trace.texts == ["end"] && !trace.codes.isEmpty, "\(script)")
    if routes.contains(.listWebhooks), selection.contains("*") {
      #expect(trace.codes == [.expectationFailed], "\(script)")
    }
    let isRestored = await client.webhook("w2")?.url == "https://old.example.com/w2"
    #expect(isRestored == script.contains("w2"), "\(script)")
  }

  @Test("S9: running a dump takes no more reads than it has to", arguments: [(1, 1), (40, 1), (250, 3)])
  func reads(webhooks: Int, pages: Int) async throws {
    let client = Harness.bigApp(webhooks)
    let script = try #require(await (try Harness(client)).run("use app one; webhook *; dump").scripts.first)
    await client.forgetCalls()
    #expect(await (try Harness(client)).run(script).codes == [])
    #expect(await client.calls.count(where: { $0.hasPrefix("list") || $0.hasPrefix("get") }) == pages)
    // Of a few among many each is read alone.
    let few = try #require(await (try Harness(client)).run("use app one; webhook where id = w001; dump").scripts.first)
    await client.forgetCalls()
    #expect(await (try Harness(client)).run(few).codes == [])
    #expect(await client.calls.count(where: { $0.hasPrefix("list") || $0.hasPrefix("get") }) == 1)
  }

  @Test("S9: a changed value is one too, of all fields")
  func values() async throws {
    let client = Harness.twoApps()
    let script = try await Self.dump(try Harness(client))
    await client.change("w1", WebhookPatch(url: "https://new.example.com"))
    await client.change("w2", WebhookPatch(events: ["MESSAGE_CREATED"]))
    await client.change("v1", WebhookPatch(headers: Headers([Header(name: "X-Team", value: "other")])))
    let harness = try Harness(client, isDryRun: true)
    await harness.run(script)
    #expect(harness.dryRuns.plan.changes.count == 3)
  }

  @Test("S9: names of headers are compared in any case and order", arguments: ["X-A, x-b", "x-B,X-a", " x-a ,x-b"])
  func names(_ names: String) async throws {
    let harness = try Harness()
    await harness.client.change(
      "w1", WebhookPatch(headers: Headers([Header(name: "x-a", value: "1"), Header(name: "X-B", value: "2")])))
    let trace = await harness.run("use app app_1; webhook w1; expect headers = \"\(names)\"; expect not headers = X-A")
    #expect(trace.codes == [])
  }
}

@Suite("H1: a dump is its statements and nothing else")
struct FaultsH1 {
  @Test(
    "H1: foreign text never becomes a statement, in any field",
    arguments: [
      "X\nset url https://evil.example", "X; delete webhook", "# x", "a\r\nb", "\"", "'", "\\", "${x}", "“x”",
      "a\u{0}b",
      "*", "a, b", "", " ", "{}", "x|y", String(repeating: "x", count: 9000),
    ])
  func foreign(_ text: String) async throws {
    for patch in [
      WebhookPatch(url: text), WebhookPatch(url: "https://x.example/" + text), WebhookPatch(events: [text]),
      WebhookPatch(events: ["MESSAGE_SENT", text]), WebhookPatch(headers: Headers([Header(name: text, value: "v")])),
      WebhookPatch(headers: Headers([Header(name: "X-A", value: text)])),
      WebhookPatch(headers: Headers([Header(name: "X-Token", value: text)])),
    ] {
      let client = Harness.twoApps()
      await client.change("w1", patch)
      for statement in ["dump", "dump strict"] {
        let trace = await (try Harness(client)).run("use app one; webhook *; \(statement)")
        #expect(trace.codes == [])
        let script = try #require(trace.scripts.first)
        let again = await (try Harness(client, isDryRun: true)).run(script)
        #expect(again.codes == [], "\(script)")
        let writes = await client.calls.filter { $0.hasPrefix("put") }
        #expect(writes == [], "\(script)")
      }
    }
  }
}
