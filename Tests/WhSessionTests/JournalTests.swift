import Synchronization
import Testing
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

/// What scripts, resume and undo write down, and what they make of what was written down before.
@Suite struct JournalTests {
  private static let lost = APIError(.unreachable, message: "the connection was lost: reset")
  private static let refused = APIError(.keyRefused, status: 401, message: "invalid key")
  private static let created = "create webhook https://made.example.com/1 events A"

  private let client = Harness.twoApps()
  private let journal = MemoryRunLog()

  /// Another process of the same user, with the same journal.
  private func process(
    _ opened: MemoryRunLog? = nil, isPrompt: Bool = false, answer: Bool = true, ignoresUnfinished: Bool = false,
    shard: Shard? = nil
  ) throws -> Harness {
    try Harness(
      client, answer: answer, journal: opened ?? journal.another(), isPrompt: isPrompt,
      ignoresUnfinished: ignoresUnfinished,
      shard: shard)
  }

  /// How each intent of a run ended, and whether it is open.
  private func states(of run: Int) async throws -> [String] {
    try await journal.allIntents(of: run).map { intent in
      "\(intent.change.webhookID?.text ?? "new") \(intent.state.rawValue)\(intent.isOpen ? ", open" : "")"
    }
  }

  private func kinds() async throws -> [RunMetadata.Kind] {
    try await journal.runs().reversed().map(\.metadata.kind)
  }

  // MARK: Commits

  @Test func eachOutcomeStandsAtItsOwnIntent() async throws {
    await client.fail("put app_1/w2", with: APIError(.invalid, status: 400, message: "no"))
    try await process().run("use app app_1; webhook *; add event A; commit")
    #expect(try await states(of: 1) == ["w1 updated", "w2 failed", "w3 updated"])
  }

  @Test func aCreationWhoseAnswerIsLostStaysOpenAndIsNotMadeTwice() async throws {
    await client.fail("post app_1", with: .unknown(Self.lost), times: 1)
    let process = try process()
    let trace = await process.run("use app app_1; \(Self.created); commit")
    await process.run("commit")
    #expect(try await states(of: 1) == ["new unknown, open"])
    #expect(await client.calls.count { $0.hasPrefix("post") } == 1)
    #expect(trace.kinds.first == .stopped)
  }

  /// Else the undo of the creation would delete a webhook that was there before.
  @Test func anAnswerToACreationThatNamesAnotherWebhookIsNotBelieved() async throws {
    let process = try process()
    await process.run("use app app_1; webhook *")
    await client.fail("post app_1", with: .applied(Harness.webhook("w1", "app_1", ["MESSAGE_SENT"])), times: 1)
    await process.run("use app app_1; \(Self.created); commit")
    #expect(try await states(of: 1) == ["new created, open"])
    #expect(try await journal.allIntents(of: 1).allSatisfy { $0.outcome?.answer == nil })
  }

  @Test("Where there is nothing to resume, no server and no key is needed to say so")
  func nothingToResume() async throws {
    func withoutKey() throws -> Interpreter {
      try Harness(
        client, problem: ConnectionProblem(.keyRefused, .noKey, "no key"), journal: journal.another(),
        place: ("default", "https://api.example.com")
      ).session
    }
    func notes(_ number: Int?) async throws -> [String] {
      try await withoutKey().resume(number).outputs.compactMap { if case .note(let text) = $0 { text } else { nil } }
    }
    #expect(try await notes(nil) == ["nothing to resume"])
    try await process().run("use app app_1; webhook w1; add event A; commit")
    #expect(try await notes(nil) == ["nothing to resume"])
    #expect(try await notes(1) == ["run 1 is finished"])
    let unknown = await #expect(throws: Failure.self) { try await withoutKey().resume(9) }
    #expect(unknown?.diagnostic.code == .unknownRun)
    await client.fail("put app_1/w2", with: .unknown(Self.lost), times: 1)
    try await process().run("use app app_1; webhook w2; add event A; commit")
    for number in [nil, 2] {
      let failure = await #expect(throws: Failure.self) { try await withoutKey().resume(number) }
      #expect(failure?.kind == .keyRefused)
    }
  }

  @Test func aCommitAfterAnUndoIsARunOfItsOwn() async throws {
    let process = try process()
    await process.run("use app app_1; webhook w1; add event A; commit")
    await process.run("undo; commit; use app app_1; webhook w2; add event B; commit")
    #expect(try await kinds() == [.commit, .undo(of: 1), .commit])
    #expect(try await states(of: 2) == ["w1 updated"])
    #expect(try await states(of: 3) == ["w2 updated"])
  }

