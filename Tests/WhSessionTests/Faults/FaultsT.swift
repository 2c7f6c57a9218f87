import Testing
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

/// T: what the prompt's users met, as far as a session shows it.
@Suite("T: the prompt")
struct FaultsT {
  // MARK: T5

  @Test(
    "T5: a comma within a name is not taken for a part of it",
    arguments: [
      ("use app prod-*,staging-*", "1:15"), ("use app one,two", "1:12"), ("use app one, two,three", "1:17"),
      ("use app * except one,two", "1:21"), ("use app one; webhook w1,w2 clear headers", "1:24"),
      ("use app one; webhook w?,w2", "1:24"), ("use app ${x},two", "1:13"),
    ])
  func comma(text: String, place: String) {
    let script = Binder(readFile: FakeWorld().effects.readFile, redactor: Redactor())
      .bind(Source(name: "t.wh", text: text), in: Scope(variables: ["x": "one"]))
    let errors = script.diagnostics.filter { $0.severity == .error }
    #expect(errors.map(\.code) == [.unexpectedComma])
    #expect(errors.map { "\($0.span.position.line):\($0.span.position.column)" } == [place])
  }

  @Test(
    "T5: lists, quoted names and lists in variables are as before",
    arguments: [
      "use app one, two", "use app one ,two", #"use app "one,two""#, "use app 'one,two', two", "use app ${list}",
    ])
  func lists(text: String) {
    let script = Binder(readFile: FakeWorld().effects.readFile, redactor: Redactor())
      .bind(Source(name: "t.wh", text: text), in: Scope(variables: ["list": "one, two"]))
    #expect(!script.diagnostics.contains { $0.code == .unexpectedComma })
  }

  // MARK: T6

  private static let lost = APIError(.unreachable, message: "the connection was lost")

  /// A run of one webhook whose outcome is unknown.
  private static func stopped(_ client: FakeAPIClient, _ journal: MemoryRunLog) async throws {
    await client.fail("put app_1/w2", with: .unknown(lost), times: 1)
    let trace = try await Harness(client, journal: journal)
      .run("use app one; webhook w2; add event MESSAGE_DELIVERED; commit")
    #expect(trace.kinds == [.stopped])
  }

  @Test("T6: `resume` finishes what was stopped, and the prompt says so")
  func resume() async throws {
    let (client, journal) = (Harness.twoApps(), MemoryRunLog())
    try await Self.stopped(client, journal)
    let prompt = try Harness(
      client, journal: journal.another(), isPrompt: true, place: ("default", "https://api.example.com"))
    let notice = try #require(await prompt.session.unfinishedNotice())
    #expect(notice.hasSuffix("run `resume` to finish it"))
    let refused = await prompt.run("use app one; webhook w1 add event MESSAGE_DELIVERED; commit")
    #expect(refused.codes == [.unfinishedRun])
    let resumed = await prompt.run("resume 1")
    #expect(resumed.failures.isEmpty && resumed.outcomes == ["w2 updated"], "\(resumed.failures)")
    #expect(try await journal.run(1).openCount == 0)
    let committed = await prompt.run("commit")
    #expect(committed.failures.isEmpty && committed.outcomes == ["w1 updated"], "\(committed.failures)")
    #expect(await prompt.run("resume").notes == ["nothing to resume"])
  }

  @Test(
    "T6: what is staged on a resumed webhook stays, unless the run has done it",
    arguments: [("set header X-Team blue", 1), ("add event MESSAGE_DELIVERED", 0), ("delete webhook", 1)])
  func stagedBeside(edit: String, left: Int) async throws {
    let (client, journal) = (Harness.twoApps(), MemoryRunLog())
    try await Self.stopped(client, journal)
    let prompt = try Harness(client, answer: true, journal: journal.another(), isPrompt: true)
    let resumed = await prompt.run("use app one; webhook w2; \(edit); resume")
    #expect(resumed.failures.isEmpty && resumed.outcomes == ["w2 updated"], "\(resumed.failures)")
    #expect(await prompt.session.uncommitted().changes == left)
    let committed = await prompt.run("commit")
    #expect(committed.failures.isEmpty, "\(committed.failures)")
    let webhook = await client.webhook("w2")
    #expect(webhook.map { $0.events.contains("MESSAGE_DELIVERED") } ?? true)
    #expect((webhook?.headers["X-Team"] == "blue") == edit.contains("blue"))
  }

  @Test("T6: a yes commits in spite of an unfinished run")
  func passedOver() async throws {
    let (client, journal) = (Harness.twoApps(), MemoryRunLog())
    try await Self.stopped(client, journal)
    let prompt = try Harness(client, answer: true, journal: journal.another(), isPrompt: true)
    let committed = await prompt.run("use app one; webhook w1 add event MESSAGE_DELIVERED; commit")
    #expect(committed.failures.isEmpty && committed.outcomes == ["w1 updated"], "\(committed.failures)")
  }

