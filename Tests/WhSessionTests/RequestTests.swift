import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

/// The fewest requests: what is read is read once, and only what differs is sent.
@Suite struct RequestTests {
  private static let seed =
    "use app app_1; webhook w1 set url https://example.com/webhook; add event MESSAGE_DELIVERED; commit"

  @Test(
    arguments: [
      // A `GET` for a lone webhook, one `PUT` with all edits of it.
      (
        seed,
        [
          "get app_1/w1",
          "put app_1/w1 url=https://example.com/webhook events=MESSAGE_CREATED,MESSAGE_SENT,MESSAGE_DELIVERED",
        ]
      ),
      ("use app app_1; webhook w1", ["get app_1/w1"]),
      ("use app app_1; webhook w1; webhook w1; show; status; diff; expect event MESSAGE_SENT", ["get app_1/w1"]),
      // A list page for several, for `*`, globs and predicates.
      ("use app app_1; webhook w1, w2", ["list app_1 0"]),
      ("use app app_1; webhook w1 w1", ["get app_1/w1"]),
      ("use app app_1; webhook *; webhook w1; webhook w*; webhook where event A; show webhooks", ["list app_1 0"]),
      ("use app app_1; webhook w*", ["list app_1 0"]),
      ("use app app_1; webhook where url ~ *", ["list app_1 0"]),
      ("use app app_1, app_2; webhook *", ["list app_1 0", "list app_2 0"]),
      ("use app app_1, app_2; webhook w1", ["list app_1 0", "list app_2 0"]),
      // The list of apps only where something needs it.
      ("use app app_1", []),
      ("use app app_1; show", []),
      ("use app one", ["apps 0"]),
      ("use app *; show apps; use app one; use app t*; use app where slug = one", ["apps 0"]),
      ("use app app_1; webhook w1 set header X-App ${app.id}", ["get app_1/w1"]),
      (
        "use app app_1; webhook w1 set header X-App ${app.slug}; set header X-B ${app.name}",
        ["get app_1/w1", "apps 0"]
      ),
      ("use app app_1; webhook where slug = one", ["list app_1 0", "apps 0"]),
      ("use app app_1; webhook where event A", ["list app_1 0"]),
      // A list page where later statements need more of the app than one webhook.
      ("use app app_1; webhook w1; webhook w2", ["list app_1 0"]),
      ("use app app_1; webhook w1; webhook *; webhook w2", ["list app_1 0"]),
      (
        "use app app_1; webhook w1 set url https://a.example; webhook where event MESSAGE_DELIVERED set url https://a.example; commit",
        ["list app_1 0", "put app_1/w1 url=https://a.example", "put app_1/w3 url=https://a.example"]
      ),
      ("use app app_1; webhook w1; show webhooks", ["list app_1 0"]),
      ("use app app_1; webhook w1; show webhooks by host", ["list app_1 0"]),
      ("use app app_1; webhook w1; dump strict", ["list app_1 0"]),
      ("use app app_1; webhook w1; dump", ["get app_1/w1"]),
      (
        "use app app_1; webhook w1; create webhook https://a.example events A unless event B; rollback",
        ["list app_1 0"]
      ),
      ("use app app_1; webhook w1; create webhook https://a.example events A; rollback", ["get app_1/w1"]),
      (
        "use app app_1; webhook w1; use app app_2; webhook v1; use app app_1; webhook w2",
        ["list app_1 0", "get app_2/v1"]
      ),
      (
        "use app app_1; webhook w1; use app app_2; webhook v1; use app app_1; webhook w1",
        ["get app_1/w1", "get app_2/v1"]
      ),
      ("use app one; webhook w1; use app app_1; webhook w2", ["apps 0", "list app_1 0"]),
      ("use app app_1; webhook w1; use app *; webhook *", ["list app_1 0", "apps 0", "list app_2 0"]),
      ("use app app_1; webhook w1; use app app_1, app_2; webhook v1", ["list app_1 0", "list app_2 0"]),
      ("use app app_1; webhook w1; refresh; webhook w2", ["get app_1/w1", "get app_1/w1", "get app_1/w2"]),
      // Which apps these are, only the service knows.
      ("use app app_1; webhook w1; use app o*; webhook *", ["get app_1/w1", "apps 0", "list app_1 0"]),
      ("use app app_1; webhook w1; use app * limit 1; webhook *", ["get app_1/w1", "apps 0", "list app_1 0"]),
      ("use app app_1; webhook w1; use app * except app_2; webhook *", ["get app_1/w1", "apps 0", "list app_1 0"]),
      // Nothing that does not differ is sent.
      ("use app app_1; webhook w1 set url https://old.example.com/w1; commit", ["get app_1/w1"]),
      ("use app app_1; webhook w1 add event MESSAGE_SENT; commit", ["get app_1/w1"]),
      ("use app app_1; webhook w1 add event A; remove event A; commit", ["get app_1/w1"]),
      ("use app app_1; webhook w1 set header X-TEAM sms; commit", ["get app_1/w1"]),
      (
        "use app app_1; webhook w1 set url https://a.example; set url https://b.example; commit",
        ["get app_1/w1", "put app_1/w1 url=https://b.example"]
      ),
      ("use app app_1; webhook w1 clear headers; commit", ["get app_1/w1", "put app_1/w1 headers="]),
      (
        "use app app_1; webhook w1 set header X-B b; commit", ["get app_1/w1", "put app_1/w1 headers=X-B:b,X-Team:sms"]
      ),
      ("use app app_1; webhook w1 add event A; rollback; commit", ["get app_1/w1"]),
      (
        "use app app_1; webhook w1 add event A; commit; commit",
        ["get app_1/w1", "put app_1/w1 events=MESSAGE_CREATED,MESSAGE_SENT,A"]
      ),
      (
        "use app app_1; webhook *; rename event MESSAGE_SENT to X; commit",
        ["list app_1 0", "put app_1/w1 events=MESSAGE_CREATED,X", "put app_1/w2 events=X"]
      ),
      // What a commit answered is known; what it leaves staged waits.
      (
        "use app app_1; webhook w1 add event A; commit; expect event A; show; add event B; commit",
        [
          "get app_1/w1", "put app_1/w1 events=MESSAGE_CREATED,MESSAGE_SENT,A",
          "put app_1/w1 events=MESSAGE_CREATED,MESSAGE_SENT,A,B",
        ]
      ),
      (
        "use app app_1; webhook w1 add event A; webhook w2 add event A; commit",
        [
          "list app_1 0", "put app_1/w1 events=MESSAGE_CREATED,MESSAGE_SENT,A", "put app_1/w2 events=MESSAGE_SENT,A",
        ]
      ),
      // Statements that need no service.
      ("let x = 1; echo ${x}; show config; show variables; help; on error stop; config jobs 1; quit", []),
      ("show events; status; rollback; diff", []),
      ("commit", []),
      // Reading again.
      ("use app app_1; webhook w1; refresh", ["get app_1/w1", "get app_1/w1"]),
      ("use app app_1; webhook *; refresh", ["list app_1 0", "list app_1 0"]),
      ("use app app_1; webhook *; refresh; webhook w1; webhook *", ["list app_1 0", "list app_1 0"]),
      ("use app app_1; webhook *; webhook w1; refresh; webhook w2", ["list app_1 0", "get app_1/w1", "get app_1/w2"]),
    ] as [(String, [String])])
  func calls(_ script: String, _ expected: [String]) async throws {
    let harness = try Harness()
    let trace = await harness.run(script)
    #expect(trace.codes == [])
    #expect(await harness.client.calls == expected)
  }