  @Test func aRunThatWasGivenUpGetsNoFurtherCommits() async throws {
    let process = try process()
    await client.fail("put app_1/w2", with: .unknown(Self.lost), times: 1)
    await process.run("on error continue; use app app_1; webhook w1, w2; add event A; commit")
    try await journal.abandon(1)
    await process.run("rollback; webhook w3; add event A; commit")
    #expect(try await journal.run(1).state == .abandoned)
    #expect(try await states(of: 2) == ["w3 updated"])
  }

  @Test func whatAnotherProcessHasResumedIsNotMadeAgain() async throws {
    let process = try process()
    await client.fail("post app_1", with: .notSent(Self.lost), times: 1)
    await process.run("use app app_1; webhook w1; add event A; \(Self.created); commit")
    #expect(try await states(of: 1) == ["w1 updated", "new not attempted, open"])
    _ = try await self.process().session.resume(nil)
    #expect(try await states(of: 1) == ["w1 updated", "new created"])
    await client.forgetCalls()
    await process.run("commit")
    #expect(await client.calls.allSatisfy { !$0.hasPrefix("post") })
  }

  /// The prompt goes on after a run of its own, but not while it is unknown what became of a webhook.
  @Test func thePromptCommitsNothingElseOverWhatIsUnknown() async throws {
    let process = try process(isPrompt: true, answer: false)
    await client.fail("put app_1/w1", with: .unknown(Self.lost), times: 1)
    await process.run("use app app_1; webhook w1; add event A; commit")
    let trace = await process.run("rollback; webhook w2; add event A; commit")
    #expect(trace.codes == [.unfinishedRun])
    #expect(await client.webhook("w2")?.events == ["MESSAGE_SENT"])
  }

  @Test func whatIsUnknownStaysOpenThoughOtherThingsAreCommitted() async throws {
    let process = try process(isPrompt: true, ignoresUnfinished: true)
    await client.fail("put app_1/w1", with: .unknown(Self.lost), times: 1)
    await process.run("use app app_1; webhook w1; add event A; commit")
    await process.run("rollback; webhook w2; add event A; commit")
    #expect(try await states(of: 1) == ["w1 unknown, open"])
    #expect(try await states(of: 2) == ["w2 updated"])
  }

  /// A conflict does not tell that nothing was done before it: what is left of such a run is for resume.
  @Test func aRunWithATryThatMayHaveBeenAppliedIsNotWithdrawn() async throws {
    let process = try process()
    let world = process.world
    await client.fail("put app_1/w1", with: .unknown(APIError(.expired, message: "its turn came too late")), times: 1)
    await client.when("put app_1/w1") { client in
      world.advance(by: .seconds(60))
      client.change("w1", WebhookPatch(events: ["THEIRS"]))
    }
    await client.fail("put app_1/w2", with: .notSent(Self.refused), times: 1)
    await process.run("use app app_1; webhook w1, w2; add event A; commit")
    #expect(try await states(of: 1) == ["w1 conflict", "w2 not attempted, open"])
    #expect(try await journal.run(1).state == .interrupted)
  }

  @Test func anInterruptLetsNothingElseBeSent() async throws {
    let process = try process()
    let task = Mutex<Task<Trace, Never>?>(nil)
    await client.when("put app_1/w1") { _ in task.withLock { $0?.cancel() } }
    let running = task.withLock { task in
      let running = Task { await process.run("use app app_1; webhook *; add event A; commit") }
      task = running
      return running
    }
    #expect(await running.value.codes == [.interrupted])
    #expect(await client.calls.count { $0.hasPrefix("put") } == 1)
    #expect(try await states(of: 1) == ["w1 updated", "w2 not attempted, open", "w3 not attempted, open"])
  }

  /// The commits of a script are one run: what the first one changed must be undone or finished with the rest.
  @Test func aLaterCommitThatIsRefusedStaysOpen() async throws {
    await client.fail("put app_1/w2", with: .notSent(Self.refused), times: 1)
    let trace = try await process().run(
      "use app app_1; webhook w1; add event A; commit; webhook w2; add event A; commit")
    #expect(trace.kinds == [.keyRefused])
    #expect(try await states(of: 1) == ["w1 updated", "w2 not attempted, open"])
    #expect(try await journal.run(1).state == .interrupted)
  }