  @Test(
    "A run is shown by its number, but not one of another profile",
    arguments: [(1, nil), (2, .unknownRun)] as [(Int, DiagnosticCode?)])
  func showRun(number: Int, problem: DiagnosticCode?) async throws {
    let (client, journal) = (Harness.twoApps(), MemoryRunLog())
    try await Self.stopped(client, journal)
    let trace = try await Harness(client, journal: journal.another(), isPrompt: true).run("show run \(number)")
    #expect(trace.codes == [problem].compactMap(\.self))
    #expect(trace.outputs.count == (problem == nil ? 1 : 0))
  }

  // MARK: T13

  @Test("T13: a commit that was stopped at the prompt says how to go on there")
  func advice() async throws {
    let client = Harness.twoApps()
    await client.fail("put app_1/w2", with: .notSent(APIError(.unreachable, message: "gone")), times: 1)
    let trace = try await Harness(client, journal: MemoryRunLog(), isPrompt: true)
      .run("use app one; webhook *; add event MESSAGE_DELIVERED, MESSAGE_CREATED; commit")
    #expect(trace.failures.last?.diagnostic.notes == ["run `commit` to send the rest"], "\(trace.failures)")
  }

  // MARK: T7

  @Test(
    "T7: a new session that undoes or resumes reads many apps at once, and each list once",
    arguments: ["undo", "resume"])
  func manyApps(statement: String) async throws {
    var apps: [App: [Webhook]] = [:]
    for number in 1...6 {
      let id = "app_\(number)"
      apps[Harness.app(id, "slug-\(number)")] = (1...3).map { Harness.webhook("w\(number)\($0)", id, ["MESSAGE_SENT"]) }
    }
    let (client, journal) = (FakeAPIClient(apps), MemoryRunLog())
    if statement == "resume" { await client.fail("put", with: .unknown(Self.lost), times: 1) }
    await (try Harness(client, journal: journal)).run("use app *; webhook *; add event MESSAGE_DELIVERED; commit")
    await client.forgetCalls()
    let session = try Harness(client, jobs: 4, journal: journal.another(), isPrompt: true)
    let trace = await session.run(statement)
    #expect(trace.failures.isEmpty, "\(trace.failures)")
    let lists = await client.calls.filter { $0.hasPrefix("list ") }
    #expect(Set(lists).count == lists.count && lists.count == 6, "\(lists)")
    #expect(await client.mostAtOnce > 1)
    // One bar for all of it, which ends full.
    let steps = session.progress.texts
    #expect(steps.filter { $0.hasPrefix("began reading") } == ["began reading 6"], "\(steps)")
    let reading = steps.drop { $0 != "began reading 6" }.dropFirst().prefix { $0 != "ended" }
    #expect(reading.count == 6 && reading.allSatisfy { $0 == "stepped" }, "\(steps)")
  }

  @Test("`watch` lists the apps again, and the names of the selected ones are still known")
  func appsAgain() async throws {
    let harness = try Harness()
    await harness.run("use app one; show apps")
    await harness.client.forgetCalls()
    try await harness.session.reread()
    let trace = await harness.run("show apps")
    let calls = await harness.client.calls
    #expect(calls == ["apps 0"])
    #expect(trace.outputs.count == 1 && trace.failures.isEmpty)
  }

  // MARK: T10

  @Test("T10: each advice leads to statements that there are", arguments: Synonyms.standard.all)
  func synonyms(words: String, advice: String) throws {
    let heads = Set(CommandTable.all.map { $0.grammar.head.split(separator: " ")[0] })
    let named = advice.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { $0.element.split(separator: " ")[0] }
    #expect(named.allSatisfy(heads.contains), "\(advice)")
    #expect(!named.isEmpty || advice.contains("Ctrl-"))
    // None hides a statement.
    let text = words.replacing("*", with: "my-app")
    let script = CommandTable.parser.parse(Source(name: "t", text: text))
    let shown = script.diagnostics.map { ([$0.label] + $0.notes).compactMap(\.self).joined(separator: " ") }
    #expect(shown.count == 1 && shown[0].contains(advice.replacing("%", with: "my-app")), "\(words): \(shown)")
  }

  @Test(
    "T10: a misspelling of a statement's own word is still found",
    arguments: ["use ap x", "shwo apps", "delete webhok", "remove evnt X"])
  func misspellings(text: String) {
    let diagnostics = CommandTable.parser.parse(Source(name: "t", text: text)).diagnostics
    #expect(diagnostics.map { $0.label?.hasPrefix("did you mean") } == [true])
  }

  // MARK: T11

  @Test("T11: scripts name webhooks and apps in full", arguments: ["webhook a0ee", "webhook 1", "webhook a0ee…0a11"])
  func inScripts(text: String) async throws {
    let app = Harness.app("app_1", "one")
    let client = FakeAPIClient([app: [Harness.webhook("a0eebc99-0a11", "app_1", ["MESSAGE_SENT"])]])
    let script = try await Harness(client).run("use app one; show webhooks; " + text)
    #expect(script.failures.map(\.diagnostic.code) == [.unknownWebhook])
    let prompt = try await Harness(client, isTalkative: true).run("use app one; show webhooks; " + text)
    #expect(prompt.failures.isEmpty, "\(prompt.failures)")
  }

