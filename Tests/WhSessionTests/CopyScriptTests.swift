import Testing
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

/// `dump as create`, run on another app.
@Suite struct CopyScriptTests {
  private static func webhook(_ id: String, _ url: String, _ events: [String], _ headers: [Header] = []) -> Webhook {
    Webhook(
      id: WebhookID(unchecked: id), appID: AppID(unchecked: "app_1"), url: url, events: events,
      headers: Headers(headers))
  }

  private static let secret = Header(name: "X-Signature", value: "s3cret-value")

  private static func source(_ webhooks: Webhook...) -> FakeAPIClient {
    FakeAPIClient([Harness.app("app_1", "one"): webhooks, Harness.app("app_2", "two"): []])
  }

  private static func dump(_ client: FakeAPIClient) async throws -> String {
    let trace = await (try Harness(client)).run("use app one; webhook *; dump as create")
    #expect(trace.codes == [])
    return try #require(trace.scripts.first)
  }

  /// What an app holds, but for the ids.
  private static func contents(_ app: String, _ client: FakeAPIClient) async throws -> [String] {
    let trace = await (try Harness(client)).run("use app \(app); show webhooks")
    return trace.outputs.flatMap { output -> [String] in
      guard case .webhooks(let rows, _) = output else { return [] }
      return rows.map { row in
        let headers = row.webhook.headers.all.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        return "\(row.webhook.url) \(row.webhook.events) \(headers)"
      }
    }.sorted()
  }

  private static let contents: [[Webhook]] = [
    [webhook("w1", "https://a.example/x", ["A", "B"], [Header(name: "X-Team", value: "red blue")])],
    // One url twice: the condition of one must not hold for the other, whatever comes first.
    [webhook("w1", "https://a.example", ["A", "B"]), webhook("w2", "https://a.example", ["A"])],
    [webhook("w1", "https://a.example", ["A"]), webhook("w2", "https://a.example", ["B"])],
    [webhook("w1", "https://a.example", ["x.y", "NEW_*"]), webhook("w2", "https://b.example", ["A"], [secret])],
    [webhook("w1", "https://a.example", ["A"], [secret, Header(name: "X-B", value: "2")])],
  ]

  @Test(arguments: contents)
  func recreatesOnAnotherAppAndASecondRunChangesNothing(_ webhooks: [Webhook]) async throws {
    let client = FakeAPIClient([Harness.app("app_1", "one"): webhooks, Harness.app("app_2", "two"): []])
    let script = try await Self.dump(client)
    #expect(!script.contains("s3cret"))
    let scope = Scope(fixed: ["app": "two", "x_signature": "s3cret-value"])
    func run() async throws -> Trace { await (try Harness(client, answer: true, scope: scope)).run(script) }
    #expect(try await run().codes == [])
    #expect(try await Self.contents("two", client) == Self.contents("one", client))
    await client.forgetCalls()
    #expect(try await run().codes == [])
    #expect(await client.calls.allSatisfy { !$0.hasPrefix("post") })
  }

  @Test func withoutItsSecretsTheScriptIsRefused() async throws {
    let script = try await Self.dump(Self.source(Self.webhook("w1", "https://a.example", ["A"], [Self.secret])))
    #expect(LanguageTests.bind(script).diagnostics.filter { $0.severity == .error }.map(\.code) == [.emptyText])
  }

  /// Two headers of one name and value are one secret; of one name and two values they are two.
  @Test func eachSecretIsAVariable() async throws {
    let other = Header(name: "x-signature", value: "0ther-value")
    let script = try await Self.dump(
      Self.source(
        Self.webhook("w1", "https://a.example", ["A"], [Self.secret]),
        Self.webhook("w2", "https://b.example", ["A"], [Self.secret]),
        Self.webhook("w3", "https://c.example", ["A"], [other])))
    #expect(
      script.split(separator: "\n").filter { $0.hasPrefix("let x_") } == [
        "let x_signature = \"\"", "let x_signature_2 = \"\"",
      ])
    #expect(script.contains("https://b.example events A header X-Signature ${x_signature} "))
    #expect(script.contains("https://c.example events A header x-signature ${x_signature_2} "))
  }

  @Test func whatNoStatementCanCreateIsAComment() async throws {
    let client = Self.source(
      Self.webhook("w1", "https://a.example/{id}\nset url x", ["A"]),
      Self.webhook("w2", "https://b.example", ["B\u{200B}"]),
      Self.webhook("w3", "https://c.example", ["A"]), Self.webhook("w4", "https://c.example", ["A"]))
    let script = try await Self.dump(client)
    let statements = script.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      statements == [
        "config strict off", "let app = one", "use app ${app}",
        "create webhook https://c.example events A unless url = https://c.example and event A", "commit",
      ])
    #expect(script.split(separator: "\n").count { $0.contains(": left out") } == 3)
  }
}