  /// It is not in any list that was read, and yet no webhook that this run made.
  @Test func anAnswerToACreationThatNamesAnOlderWebhookIsNotBelieved() async throws {
    await client.fail("post app_1", with: .applied(Harness.webhook("w9", "app_1", ["A"])), times: 1)
    let trace = try await process().run("use app app_1; \(Self.created); commit")
    #expect(try await states(of: 1) == ["new created, open"])
    #expect(try await journal.allIntents(of: 1).allSatisfy { $0.outcome?.answer == nil })
    #expect(
      trace.failures.map(\.diagnostic.message) == ["1 webhook was created, but the service did not say which"])
  }

  // MARK: Undo

  /// Both webhooks had the same content, so that only their apps tell which of them is there again.
  @Test(arguments: ["app_1", "app_2"])
  func aSecondUndoCreatesOnlyWhatTheFirstCouldNot(_ refusing: String) async throws {
    func webhook(_ id: String, _ app: String) -> Webhook {
      var webhook = Harness.webhook(id, app, ["A"])
      webhook.url = "https://same.example.com"
      return webhook
    }
    let client = FakeAPIClient([
      Harness.app("app_1", "one"): [webhook("w1", "app_1")], Harness.app("app_2", "two"): [webhook("v1", "app_2")],
    ])
    func process() throws -> Harness { try Harness(client, answer: true, journal: journal.another()) }
    try await process().run("use app *; webhook *; delete webhook; commit")
    await client.fail("post \(refusing)", with: APIError(.invalid, status: 400, message: "no"), times: 1)
    try await process().run("undo 1; commit")
    await client.forgetCalls()
    let trace = try await process().run("undo 1; commit")
    #expect(trace.failures.isEmpty)
    #expect(await client.calls.filter { $0.hasPrefix("post") }.map { $0.hasPrefix("post \(refusing)") } == [true])
  }

  @Test func aHeaderThatTheServiceMasksIsPutBack() async throws {
    try await process().run("use app app_1; webhook w1; set header X-Signature s3cret; commit")
    let masks = Headers([Header(name: "X-Team", value: "sms"), Header(name: "X-Signature", value: "********")])
    await client.change("w1", WebhookPatch(headers: masks))
    let trace = try await process().run("undo; commit")
    #expect(trace.outcomes == ["w1 updated"])
    #expect(await client.webhook("w1")?.headers == Headers([Header(name: "X-Team", value: "sms")]))
  }

  @Test func whatAnUndoCannotPutBackIsToldByItsCommit() async throws {
    try await process().run("use app app_1; webhook *; add event A; commit")
    await client.change("w2", WebhookPatch(events: ["THEIRS"]))
    let trace = try await process().run("undo; commit")
    #expect(Set(trace.outcomes) == ["w1 updated", "w2 conflict", "w3 updated"])
    #expect(trace.kinds == [.failed])
    #expect(trace.failures.flatMap(\.diagnostic.notes) == ["what others have changed since the run is left as it is"])
  }

  @Test func aConflictOfAnUndoHoldsAllOfItWhereTheOptionSaysSo() async throws {
    try await process().run("use app app_1; webhook *; add event A; commit")
    await client.change("w2", WebhookPatch(events: ["THEIRS"]))
    await client.forgetCalls()
    let trace = try await process().run("config conflicts stop; undo; commit")
    #expect(trace.kinds == [.failed])
    #expect(await client.calls.allSatisfy { !$0.hasPrefix("put") })
  }

  @Test func theMarkOfAnUndoThatFoundOnlyConflictsEndsWithItsCommit() async throws {
    let process = try process()
    await process.run("use app app_1; webhook w1; add event A; commit")
    await client.change("w1", WebhookPatch(events: ["THEIRS"]))
    let undo = await process.run("on error continue; undo; commit")
    #expect(undo.outcomes == ["w1 conflict"])
    await process.run("use app app_1; webhook w2; add event A; commit")
    #expect(try await kinds() == [.commit])
    #expect(try await journal.runs().allSatisfy { $0.undoneBy == nil })
  }

  @Test func anEditBesideAConflictOfAnUndoIsSentOnceAndNotKept() async throws {
    try await process().run("use app app_1; webhook w1; set url https://a.example.com/; commit")
    await client.change("w1", WebhookPatch(url: "https://theirs.example.com/"))
    let trace = try await process().run(
      "on error continue; use app app_1; webhook w1; undo 1; add event A; commit; remove event A; commit")
    #expect(Set(trace.outcomes) == ["w1 conflict", "w1 updated"])
    #expect(await client.webhook("w1")?.events.contains("A") == false)
    #expect(await client.webhook("w1")?.url == "https://theirs.example.com/")
  }

  @Test func whatAnUndoneRunLeftOpenIsNotSentAgain() async throws {
    await client.fail("put app_1/w2", with: .unknown(Self.lost), times: 1)
    try await process().run("use app app_1; webhook *; add event A; commit")
    #expect(try await states(of: 1).contains("w2 unknown, open"))
    try await process().run("undo 1; commit")
    await client.forgetCalls()
    let reply = try await process().session.resume(nil)
    #expect(reply.failure == nil)
    #expect(await client.calls.allSatisfy { !$0.hasPrefix("put") })
    #expect(try await journal.run(1).state == .abandoned)
  }

  @Test func anUndoOfAShareLeavesTheAppsOfOthers() async throws {
    try await process().run("use app *; webhook *; add event A; commit")
    var all: Set<String> = []
    for number in 1...2 {
      await client.forgetCalls()
      try await process(shard: Shard("\(number)/2")).run("undo 1")
      let apps = ["app_1", "app_2"].filter { Shard("\(number)/2")?.contains(AppID(unchecked: $0)) ?? false }
      let read = Set(
        await client.calls.compactMap { $0.split { " /".contains($0) }.dropFirst().first.map(String.init) })
      #expect(read == Set(apps))
      all.formUnion(read)
    }
    #expect(all == ["app_1", "app_2"])
  }

  @Test(arguments: [
    ("undo 1 where slug = one", ["w1 updated", "w2 updated", "w3 updated"]), ("undo where id = w2", ["w2 updated"]),
    ("undo 1 where id = v1 or event MESSAGE_DELIVERED", ["w3 updated", "v1 updated"]), ("undo where id = none", []),
  ])
  func aPartOfARunIsUndone(_ undo: String, _ outcomes: [String]) async throws {
    try await process().run("use app *; webhook *; add event NEW; commit")
    let trace = try await process().run("\(undo); commit")
    #expect(trace.outcomes.sorted() == outcomes.sorted())
    let rest = try await process().run("undo 1; commit")
    #expect(rest.outcomes.filter { $0.hasSuffix("updated") }.count == 5 - outcomes.count)
  }

  @Test func aDeletionIsComparedAsItWas() async throws {
    try await process().run("use app *; webhook *; delete webhook; commit")
    let trace = try await process().run("undo where url ~ */w1 or url ~ */v2; commit")
    #expect(trace.outcomes == ["new created", "new created"])
  }

  @Test func aPartOfAnUnfinishedRunIsNotUndone() async throws {
    await client.fail("put app_1/w2", with: .unknown(Self.lost), times: 1)
    try await process().run("use app app_1; webhook *; add event A; commit")
    let trace = try await process().run("undo 1 where id = w1; commit")
    #expect(trace.codes == [.unfinishedRun])
    #expect(trace.failures.first?.diagnostic.label?.contains("`wh resume`") == true)
    #expect(try await states(of: 1).contains("w2 unknown, open"))
    // One that was abandoned is only resumed if it is named.
    try await journal.abandon(1)
    let abandoned = try await process().run("undo 1 where id = w1; commit")
    #expect(abandoned.failures.first?.diagnostic.label?.contains("`wh resume 1`") == true)
  }

  /// What a second commit at the prompt is to do to a webhook for which the first one had no answer, and was applied or not.
  @Test(arguments: [
    ("add event A", true, 0), ("add event A", false, 1), ("remove event A", true, 1), ("remove event A", false, 0),
    ("set url https://new.example.com/", true, 1), ("rollback", true, 0),
  ])
  func aCommitOverAnUnknownOutcomeLooksFirst(_ edit: String, isApplied: Bool, writes: Int) async throws {
    let before = try #require(await client.webhook("w1")).events
    await client.fail("put app_1/w1", with: .unknown(Self.lost), times: 1)
    let process = try process(isPrompt: true)
    await process.run("use app app_1; webhook w1; add event A; commit")
    if isApplied { await client.change("w1", WebhookPatch(events: before + ["A"])) }
    await client.forgetCalls()
    await process.run("\(edit); commit")
    #expect(await client.calls.count { $0.hasPrefix("put") } == writes)
    let hasEvent = await client.webhook("w1")?.events.contains("A")
    #expect(hasEvent == (edit.hasPrefix("remove") ? false : edit == "rollback" ? isApplied : true))
    // What is known now needs no resume, which would bring back what was taken back.
    await client.forgetCalls()
    let reply = try await self.process().session.resume(nil)
    #expect(reply.failure == nil)
    #expect(await client.calls.contains { $0.hasPrefix("put") } == false)
  }

  // MARK: Resume

  @Test func aResumedRunThatIsRefusedStaysUnfinished() async throws {
    await client.fail("put app_1/w2", with: .notSent(Self.lost), times: 1)
    try await process().run("use app app_1; webhook *; add event A; commit")
    await client.fail("put", with: .notSent(Self.refused), times: 1)
    _ = try await process().session.resume(nil)
    #expect(try await journal.run(1).state == .interrupted)
    let reply = try await process().session.resume(nil)
    #expect(reply.failure == nil)
    #expect(try await states(of: 1) == ["w1 updated", "w2 updated", "w3 updated"])
  }

  /// Nothing of the run was sent yet, as by a process that died right before, and that is still no reason to give it up.
  @Test func aResumedRunThatIsRefusedAtItsFirstWebhookStaysUnfinished() async throws {
    await client.fail("put app_1/w2", with: .notSent(Self.lost), times: 1)
    try await process().run("use app app_1; webhook *; add event A; commit")
    let intents = try await journal.allIntents(of: 1)
    await client.change("w1", WebhookPatch(events: ["MESSAGE_CREATED", "MESSAGE_SENT"]))
    let writer = try await journal.reopen(1)
    writer.record(Outcome(intents[0].change, .notAttempted, closesIntent: false), at: 0)
    _ = try await writer.finish()
    await client.fail("put", with: .notSent(Self.refused), times: 1)
    _ = try await process().session.resume(nil)
    #expect(try await states(of: 1).allSatisfy { $0.hasSuffix(", open") })
    #expect(try await journal.run(1).state == .interrupted)
  }

  /// Else the next resume would take it for one that was never sent, and make the webhook once more.
  @Test func whatAResumeSendsIsUnknownInTheJournalBefore() async throws {
    await client.fail("post app_1", with: .notSent(Self.lost), times: 1)
    try await process().run("use app app_1; webhook w1; add event A; \(Self.created); commit")
    #expect(try await states(of: 1) == ["w1 updated", "new not attempted, open"])
    let opened = journal.another()
    await client.when("post app_1") { _ in opened.crash() }
    _ = try? await process(opened).session.resume(nil)
    #expect(try await states(of: 1) == ["w1 updated", "new unknown, open"])
  }

  /// A run that stood back because of another one has not done what that one left.
  @Test(arguments: [Outcome.State.conflict, .created])
  func onlyWhatALaterRunSentIsLeftToIt(_ state: Outcome.State) async throws {
    await client.fail("post app_1", with: .notSent(Self.lost), times: 1)
    try await process().run("use app app_1; webhook w1; add event A; \(Self.created); commit")
    let open = try #require(try await journal.allIntents(of: 1, .open).first)
    let metadata = try await journal.run(1).metadata
    let writer = try await journal.another().begin(metadata, [open.change])
    writer.record(Outcome(open.change, state), at: 0)
    _ = try await writer.finish()
    _ = try await process().session.resume(1)
    #expect(await client.calls.count { $0.hasPrefix("post") } == (state == .conflict ? 2 : 1))
    #expect(try await journal.run(1).openCount == 0)
  }

  /// Of two creations of the same contents one has made the webhook that is there, so that the other one has made none.
  @Test func aWebhookIsFoundForOneCreationAlone() async throws {
    try await process().run("use app app_1; \(Self.created); \(Self.created); commit")
    #expect(try await states(of: 1) == ["new created", "new created"])
    let intents = try await journal.allIntents(of: 1)
    await client.remove("new5")
    // As a process that died before it sent the second one leaves it.
    let writer = try await journal.reopen(1)
    writer.record(Outcome(intents[1].change, .unknown), at: 1)
    _ = try await writer.finish()
    await client.forgetCalls()
    _ = try await process().session.resume(nil)
    #expect(await client.calls.contains { $0.hasPrefix("post app_1") })
    #expect(try await journal.run(1).state == .finished)
  }

  @Test func whatAnotherRunCreatedIsNotTakenForWhatThisOneDid() async throws {
    try await process().run("use app app_1; \(Self.created); commit")
    await client.fail("post app_1", with: .unknown(Self.lost), times: 1)
    try await process().run("use app app_1; \(Self.created); commit")
    await client.forgetCalls()
    _ = try await process().session.resume(nil)
    #expect(await client.calls.contains { $0.hasPrefix("post app_1") })
    #expect(try await states(of: 2) == ["new created"])
  }

  @Test func whatAnEarlierProcessMayHaveSentIsNotTakenForUnsent() async throws {
    await client.fail("put app_1/w1", with: .unknown(Self.lost), times: 1)
    try await process().run("use app app_1; webhook w1; add event A; commit")
    await client.fail("put app_1/w1", with: .notSent(Self.lost), times: 1)
    _ = try await process().session.resume(nil)
    #expect(try await states(of: 1) == ["w1 unknown, open"])
  }
}