  // MARK: T14

  @Test(
    "T14: a line that looks as if it held a secret does",
    arguments: [
      ("set url https://bob:hunter2@example.com", true), ("set utl 'https://bob:hunter2@example.com/x'", true),
      ("echo https://example.com/?token=abc123", true), ("set heder X-Auhtor \"Bearer abcdefgh\"", true),
      ("set header X Basic dXNlcjpwYXNz", true), ("x 'token abcdef12'", true), ("x bearer ${token}", false),
      ("set header Authorization \"Bearer ${token}\"", false), ("set url https://example.com/basic", false),
      ("set url https://example.com/?token=${token}", false), ("echo the bearer of", false), ("commit", false),
      ("webhook where url ~ https://*@example.com", true),
    ])
  func looks(line: String, isSecret: Bool) {
    #expect(Redactor().mayHoldSecret(line) == isSecret)
  }

  // MARK: T17

  @Test(
    "T17: what one statement staged is dropped, on all of its webhooks",
    arguments: [
      ("add event A; set header X-B c", 1, "w1 X-B; w2 X-B"), ("add event A; set header X-B c", 2, "w1 A; w2 A"),
      ("add event A", 1, ""), ("add event A; delete webhook", 1, "w1 A; w2 A"),
      ("create webhook https://n.example.com events A; add event A", 2, "w1 A; w2 A"),
      ("create webhook https://n.example.com events A; add event A", 1, "new"),
      ("add event A; webhook w2; set header X-B c", 2, "w1 A; w2 A"),
    ])
  func unstage(edits: String, number: Int, left: String) async throws {
    let harness = try Harness()
    let trace = await harness.run("use app one; webhook w1, w2; \(edits); unstage \(number)")
    #expect(trace.failures.isEmpty, "\(trace.failures)")
    let changes = await harness.session.snapshot().view.plan.changes
    let shown = changes.map { change in
      guard let id = change.webhookID, let after = change.after, let before = change.before else { return "new" }
      let events = after.events.filter { !before.events.contains($0) }
      return ([id.text] + events + after.headers.all.map(\.name).filter { $0 != "X-Team" }).joined(separator: " ")
    }
    #expect(shown.joined(separator: "; ") == left)
  }

  @Test("T17: a number that no statement has is refused", arguments: ["unstage 2", "unstage 99"])
  func notStaged(text: String) async throws {
    let trace = try await Harness().run("use app one; webhook *; add event A; " + text)
    #expect(trace.failures.map(\.diagnostic.code) == [.invalidLimit])
  }

  @Test("T17: no number below 1", arguments: ["unstage 0", "unstage -1", "unstage x"])
  func wrongNumber(text: String) {
    #expect(LanguageTests.bind(text).diagnostics.map(\.code) == [.invalidLimit])
  }

  // MARK: Statements of the prompt

  @Test(
    "Only what looks is watched",
    arguments: [
      "watch commit", "watch add event A", "watch 3 watch status", "watch", "watch 0 status", "watch use app *",
    ])
  func notWatched(text: String) {
    #expect(LanguageTests.bind(text).hasErrors)
  }

  @Test("In a script they are refused", arguments: ["history", "! date", "config jobs 3 save", "edit"])
  func onlyAtPrompt(text: String) async throws {
    let trace = try await Harness().run(text)
    #expect(trace.failures.map(\.diagnostic.code) == [.notAvailable])
  }

  /// A prompt that remembers what was asked of it.
  private struct Host: PromptHost {
    let saved: @Sendable (String, String) -> Void

    func history(newest count: Int) -> [String] { ["one", "two", "three"].suffix(count) }
    func run(command: String) async -> CommandEnd { command == "false" ? .exited(1) : .exited(0) }
    func edit(_ line: String) async throws(FileProblem) { throw FileProblem("`vi` is not there") }
    func save(_ statement: String, replacing words: String) throws(FileProblem) -> String {
      saved(statement, words)
      return "init.wh"
    }
  }

  @Test(
    "At a prompt they run",
    arguments: [
      ("history 2", "two\nthree", nil), ("! true", nil, nil), ("! false", nil, .commandFailed),
      ("edit", nil, .commandFailed),
      ("config jobs 3 save", "jobs = 3, saved in init.wh", nil), ("config prompt '{app}> '", "prompt = {app}> ", nil),
    ] as [(String, String?, DiagnosticCode?)])
  func atPrompt(text: String, shown: String?, problem: DiagnosticCode?) async throws {
    let harness = try Harness()
    await harness.session.serve(
      by: Host { statement, words in #expect(statement == "config jobs 3" && words == "config jobs") })
    let trace = await harness.run(text)
    #expect(trace.failures.map(\.diagnostic.code) == [problem].compactMap(\.self))
    let texts = trace.outputs.compactMap { output in
      switch output {
      case .text(let text), .confirmation(let text): text
      default: nil
      }
    }
    #expect(texts == [shown].compactMap(\.self))
  }
}
