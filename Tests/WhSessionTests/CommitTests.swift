import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

/// Each webhook ends in one state, and nothing is overwritten unseen.
@Suite struct CommitTests {
  private static let refused: APIError = {
    var error = APIError(.invalid, status: 400, message: "url must be https")
    error.type = "invalid_request_error"
    return error
  }()
  private static let keyRefused = APIError(.keyRefused, status: 401, message: "invalid key")
  private static let gone = APIError(.unreachable, message: "no connection: refused")
  private static let lost = APIError(.unreachable, message: "the connection was lost: reset")
  private static let tired: APIError = {
    var error = APIError(.server, status: 503, message: "down")
    error.tries = 5
    return error
  }()

  // MARK: Failures

  @Test func aKeyThatIsRefusedForOneWebhookMayBeGoodForTheNext() async throws {
    let harness = try Harness()
    await harness.client.fail("put app_1/w2", with: APIError(.forbidden, status: 403, message: "not this app"))
    let trace = await harness.run("use app app_1; webhook *; add event A; commit")
    #expect(trace.outcomes == ["w1 updated", "w2 failed", "w3 updated"])
    #expect(trace.kinds == [.failed])
  }

  @Test func whatTheAPIRefusesFailsAloneAndStaysStaged() async throws {
    let harness = try Harness()
    await harness.client.fail("put app_1/w2", with: Self.refused, times: 1)
    let trace = await harness.run("use app app_1; webhook *; add event A; commit")
    #expect(trace.outcomes == ["w1 updated", "w2 failed", "w3 updated"])
    #expect(trace.report?.outcomes[1].message == "HTTP 400: url must be https")
    #expect(trace.codes == [.commitFailed])
    #expect(trace.kinds == [.failed])
    #expect(await harness.session.uncommitted().changes == 1)
    await harness.client.forgetCalls()
    #expect(await harness.run("commit").outcomes == ["w2 updated"])
    #expect(await harness.client.calls == ["put app_1/w2 events=MESSAGE_SENT,A"])
    #expect(await harness.session.uncommitted().changes == 0)
  }

  @Test func whatEndsAsItWasIsCounted() async throws {
    let harness = try Harness()
    let trace = await harness.run("use app app_1; webhook *; add event MESSAGE_SENT; commit")
    #expect(trace.outcomes == ["w3 updated"])
    #expect(trace.report?.unchanged == 2)
    #expect(trace.report?.count(.unchanged) == 2)
    #expect(trace.report?.isFine == true)
  }

  @Test(arguments: [
    (keyRefused, Failure.Kind.keyRefused, DiagnosticCode.keyRefused), (gone, .unreachable, .apiUnreachable),
  ])
  func aServerThatIsGoneAtTheFirstWrite(_ error: APIError, _ kind: Failure.Kind, _ code: DiagnosticCode) async throws {
    let harness = try Harness()
    await harness.client.fail("put", with: error)
    let trace = await harness.run("use app app_1; webhook *; add event A; commit")
    #expect(trace.kinds == [kind])
    #expect(trace.codes == [code])
    #expect(await harness.client.calls.count { $0.hasPrefix("put") } == 1)
    #expect(await harness.session.uncommitted().changes == 3)
  }

  @Test(arguments: [
    (WriteResult.notSent(keyRefused), Failure.Kind.keyRefused, "not attempted"),
    (.notSent(gone), .stopped, "not attempted"), (.unknown(lost), .stopped, "unknown"),
  ])
  func aServerThatGoesAwayPartWay(_ result: WriteResult, _ kind: Failure.Kind, _ state: String) async throws {
    let harness = try Harness()
    await harness.client.fail("put app_1/w2", with: result)
    let trace = await harness.run("use app app_1; webhook *; add event A; commit")
    #expect(trace.outcomes == ["w1 updated", "w2 \(state)", "w3 not attempted"])
    #expect(trace.kinds == [kind])
    #expect(await harness.client.calls.contains { $0.hasPrefix("put app_1/w3") } == false)
    #expect(await harness.session.uncommitted().changes == 2)
  }

