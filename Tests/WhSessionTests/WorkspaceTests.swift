import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

/// Selecting, viewing and staging.
@Suite struct WorkspaceTests {
  @Test(arguments: [
    ("webhook w1", ["w1"]), ("webhook w2, w1", ["w2", "w1"]), ("webhook *", ["w1", "w2", "w3"]),
    ("webhook w1 w1", ["w1"]), ("webhook w[12]", ["w1", "w2"]), ("webhook w3, w*", ["w3", "w1", "w2"]),
    ("webhook where event MESSAGE_SENT", ["w1", "w2"]), ("webhook where not event MESSAGE_SENT", ["w3"]),
    ("webhook where id = w1 or url ~ */w3", ["w1", "w3"]), ("webhook where header X-Team = sms", ["w1", "w2", "w3"]),
    ("webhook where created < 2026-01-01", []), ("webhook where updated >= 2026-01-02", ["w1", "w2", "w3"]),
    ("webhook where slug = one and status = active", ["w1", "w2", "w3"]), ("webhook nope*", []),
    ("webhook from ids.txt", ["w3", "w1"]), ("webhook from empty.txt", []),
  ])
  func selections(_ script: String, _ expected: [String]) async throws {
    let harness = try Harness(files: [
      "ids.txt": "\u{FEFF}w3\r\n# none\r\n\r\n  w1 # one\r\n", "empty.txt": "# nothing\n",
    ])
    let trace = await harness.run("use app app_1; \(script); show")
    #expect(trace.codes == [])
    #expect(trace.rows.map { String($0.prefix(2)) } == expected)
  }

  @Test(arguments: [
    ("use app *", ["app_1", "app_2"]), ("use app one", ["app_1"]), ("use app two, app_1", ["app_2", "app_1"]),
    ("use app *o*", ["app_1", "app_2"]), ("use app app_[2]", ["app_2"]), ("use app where slug ~ t*", ["app_2"]),
    ("use app where not status = active", []), ("use app one one", ["app_1"]), ("use app x*", []),
    ("use app from slugs.txt", ["app_2"]),
  ])
  func apps(_ script: String, _ expected: [String]) async throws {
    let harness = try Harness(files: ["slugs.txt": "two"])
    let trace = await harness.run("\(script); show")
    #expect(trace.codes == [])
    #expect(trace.apps.map(\.app.id.text) == expected)
  }

  @Test(arguments: [
    ("use app nope", DiagnosticCode.unknownApp, "nope", "run `show apps` for a list"),
    ("use app one, tvo", .unknownApp, "tvo", "did you mean `two`?"),
    ("use app app_1; webhook nope", .unknownWebhook, "nope", "run `show webhooks` for a list"),
    ("use app app_1; webhook w1, w9", .unknownWebhook, "w9", "did you mean"),
    ("use app app_1; webhook w*, nope", .unknownWebhook, "nope", "for a list"),
    ("use app app_1, app_2; webhook nope", .unknownWebhook, "nope", "for a list"),
    ("use app app_9; webhook w1", .unknownWebhook, "w1", "for a list"),
    ("use app app_9; webhook *", .unknownApp, "*", ""),
    ("webhook *", .noApps, "webhook *", "use app *"),
    ("show", .noApps, "show", "use app *"),
    ("show webhooks", .noApps, "show webhooks", "use app *"),
    ("add event A", .noWebhooks, "add event A", "webhook *"),
    ("expect event A", .noWebhooks, "expect event A", "webhook *"),
    ("use app app_1; add event A", .noWebhooks, "add event A", "webhook *"),
    ("use app app_1; webhook *; use app app_2; add event A", .noWebhooks, "add event A", "webhook *"),
  ])
  func whatNamesNothingIsAnError(
    _ script: String, _ code: DiagnosticCode, _ caret: String, _ label: String
  ) async throws {
    let harness = try Harness()
    let failure = try #require(await harness.run(script).failures.first)
    #expect(failure.kind == .failed)
    #expect(failure.diagnostic.code == code)
    #expect(failure.diagnostic.span.text == caret)
    #expect(failure.diagnostic.label ?? "" == label || failure.diagnostic.label?.contains(label) ?? false)
  }

