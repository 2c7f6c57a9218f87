import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

/// Creations, deletions and dumps.
@Suite struct CreateAndDeleteTests {
  @Test func aCreationIsOneRequestForEachApp() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      "use app *; create webhook https://x.example/${app.slug} events A, B; status; commit; commit")
    #expect(trace.codes == [])
    #expect(
      await harness.client.calls == [
        "apps 0", "post app_1 url=https://x.example/one events=A,B headers=",
        "post app_2 url=https://x.example/two events=A,B headers=",
      ])
    #expect(trace.statuses.first?.plan.changes.count == 2)
    #expect(trace.outcomes == ["new created", "new created"])
    #expect(await harness.session.uncommitted().changes == 0)
  }

  @Test func whatWasCreatedIsAmongTheOthers() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      "use app app_1; webhook *; create webhook https://x.example; commit; webhook *; show webhooks")
    #expect(trace.rows.map { String($0.prefix(4)) } == ["w1 h", "w2 h", "w3 h", "new4"])
    #expect(await harness.client.calls.count == 2)
  }

  @Test func aCreationThatFailsStaysStaged() async throws {
    let harness = try Harness()
    await harness.client.fail("post app_1", with: APIError(.invalid, status: 400, message: "no"), times: 1)
    let trace = await harness.run("use app app_1, app_2; create webhook https://x.example; commit")
    #expect(trace.outcomes == ["new failed", "new created"])
    #expect(await harness.session.uncommitted().changes == 1)
    #expect(await harness.run("commit").outcomes == ["new created"])
    #expect(await harness.session.uncommitted().changes == 0)
  }

  @Test(arguments: [true, false]) func aDeletionIsAskedFor(_ isAgreed: Bool) async throws {
    let harness = try Harness(answer: isAgreed)
    let trace = await harness.run("use app app_1; webhook w1, w3; delete webhook; commit")
    #expect(trace.codes == (isAgreed ? [] : [.confirmationNeeded]))
    #expect(
      await harness.client.calls.dropFirst() == (isAgreed ? ["delete app_1/w1", "delete app_1/w3"] : []))
    #expect(await harness.session.uncommitted().changes == (isAgreed ? 0 : 2))
    #expect(await harness.run("show webhooks").rows.map { String($0.prefix(2)) } == ["w2"])
  }

  /// Two apps with three and two webhooks: how many may be deleted, what is deleted, and what is sent.
  @Test(
    arguments: [
      (nil, "webhook w1, w3; delete webhook; commit", 2, []), (2, "webhook w1, w3; delete webhook; commit", 2, []),
      (1, "webhook w1, w3; delete webhook; commit", 0, [DiagnosticCode.tooManyDeletions]),
      (0, "webhook w1; delete webhook; commit", 0, [.tooManyDeletions]),
      (0, "webhook w1; set url https://x.example; commit", 0, []),
      (2, "webhook w1; delete webhook; commit; webhook w2; delete webhook; commit", 2, []),
      (1, "webhook w1; delete webhook; commit; webhook w2; delete webhook; commit", 1, [.tooManyDeletions]),
      (1, "webhook w1; set url https://x.example; webhook w1, w2; delete webhook; commit", 0, [.tooManyDeletions]),
    ] as [(Int?, String, Int, [DiagnosticCode])], [false, true])
  func deletionsHaveALimit(
    _ row: (most: Int?, script: String, deleted: Int, codes: [DiagnosticCode]), isDryRun: Bool
  ) async throws {
    let harness = try Harness(isDryRun: isDryRun, answer: true, mostDeletions: row.most)
    let trace = await harness.run("use app app_1; " + row.script)
    #expect(trace.codes == row.codes)
    #expect(await harness.client.calls.count { $0.hasPrefix("delete") } == (isDryRun ? 0 : row.deleted))
    if !row.codes.isEmpty { #expect(await harness.session.uncommitted().changes > 0) }
  }

  @Test func whatIsToBeDeletedIsGoneFromTheView() async throws {
    let harness = try Harness()
    let trace = await harness.run(
      "use app app_1; webhook w1, w2; delete webhook; show webhooks; rollback; show webhooks")
    #expect(trace.codes == [])
    #expect(trace.rows.map { String($0.prefix(2)) } == ["w3", "w1", "w2", "w3"])
  }

  @Test func whatIsToBeDeletedIsNotEdited() async throws {
    let harness = try Harness()
    #expect(await harness.run("use app app_1; webhook w1; delete webhook; add event A").codes == [.editRefused])
    #expect(await harness.session.uncommitted().changes == 1)
  }

  @Test func aDeletionOfWhatSomebodyChangedIsAConflict() async throws {
    let harness = try Harness(answer: true)
    await harness.run("use app app_1; webhook w1; delete webhook")
    await harness.client.change("w1", WebhookPatch(url: "https://other-client.example"))
    harness.world.advance(by: .seconds(31))
    #expect(await harness.run("commit").outcomes == ["w1 conflict"])
    #expect(await harness.client.webhook("w1") != nil)
  }

  @Test func aPlanDeletesAndCreatesNothing() async throws {
    let harness = try Harness(isDryRun: true)
    let trace = await harness.run(
      "use app app_1; webhook w1; delete webhook; create webhook https://x.example; commit; show webhooks")
    #expect(trace.codes == [])
    #expect(await harness.client.calls.allSatisfy { $0.hasPrefix("list") || $0.hasPrefix("get") })
    #expect(harness.dryRuns.plan.changes.count == 2)
    #expect(trace.rows.allSatisfy { !$0.hasPrefix("w1") })
  }

  @Test func aDumpRunsAndChangesNothing() async throws {
    let harness = try Harness()
    let odd = Headers([
      Header(name: "X-Odd", value: "a \"b\" ${c} \\ 'd' # ; ,\t日本"),
      Header(name: "Authorization", value: "Bearer c4n4ry-1"),
    ])
    await harness.client.change(
      "w2", WebhookPatch(events: ["A,B", "where"].filter { !$0.contains(",") }, headers: odd))
    let dumped = await harness.run("use app *; webhook *; dump")
    let script = try #require(dumped.scripts.first)
    #expect(!script.contains("c4n4ry"))
    await harness.client.forgetCalls()
    let again = await harness.run(script + "\ncommit")
    #expect(again.codes == [])
    #expect(await harness.client.calls.allSatisfy { !$0.hasPrefix("put") })
    #expect(try CommandTable.formatter.format(Source(name: "dump", text: script)) == script)
  }

  @Test func aDumpPutsBackWhatWas() async throws {
    let harness = try Harness()
    let before = await harness.client.webhook("w1")
    let script = try #require(await harness.run("use app app_1; webhook *; dump").scripts.first)
    await harness.run("webhook w1 set url https://x.example; set events A; set header X-Team voice; commit")
    await harness.run(script + "\ncommit")
    let after = await harness.client.webhook("w1")
    #expect(after?.url == before?.url && after?.events == before?.events && after?.headers == before?.headers)
  }
}