  /// One webhook on which the server keeps failing says nothing about the others; three in a row do.
  @Test func aServerThatFailsAgainAndAgain() async throws {
    let harness = try Harness(Harness.bigApp(8))
    await harness.client.fail("put app_1/w002", with: Self.tired)
    for id in ["w004", "w005", "w006"] { await harness.client.fail("put app_1/\(id)", with: Self.tired) }
    let trace = await harness.run("use app app_1; webhook *; add event A; commit")
    #expect(
      trace.outcomes == [
        "w001 updated", "w002 unknown", "w003 updated", "w004 unknown", "w005 unknown", "w006 unknown",
        "w007 not attempted", "w008 not attempted",
      ])
    #expect(trace.kinds == [.stopped])
  }

  @Test(arguments: [
    "use app *", "use app app_1; webhook *", "use app app_1; webhook w1", "use app app_1; webhook w1, w2",
  ])
  func readsThatFail(_ script: String) async throws {
    for (error, kind) in [
      (Self.keyRefused, Failure.Kind.keyRefused), (Self.gone, .unreachable), (Self.tired, .unreachable),
      (Self.refused, .failed),
    ] {
      let harness = try Harness()
      for call in ["apps", "list", "get"] { await harness.client.fail(call, with: error) }
      #expect(await harness.run(script).kinds == [kind])
    }
  }

  @Test func noKeyNoSession() async throws {
    let problem = ConnectionProblem(.keyRefused, .noKey, "no key is set")
    let harness = try Harness(problem: problem)
    let trace = await harness.run("use app *")
    #expect(trace.kinds == [.keyRefused])
    #expect(trace.codes == [.noKey])
    #expect(await harness.run("echo still here").texts == ["still here"])
  }

  @Test func anAnswerThatIsNotAsAskedForIsSeen() async throws {
    let harness = try Harness()
    await harness.client.answer("w1", with: WebhookPatch(url: "https://other.example"))
    let trace = await harness.run("use app app_1; webhook w1 set url https://x.example; commit")
    #expect(trace.outcomes == ["w1 applied differently"])
    #expect(trace.kinds == [.failed])
    #expect(await harness.run("show").rows == ["w1 https://other.example MESSAGE_CREATED,MESSAGE_SENT"])
  }

  // MARK: Conflicts

  private static let foreign = WebhookPatch(url: "https://other-client.example")

  @Test(arguments: [
    ("skip", ["w1 conflict", "w2 updated", "w3 updated"], "https://other-client.example"),
    ("stop", ["w1 conflict", "w2 not attempted", "w3 not attempted"], "https://other-client.example"),
    ("overwrite", ["w1 updated", "w2 updated", "w3 updated"], "https://mine.example"),
  ])
  func aWebhookThatSomebodyChangedIsAConflict(_ policy: String, _ outcomes: [String], _ url: String) async throws {
    let harness = try Harness()
    await harness.run("config conflicts \(policy); use app app_1; webhook *; set url https://mine.example")
    await harness.client.change("w1", Self.foreign)
    harness.world.advance(by: .seconds(31))
    let trace = await harness.run("commit")
    #expect(trace.outcomes == outcomes)
    #expect(await harness.client.webhook("w1")?.url == url)
    #expect(trace.codes == (policy == "overwrite" ? [] : [.commitFailed]))
    #expect(trace.kinds == (policy == "overwrite" ? [] : [.failed]))
    if policy != "overwrite" {
      let conflict = try #require(trace.report?.outcomes.first)
      #expect(conflict.message == "changed by others since it was read")
      #expect(conflict.change.before?.url == "https://old.example.com/w1")
      #expect(conflict.answer?.url == "https://other-client.example")
    }
  }

  @Test func aConflictStaysOneUntilItIsReadAnew() async throws {
    let harness = try Harness()
    await harness.run("use app app_1; webhook w1 add event A")
    await harness.client.change("w1", Self.foreign)
    harness.world.advance(by: .seconds(31))
    #expect(await harness.run("commit").outcomes == ["w1 conflict"])
    #expect(await harness.run("commit").outcomes == ["w1 conflict"])
    #expect(await harness.run("refresh; commit").outcomes == ["w1 updated"])
    #expect(await harness.client.webhook("w1")?.url == "https://other-client.example")
    #expect(await harness.client.webhook("w1")?.events == ["MESSAGE_CREATED", "MESSAGE_SENT", "A"])
  }

  @Test(arguments: ["w1", "*"])
  func aWebhookThatSomebodyDeletedIsAConflict(_ selection: String) async throws {
    let harness = try Harness()
    await harness.run("use app app_1; webhook \(selection); add event A")
    await harness.client.remove("w1")
    harness.world.advance(by: .seconds(31))
    let trace = await harness.run("commit")
    #expect(trace.outcomes.first == "w1 conflict")
    #expect(trace.outcomes.dropFirst().allSatisfy { $0.hasSuffix("updated") })
    #expect(trace.report?.outcomes.first?.message == "deleted by others since it was read")
    #expect(trace.report?.unchanged == 0)
    #expect(trace.codes == [.commitFailed])
  }

  @Test func oneThatIsGoneMakesNoConflictOfTheOthers() async throws {
    let harness = try Harness(Harness.manyApps(20))
    await harness.run("use app *; webhook *; add event A")
    await harness.client.remove("w001")
    harness.world.advance(by: .seconds(31))
    let trace = await harness.run("commit")
    #expect(trace.report?.count(.conflict) == 1)
    #expect(trace.report?.count(.updated) == 19)
  }

  @Test func aTouchThatChangedNothingIsNoConflict() async throws {
    let harness = try Harness()
    await harness.run("use app app_1; webhook w1 add event A")
    await harness.client.change("w1", WebhookPatch())
    harness.world.advance(by: .seconds(31))
    #expect(await harness.run("commit").outcomes == ["w1 updated"])
  }

  @Test(
    arguments: [
      // Young enough: no reading.
      ("w1", 30, "", []), ("w1", 31, "", ["get app_1/w1"]), ("*", 31, "", ["list app_1 0"]),
      ("w1", 31, "config recheck 60", []), ("w1", 1, "config recheck 0", ["get app_1/w1"]),
      ("*", 31, "config conflicts overwrite", []),
    ] as [(String, Int, String, [String])])
  func whatIsOldIsReadAgainBeforeItIsSent(
    _ selection: String, _ age: Int, _ option: String, _ expected: [String]
  ) async throws {
    let harness = try Harness()
    await harness.run("\(option); use app app_1; webhook \(selection); add event A")
    await harness.client.forgetCalls()
    harness.world.advance(by: .seconds(age))
    #expect(await harness.run("commit").codes == [])
    #expect(await harness.client.calls.filter { !$0.hasPrefix("put") } == expected)
  }

  @Test func aRecheckReadsTheFewOfManyOneByOne() async throws {
    let harness = try Harness(Harness.bigApp(450))
    await harness.run("use app app_1; webhook *; webhook w001, w450 add event A")
    await harness.client.forgetCalls()
    harness.world.advance(by: .seconds(31))
    #expect(await harness.run("commit").outcomes == ["w001 updated", "w450 updated"])
    #expect(await harness.client.calls.prefix(2) == ["get app_1/w001", "get app_1/w450"])
    #expect(await harness.client.calls.count == 4)
  }

  @Test("What may not be relied on is read alone before its write, and at once where the run is held by conflicts")
  func rechecksOfAll() async throws {
    let edit = "config jobs 1; config recheck 0; use app app_1; webhook *; add event A"
    // With `stop`, all is read before the first write, on three pages here; no time goes by until the writes.
    for (option, reads) in [("skip", 250), ("stop", 3)] {
      let harness = try Harness(Harness.bigApp(250))
      await harness.run("config conflicts \(option); \(edit)")
      await harness.client.forgetCalls()
      harness.world.advance(by: .milliseconds(1))
      #expect(await harness.run("commit").report?.count(.updated) == 250)
      #expect(await harness.client.calls.count { !$0.hasPrefix("put") } == reads, "\(option)")
    }
  }

  @Test func aRecheckThatFailsSendsNothing() async throws {
    let harness = try Harness()
    await harness.run("use app app_1; webhook w1 add event A")
    await harness.client.fail("get", with: Self.gone)
    harness.world.advance(by: .seconds(31))
    #expect(await harness.run("commit").kinds == [.unreachable])
    #expect(await harness.client.calls.count { $0.hasPrefix("put") } == 0)
    #expect(await harness.session.uncommitted().changes == 1)
  }

  // MARK: Plans

  @Test(
    "A plan lists what a script created where a run would, and not what it deleted again", arguments: [true, false])
  func createdAndDeletedInAPlan(tellsTotals: Bool) async throws {
    let url = "https://made.example.com/"
    let script = """
      use app app_1; create webhook \(url) events MESSAGE_SENT; commit
      webhook where url = \(url); delete webhook; commit
      refresh; webhook *; expect not url = \(url)
      create webhook \(url) events MESSAGE_SENT; commit; refresh; webhook * limit 250
      """
    let harness = try Harness(Harness.bigApp(250, tellsTotals: tellsTotals), isDryRun: true)
    let trace = await harness.run(script)
    #expect(trace.codes == [])
    let selected = await harness.session.snapshot().view.draft.webhooks ?? []
    #expect(selected.count == 250 && selected.allSatisfy { !$0.webhook.text.hasPrefix("planned-") })
    let rest = await harness.run("use app app_1; webhook *; expect 251; webhook where url = \(url); expect 1")
    #expect(rest.codes == [])
  }

  @Test func aPlanSendsNothingAndShowsItAll() async throws {
    let harness = try Harness(isDryRun: true)
    let trace = await harness.run(
      """
      use app app_1
      webhook w1 add event A
      commit
      expect event A
      webhook *
      expect event A or not id = w1
      refresh
      show
      remove event MESSAGE_CREATED
      commit
      """)
    #expect(trace.codes == [])
    #expect(await harness.client.calls.allSatisfy { !$0.hasPrefix("put") })
    #expect(trace.rows.first == "w1 https://old.example.com/w1 MESSAGE_CREATED,MESSAGE_SENT,A")
    let plan = harness.dryRuns.plan
    #expect(plan.changes.count == 1)
    #expect(plan.changes.first?.before?.events == ["MESSAGE_CREATED", "MESSAGE_SENT"])
    #expect(plan.changes.first?.after?.events == ["MESSAGE_SENT", "A"])
    #expect(plan.changes.first?.origins.map(\.line) == [2, 9])
    #expect(await harness.session.uncommitted().changes == 0)
  }

  @Test func aPlanThatComesToNothingIsEmpty() async throws {
    let harness = try Harness(isDryRun: true)
    await harness.run("use app app_1; webhook w1 add event A; commit; remove event A; commit; expect not event A")
    #expect(harness.dryRuns.plan.isEmpty)
  }

  @Test func aBlindPlanIsSeenByWhatReads() async throws {
    let harness = try Harness(Harness.twoApps(routes: []), isDryRun: true)
    let trace = await harness.run(
      "use app app_1; webhook w1 set url https://x.example; commit; expect url = https://x.example")
    #expect(trace.codes == [])
    #expect(await harness.client.webhook("w1")?.url == "https://old.example.com/w1")
    #expect(harness.dryRuns.plan.changes.count == 1)
  }
}