  @Test func aSelectionIsMadeOnce() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      """
      use app app_1; webhook where event MESSAGE_SENT
      rename event MESSAGE_SENT to X
      expect event X
      expect not event MESSAGE_SENT
      add event Y
      show
      """)
    #expect(trace.codes == [])
    #expect(
      trace.rows == ["w1 https://old.example.com/w1 MESSAGE_CREATED,X,Y", "w2 https://old.example.com/w2 X,Y"])
  }

  @Test func predicatesSeeTheStagedEdits() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      """
      use app app_1; webhook w1 set url https://new.example.com
      webhook where url = https://new.example.com; show
      webhook where url = https://old.example.com/w1; show
      show webhooks
      """)
    #expect(trace.codes == [])
    #expect(trace.rows.map { String($0.prefix(2)) } == ["w1", "w1", "w2", "w3"])
    #expect(await harness.client.calls == ["list app_1 0"])
  }

  @Test(arguments: ["webhook where event messages.sms.failed", "webhook nope*", "webhook from empty.txt"])
  func anEmptySelectionIsNone(_ selection: String) async throws {
    let harness = try Harness(files: ["empty.txt": ""])
    let trace = await harness.run("use app app_1; \(selection); add event A; expect event A; show; commit")
    #expect(trace.codes == [])
    #expect(
      trace.notes == [
        "no matching webhooks: no webhooks selected", "no webhooks selected: nothing staged",
      ])
    #expect(trace.warnings == [.nothingChecked])
    #expect(trace.report?.outcomes.isEmpty == true)
  }

  @Test func anEmptyChoiceOfAppsHasNoWebhooks() async throws {
    let harness = try Harness()
    let trace = await harness.run("use app x*; webhook *; add event A; commit")
    #expect(trace.codes == [])
    #expect(trace.notes.first == "no matching apps: no apps selected")
  }

  @Test func expectSaysWhichAndWhatItHolds() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      "use app one; webhook *; expect event MESSAGE_SENT and url ~ https://old.* and header X-Team = sms")
    let failure = try #require(trace.failures.first)
    #expect(failure.kind == .failed)
    #expect(failure.diagnostic.code == .expectationFailed)
    #expect(
      failure.diagnostic.message == "1 of 3 webhooks are not as expected"
        || failure.diagnostic.message == "1 of 3 webhooks is not as expected")
    #expect(
      failure.diagnostic.notes == [
        "one/w3: events = MESSAGE_DELIVERED, url = https://old.example.com/w3, header X-Team = sms"
      ])
    #expect(failure.diagnostic.span.text.hasPrefix("expect event"))
  }

  @Test func anEditIsDoneToAllOrToNone() async throws {
    let harness = try Harness()
    await harness.run("use app app_1; webhook w1 set url https://old.example.com")
    let trace = await harness.run("webhook *; replace url old.example.com/w3 with \"\"")
    #expect(trace.codes == [.editRefused])
    #expect(trace.failures.first?.diagnostic.notes == ["this statement staged nothing"])
    let changes = await harness.session.snapshot().view.plan.changes
    #expect(changes.map { $0.webhookID?.text } == ["w1"])
  }

  /// What follows a selection that failed is not to work on an earlier one.
  @Test(arguments: [
    ("webhook w2 replace url old.example.com/w2 with ''", DiagnosticCode.editRefused, DiagnosticCode.noWebhooks),
    ("webhook w1, nope", .unknownWebhook, .noWebhooks), ("use app nope", .unknownApp, .noWebhooks),
    ("use app nope, one; webhook *", .unknownApp, .noWebhooks),
  ])
  func aSelectionThatFailsLeavesNothingSelected(
    _ statement: String, _ code: DiagnosticCode, _ after: DiagnosticCode
  ) async throws {
    let harness = try Harness(files: ["none.txt": ""])
    await harness.run("use app app_1; webhook w1")
    #expect(await harness.run(statement).codes == [code])
    #expect(await harness.run("set url https://x.example").codes == [after])
    #expect(await harness.session.uncommitted().changes == 0)
  }

  @Test func anAppThatCannotBeSelectedLeavesNoAppSelected() async throws {
    let harness = try Harness()
    await harness.run("use app app_1; webhook w1")
    #expect(await harness.run("use app nope").codes == [.unknownApp])
    #expect(await harness.run("webhook *").codes == [.noApps])
  }

  @Test func atAPromptASelectionThatCannotBeDescribedIsNotMade() async throws {
    let harness = try Harness(isTalkative: true)
    await harness.run("use app app_1; webhook w1")
    await harness.client.fail("list app_2", with: APIError(.unreachable, message: "x"))
    #expect(await harness.run("use app app_2").kinds == [.unreachable])
    #expect(await harness.run("show").codes == [.noApps])
  }

  @Test func atAPromptAChoiceIsDescribed() async throws {
    let harness = try Harness(isTalkative: true)
    let trace = await harness.run("use app app_1; webhook *; webhook w1; add event A; use app *")
    #expect(
      trace.confirmations == [
        "app one (app_1), 3 webhooks", "3 webhooks in 1 app", "webhook w1 https://old.example.com/w1",
        "staged on 1 webhook, 1 change to commit", "2 apps",
      ])
  }

  @Test func rollbackAndStatus() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      "use app app_1; webhook *; add event MESSAGE_SENT; status; rollback; status; show; rollback")
    #expect(trace.statuses.map(\.plan.changes.count) == [1, 0])
    #expect(trace.statuses.map(\.unchanged) == [2, 0])
    #expect(trace.statuses.map(\.chosenApps) == [1, 1])
    #expect(trace.statuses.map(\.chosenWebhooks) == [3, 3])
    #expect(trace.statuses.first?.origins.map(\.statement) == ["add event MESSAGE_SENT"])
    #expect(trace.rows.last == "w3 https://old.example.com/w3 MESSAGE_DELIVERED")
    #expect(trace.confirmations.suffix(2) == ["discarded 1 change", "nothing staged"])
  }

  @Test func refreshDoesTheEditsAgainOnWhatIsFound() async throws {
    let harness = try Harness()
    await harness.run("use app app_1; webhook w1 add event A")
    await harness.client.change("w1", WebhookPatch(events: ["Z"]))
    #expect(await harness.run("refresh; show").rows == ["w1 https://old.example.com/w1 Z,A"])
  }

  @Test func refreshLetsGoOfWhatIsGone() async throws {
    let harness = try Harness()
    await harness.run("use app app_1; webhook *; add event A")
    await harness.client.remove("w2")
    let trace = await harness.run("refresh; show")
    #expect(trace.notes.count == 1)
    #expect(trace.rows.map { String($0.prefix(2)) } == ["w1", "w3"])
    #expect(await harness.session.uncommitted().changes == 2)
  }

  @Test func aRefreshThatFailsForgetsNothing() async throws {
    let harness = try Harness()
    await harness.run("use app app_1; webhook *; webhook w1 add event A")
    await harness.client.fail("get", with: APIError(.unreachable, message: "x"))
    #expect(await harness.run("refresh").kinds == [.unreachable])
    await harness.client.forgetCalls()
    #expect(await harness.run("show; webhook *; show").rows.count == 4)
    #expect(await harness.client.calls.isEmpty)
    #expect(await harness.session.uncommitted().changes == 1)
  }

  @Test func aProfileIsNotChangedOverStagedEdits() async throws {
    let harness = try Harness(others: ["other": Harness.bigApp(1)])
    let trace = await harness.run("use app app_1; webhook w1 add event A; use profile other")
    #expect(trace.codes == [.stagedEdits])
    #expect(await harness.session.uncommitted().changes == 1)
    let changed = await harness.run("rollback; use profile other; use app *; webhook *; show")
    #expect(changed.codes == [])
    #expect(changed.rows.map { String($0.prefix(4)) } == ["w001"])
    #expect(await harness.run("use profile nope").codes == [.unknownProfile])
    // What follows was meant for the other server.
    #expect(await harness.run("show").codes == [.unknownProfile])
  }

  @Test func aChangeOfProfileDropsTheChoice() async throws {
    let harness = try Harness(others: ["other": Harness.bigApp(1)])
    #expect(await harness.run("use app app_1; webhook w1; use profile other; show").codes == [.noApps])
  }

  @Test func onError() async throws {
    let harness = try Harness()
    let stopped = await harness.run("use app nope; echo after")
    #expect(stopped.codes == [.unknownApp] && stopped.texts == [])
    let gone = await harness.run("on error continue; use app nope; echo after; use app nope; on error stop; echo last")
    #expect(gone.codes == [.unknownApp, .unknownApp])
    #expect(gone.texts == ["after"])
  }

  @Test func variablesOutliveAScript() async throws {
    let harness = try Harness()
    await harness.run("let host = x.example")
    let trace = await harness.run("echo ${host} \"${host}!\" '${host}'; let host = y; echo ${host}; show variables")
    #expect(trace.texts == ["x.example x.example! ${host}", "y"])
    #expect(trace.settings == ["host=y"])
  }

  @Test func optionsAreShownAndSet() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      "config jobs 16; config Conflicts STOP; config recheck 5; config strict on; config jobs; show config")
    #expect(trace.confirmations == ["jobs = 16", "conflicts = stop", "recheck = 5", "strict = on"])
    #expect(
      trace.settings == [
        "jobs=16", "conflicts=stop", "highlight=on", "hints=on", "jobs=16", "output=text", "recheck=5", "pager=on",
        "prompt=default", "strict=on", "timing=off", "verbose=off",
      ])
    #expect(await harness.session.currentOptions().jobs == 16)
    #expect(await harness.session.currentScope().isStrict)
  }

  @Test func placeholdersServeManyAppsAtOnce() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      """
      use app *; webhook where event MESSAGE_SENT
      set url https://hooks.example.com/${app.slug}/${webhook.id}
      set header X-App "${app.name} (${app.id})"
      commit
      """)
    #expect(trace.codes == [])
    #expect(await harness.client.webhook("v2")?.url == "https://hooks.example.com/two/v2")
    #expect(await harness.client.webhook("w1")?.headers["X-App"] == "App one (app_1)")
  }

  @Test func theEventsAreCounted() async throws {
    let harness = try Harness()
    let trace = await harness.run("use app app_1; webhook *; add event MY_OWN; show events")
    let counts = Dictionary(uniqueKeysWithValues: trace.events.map { ($0.name, $0.webhooks) })
    #expect(counts["MESSAGE_SENT"] == 2)
    #expect(counts["messages.sms.sent"] == 0)
    #expect(counts["MY_OWN"] == 3)
    #expect(trace.events.last?.isKnown == false)
  }

  @Test func requestsAreShownAsCommands() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      "use app app_1; webhook w1 set header X-Api-Key topsecret1; show requests; rollback; show requests")
    #expect(trace.commands.count == 1)
    #expect(trace.commands.first?.hasPrefix("curl --request PUT") == true)
    #expect(trace.commands.first?.contains("${WH_API_KEY:?}") == true)
    #expect(trace.commands.first?.contains("topsecret1") == false)
    #expect(trace.notes == ["nothing staged"])
  }

  @Test func whatIsStagedNamesItsStatements() async throws {
    let harness = try Harness()
    await harness.run("use app app_1\nwebhook w1 set url https://x.example\nADD  event A", name: "m.wh")
    let uncommitted = await harness.session.uncommitted()
    #expect(uncommitted.changes == 1)
    #expect(
      uncommitted.origins.map { "\($0.source):\($0.line):\($0.column) \($0.statement)" } == [
        "m.wh:2:1 webhook w1 set url https://x.example", "m.wh:3:1 add event A",
      ])
  }
}