  @Test func theMigration() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      """
      use app *
      webhook where event MESSAGE_SENT
      rename event MESSAGE_SENT to messages.sms.sent
      replace url old.example.com with hooks.example.com
      commit
      expect not event MESSAGE_SENT and url ~ https://hooks.example.com/*
      """)
    #expect(trace.codes == [])
    #expect(
      await harness.client.calls == [
        "apps 0", "list app_1 0", "list app_2 0",
        "put app_1/w1 url=https://hooks.example.com/w1 events=MESSAGE_CREATED,messages.sms.sent",
        "put app_1/w2 url=https://hooks.example.com/w2 events=messages.sms.sent",
        "put app_2/v1 url=https://hooks.example.com/v1 events=messages.sms.sent",
        "put app_2/v2 url=https://hooks.example.com/v2 events=messages.sms.sent",
      ])
    #expect(trace.outcomes == ["w1 updated", "w2 updated", "v1 updated", "v2 updated"])
    #expect(await harness.session.uncommitted().changes == 0)
  }

  @Test(arguments: [
    (1, "webhook *", ["list app_1 0"]),
    (100, "webhook *", ["list app_1 0"]),
    (101, "webhook *", ["list app_1 0", "list app_1 100"]),
    (250, "webhook *; webhook where event A; show webhooks", ["list app_1 0", "list app_1 100", "list app_1 200"]),
    // Named webhooks: pages, or the rest of them one by one, whichever is less.
    (1000, "webhook w001, w002, w003", ["list app_1 0"]),
    (1000, "webhook w001, w002, w900", ["list app_1 0", "get app_1/w900"]),
    (1000, "webhook w998, w999", ["list app_1 0", "get app_1/w998", "get app_1/w999"]),
    (150, "webhook w001, w101, w102, w103, w104", ["list app_1 0", "list app_1 100"]),
    // Reading again: the same selection.
    (1000, "webhook w001, w002; refresh", ["list app_1 0", "list app_1 0"]),
    (1000, "webhook w001, w900; refresh", ["list app_1 0", "get app_1/w900", "list app_1 0", "get app_1/w900"]),
    (
      450, "webhook *; webhook w001, w002; refresh",
      [
        "list app_1 0", "list app_1 100", "list app_1 200", "list app_1 300", "list app_1 400", "get app_1/w001",
        "get app_1/w002",
      ]
    ),
  ])
  func pages(_ count: Int, _ script: String, _ expected: [String]) async throws {
    let harness = try Harness(Harness.bigApp(count))
    let trace = await harness.run("use app app_1; " + script)
    #expect(trace.codes == [])
    #expect(await harness.client.calls == expected)
  }

  /// Only an empty page is the end.
  @Test(arguments: [(1, 2), (99, 2), (100, 2), (250, 4)])
  func aServerThatTellsNoTotals(_ count: Int, _ calls: Int) async throws {
    let harness = try Harness(Harness.bigApp(count, tellsTotals: false))
    let trace = await harness.run("use app app_1; webhook *; show")
    #expect(trace.rows.count == count)
    #expect(await harness.client.calls.count == calls)
  }

  @Test(arguments: [
    ("webhook w001, w250", ["list app_1 0", "list app_1 100", "list app_1 200", "list app_1 250"], 2),
    ("webhook w001, w002", ["list app_1 0"], 2),
    (
      "webhook w001, w002; webhook *",
      ["list app_1 0", "list app_1 100", "list app_1 200", "list app_1 250"], 250
    ),
  ])
  func namedWebhooksWhereNoTotalIsTold(_ script: String, _ calls: [String], _ chosen: Int) async throws {
    let harness = try Harness(Harness.bigApp(250, tellsTotals: false))
    let trace = await harness.run("use app app_1; \(script); show")
    #expect(trace.codes == [] && trace.rows.count == chosen)
    #expect(await harness.client.calls == calls)
  }

  @Test func manyAppsAreListedInPagesAndReadTogether() async throws {
    let harness = try Harness(Harness.manyApps(150), jobs: 4)
    let trace = await harness.run("use app *; webhook * add event A; commit; expect event A")
    #expect(trace.codes == [])
    let calls = await harness.client.calls
    #expect(calls.prefix(2) == ["apps 0", "apps 100"])
    #expect(calls.count { $0.hasPrefix("list") } == 150)
    #expect(calls.count { $0.hasPrefix("put") } == 150)
    #expect(calls.count == 302)
    #expect(await harness.client.mostAtOnce <= 4)
    #expect(trace.outcomes == (1...150).map { "\(Harness.number($0)) updated" })
  }

  @Test(arguments: [
    ("webhook *", ["list own 0"]),
    (
      "webhook w1 add event A; commit",
      ["get own/w1", "put own/w1 events=MESSAGE_CREATED,MESSAGE_SENT,A"]
    ),
    ("use app *; webhook *", ["list own 0"]), ("use app app_1; webhook w1", ["get own/w1"]),
    ("show apps", []),
  ])
  func anAppKeyHasItsApp(_ script: String, _ expected: [String]) async throws {
    let harness = try Harness(Harness.twoApps(keyKind: .app))
    let trace = await harness.run(script)
    #expect(trace.codes == [])
    #expect(await harness.client.calls == expected)
  }

  @Test(arguments: [
    ("use app where status = active", DiagnosticCode.apiLacksOperation), ("use app app_2; webhook w1", .unknownApp),
    ("webhook * set url https://x.example/${app.slug}", .editRefused), ("webhook nope", .unknownWebhook),
  ])
  func whatAnAppKeyCannotDo(_ script: String, _ code: DiagnosticCode) async throws {
    let harness = try Harness(Harness.twoApps(keyKind: .app))
    #expect(await harness.run(script).codes == [code])
  }

  /// A server that knows nothing but `PUT`.
  private static let putOnly: [APIError] = [FakeAPIClient.plainNotFound, FakeAPIClient.methodNotAllowed]

  @Test(arguments: putOnly)
  func onAServerWithoutReadsAPutOfNothingReads(_ missing: APIError) async throws {
    let harness = try Harness(Harness.twoApps(routes: [], missingRoute: missing))
    let trace = await harness.run(Self.seed + "; expect event MESSAGE_DELIVERED; webhook w2 add event A; commit")
    #expect(trace.codes == [])
    #expect(
      await harness.client.calls == [
        "list app_1 0", "get app_1/w1", "put app_1/w1 {}",
        "put app_1/w1 url=https://example.com/webhook events=MESSAGE_CREATED,MESSAGE_SENT,MESSAGE_DELIVERED",
        "put app_1/w2 {}", "put app_1/w2 events=MESSAGE_SENT,A",
      ])
  }

  @Test(arguments: putOnly)
  func anEditThatNeedsNoReadingNeedsNone(_ missing: APIError) async throws {
    let harness = try Harness(Harness.twoApps(routes: [], missingRoute: missing))
    let trace = await harness.run(
      """
      use app app_1; webhook w1 set url https://example.com/webhook
      set events A, B
      webhook w2, w3 clear headers
      commit
      """)
    #expect(trace.codes == [])
    #expect(
      await harness.client.calls.filter { $0.hasPrefix("put") } == [
        "put app_1/w1 url=https://example.com/webhook events=A,B", "put app_1/w2 headers=", "put app_1/w3 headers=",
      ])
    // One question for each route, and none for each webhook.
    #expect(await harness.client.calls.count { !$0.hasPrefix("put") } <= 3)
  }

  @Test(arguments: putOnly)
  func aBlindEditAndOneThatReadsAreOne(_ missing: APIError) async throws {
    let harness = try Harness(Harness.twoApps(routes: [], missingRoute: missing))
    let trace = await harness.run("use app app_1; webhook w1 set url https://x.example; show; add event A; commit")
    #expect(trace.codes == [])
    #expect(trace.rows == ["w1 https://x.example MESSAGE_CREATED,MESSAGE_SENT"])
    #expect(
      await harness.client.calls == [
        "get app_1/w1", "put app_1/w1 {}", "put app_1/w1 url=https://x.example events=MESSAGE_CREATED,MESSAGE_SENT,A",
      ])
  }

  @Test(arguments: putOnly)
  func whatSuchAServerCannotDoIsSaidPlainly(_ missing: APIError) async throws {
    for (script, code) in [
      ("use app *", DiagnosticCode.apiLacksOperation), ("use app on*", .apiLacksOperation),
      ("use app app_1; webhook *", .apiLacksOperation), ("use app app_1; webhook nope add event A", .unknownWebhook),
      ("show apps", .apiLacksOperation),
    ] {
      let harness = try Harness(Harness.twoApps(routes: [], missingRoute: missing))
      #expect(await harness.run(script).codes == [code], "\(script)")
    }
  }

  /// An id may have any form.
  @Test(arguments: putOnly)
  func withoutAListOfAppsANameIsTakenForAnID(_ missing: APIError) async throws {
    let webhooks = [Harness.app("a1", "one"): [Harness.webhook("w1", "a1", ["A"])]]
    let harness = try Harness(FakeAPIClient(webhooks, routes: [], missingRoute: missing))
    let trace = await harness.run("use app a1; webhook w1 add event B; commit")
    #expect(trace.codes == [] && trace.outcomes == ["w1 updated"])
    #expect(trace.notes == ["this API cannot list apps: using `a1` as an id"])
    let slug = await harness.run("use app one; webhook w1 add event B")
    #expect(slug.codes == [.unknownWebhook] && slug.notes.count == 1)
  }

  /// Apps are documented, lists of webhooks are not: an existing app must not be called unknown.
  @Test(arguments: putOnly)
  func aMissingListOfWebhooksIsNoMissingApp(_ missing: APIError) async throws {
    let harness = try Harness(Harness.twoApps(routes: [.listApps, .getWebhook], missingRoute: missing))
    #expect(await harness.run("use app one; webhook *").codes == [.apiLacksOperation])
    let named = await harness.run("use app one; webhook w1, w2 add event A; commit")
    #expect(named.codes == [])
    #expect(named.outcomes == ["w1 updated", "w2 updated"])
  }

  @Test(arguments: putOnly)
  func aMissingGetIsNoMissingWebhook(_ missing: APIError) async throws {
    let harness = try Harness(Harness.twoApps(routes: [.listApps, .listWebhooks], missingRoute: missing))
    let trace = await harness.run("use app app_1; webhook w1 add event A; commit; webhook w2 add event A; commit")
    #expect(trace.codes == [])
    #expect(await harness.client.webhook("w2")?.events == ["MESSAGE_SENT", "A"])
  }

  // MARK: What a read is worth

  /// A webhook that moved from a page that was not read yet to one that was is on neither.
  @Test func whatIsMissingFromSeveralPagesIsAskedForAlone() async throws {
    let harness = try Harness(Harness.bigApp(150, tellsTotals: false))
    await harness.run("use app app_1; webhook *; add event A")
    await harness.client.when("list app_1 100") { $0.remove("w001") }
    await harness.run("refresh")
    #expect(await harness.client.calls.contains("get app_1/w101"))
    #expect(await harness.session.uncommitted().changes == 150)
  }

  /// What a webhook holds by its last answer, where that had no body, is as old as what was read before.
  @Test func anAnswerWithoutABodyMakesNothingYounger() async throws {
    let harness = try Harness()
    let (client, world) = (harness.client, harness.world)
    await client.fail("put app_1/w1", with: .applied(nil), times: 1)
    await client.when("put app_1/w1") {
      $0.change("w1", WebhookPatch(events: ["MESSAGE_CREATED", "MESSAGE_SENT", "A"]))
    }
    await harness.run("use app app_1; webhook w1; add event A")
    world.advance(by: .seconds(25))
    await harness.run("commit; add event B")
    world.advance(by: .seconds(15))
    await client.forgetCalls()
    #expect(await harness.run("commit").outcomes == ["w1 updated"])
    #expect(await client.calls.first == "get app_1/w1")
  }
}
