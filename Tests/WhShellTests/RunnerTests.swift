import Synchronization
import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@testable import WhShell

/// Notes the events it gets, in short.
private final class NotingSink: EventSink {
  private let events = Mutex<[String]>([])

  var noted: [String] { events.withLock(\.self) }

  func receive(_ event: SessionEvent, as presentation: Presentation) async {
    let text =
      switch event {
      case .startUpBegan: "start-up began"
      case .startUpEnded: "start-up ended"
      case .typed(let lines): "typed \(lines.map(\.text).joined(separator: "|"))"
      case .read(let script, _): "read \(script.statements.count)\(script.hasErrors ? ", refused" : "")"
      case .began(let statement): "began \(statement.span.text)"
      case .shown(let things): "shown \(presentation.form) \(things.map(Self.name).joined(separator: " "))"
      case .ended(let failure): failure.map { "failed \($0.diagnostic.code.rawValue)" } ?? "ended"
      case .abandoned(let statement): "abandoned after \(statement.span.text)"
      case .leftUncommitted: "left uncommitted"
      }
    events.withLock { $0.append(text) }
  }

  private static func name(_ shown: Shown) -> String {
    switch shown {
    case .output(.text(let text)): text
    case .output(.note): "note"
    case .output(.confirmation): "confirmation"
    case .output: "output"
    case .diagnostic(let diagnostic): diagnostic.code.rawValue
    case .summary: "summary"
    case .session: "session"
    case .migrations: "migrations"
    case .finding: "finding"
    case .verdict: "verdict"
    }
  }
}

@Suite("One runner tells every sink the same")
struct RunnerTests {
  /// A session with one app and one webhook, whose events are noted.
  private struct Stage {
    let sink = NotingSink()
    let runner: Runner
    let written = Written()
    private let world: FakeWorld

    init(files: [String: String] = [:], commandEnd: CommandEnd = .exited(0), isPlan: Bool = false) throws {
      world = FakeWorld(files: files)
      let redactor = Redactor()
      let app = App(id: AppID(unchecked: "app_1"), slug: "one", name: "One", status: "active")
      let webhook = Webhook(
        id: WebhookID(unchecked: "w1"), appID: app.id, url: "https://old.example.com", events: ["A"])
      let client = FakeAPIClient([app: [webhook]])
      let base = try BaseURL("https://a.example")
      let session = Interpreter(
        Surroundings(
          effects: world.effects, redactor: redactor,
          connector: { _ throws(ConnectionProblem) in Connection(profile: "default", baseURL: base, client: client) }))
      let written = written
      runner = Runner(
        session, binder: Binder(readFile: world.effects.readFile, redactor: redactor), sinks: EventSinks([sink]),
        redirection: isPlan
          ? nil
          : Redirection(
            isFilled: { $0 == "full" },
            write: { path, text, _ throws(FileProblem) in
              if path == "locked" { throw FileProblem("Permission denied") }
              written.add("\(path): \(text)")
            }, run: { _, _ in commandEnd }))
    }

    func converse(_ lines: [String], start: String? = nil) async -> RunnerResult {
      let console = Console(
        terminal: TerminalTraits(), redactor: Redactor(), .none)
      return await PromptLoop(
        runner, console: console, reader: ScriptedLineReader(lines: lines),
        completion: CompletionSource(profiles: [], listFolder: { _ in [] }),
        interruption: Interruption(clock: { .zero }, endProcess: {}), now: { 0 },
        start: start.map { Source(name: "init.wh", text: $0) }
      ).run()
    }
  }

  private final class Written: Sendable {
    private let texts = Mutex<[String]>([])
    var all: [String] { texts.withLock(\.self) }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
  }

  @Test(
    "Scripts",
    arguments: [
      (
        ["echo a\necho b"],
        ["read 2", "began echo a", "shown text a", "ended", "began echo b", "shown text b", "ended"], nil
      ),
      (
        ["echo a", "echo b"],
        ["read 1", "read 1", "began echo a", "shown text a", "ended", "began echo b", "shown text b", "ended"], nil
      ),
      (["ecoh a", "echo b"], ["read 0, refused", "read 1"], .script),
      (["show\necho b"], ["read 2", "began show", "shown text no-apps-chosen", "failed no-apps-chosen"], .failed),
      (
        ["on error continue\nshow\necho b"],
        [
          "read 3", "began on error continue", "ended", "began show", "shown text no-apps-chosen",
          "failed no-apps-chosen", "began echo b", "shown text b", "ended",
        ], .failed
      ),
      (
        ["echo a; quit; echo b"],
        ["read 3", "began echo a", "shown text a", "ended", "began quit", "shown text output", "ended"], nil
      ),
      (
        ["use app *; webhook *; add event B"],
        [
          "read 3", "began use app *", "ended", "began webhook *", "ended", "began add event B", "ended",
          "left uncommitted",
        ],
        .failed
      ),
    ] as [([String], [String], Failure.Kind?)])
  func scripts(sources: [String], events: [String], failure: Failure.Kind?) async throws {
    let stage = try Stage()
    let result = await stage.runner.run(sources.enumerated().map { Source(name: "\($0).wh", text: $1) })
    // What edits and choices say of themselves is another test's.
    #expect(stage.sink.noted.filter { !$0.hasSuffix("confirmation") } == events)
    #expect(result.failure == failure)
  }

  @Test func aPromptSendsWhatATypedLineComesTo() async throws {
    let stage = try Stage()
    let result = await stage.converse(["echo a; ecoh b", "echo c; show; echo d", "quit"])
    #expect(result.failure == nil)
    #expect(
      stage.sink.noted == [
        "typed echo a; ecoh b", "read 1, refused", "typed echo c; show; echo d", "read 3", "began echo c",
        "shown text c", "ended", "began show", "shown text no-apps-chosen", "failed no-apps-chosen",
        "abandoned after show", "typed quit", "read 1", "began quit", "shown text output", "ended",
      ])
  }

  @Test func theStartUpScriptRunsByTheSameRules() async throws {
    let stage = try Stage()
    _ = await stage.converse(["echo b"], start: "echo a")
    #expect(
      stage.sink.noted == [
        "start-up began", "read 1", "began echo a", "shown text a", "ended", "start-up ended", "typed echo b", "read 1",
        "began echo b", "shown text b", "ended",
      ])
  }

  @Test(
    "S15: a failure drops the rest of a line of the start-up script, or of all of it",
    arguments: [
      ("show; echo a\necho b", ["b"]), ("echo a\necoh x; echo no\necho b", ["a", "b"]),
      ("on error stop\nshow\necho b", []), ("on error stop\necoh x\necho b", []),
      ("echo a\non error stop\necho b\necho no; ecoh x\necho c", ["a", "b"]),
      ("ecoh x\non error stop\necho b", ["b"]), ("on error stop\non error continue\necoh x\necho b", ["b"]),
      ("on error continue\necoh x\nshow\necho b", ["b"]), ("on error stop; show; echo a\necho b", []),
      ("on error continue\nshow; echo a\necho b", ["a", "b"]),
    ] as [(String, [String])])
  func failingStartUp(start: String, echoed: [String]) async throws {
    let stage = try Stage()
    _ = await stage.converse([], start: start)
    #expect(stage.sink.noted.filter { $0.hasPrefix("began echo") } == echoed.map { "began echo \($0)" })
  }

  @Test func aStartUpScriptMayLeave() async throws {
    let stage = try Stage()
    let result = await stage.converse(["echo b"], start: "quit")
    #expect(result.failure == nil)
    #expect(
      stage.sink.noted == ["start-up began", "read 1", "began quit", "shown text output", "ended", "start-up ended"])
  }

  @Test(
    "A file or command that fails, fails the statement",
    arguments: [
      ("show variables > \"out\"", ["ended"], ["out: no variables\n"]),
      ("show variables > \"full\"", ["shown text file-exists", "failed file-exists"], []),
      ("show variables >! \"locked\"", ["shown text unwritable-file", "failed unwritable-file"], []),
      ("show variables | \"false\"", ["shown text command-failed", "failed command-failed"], []),
    ] as [(String, [String], [String])])
  func redirection(statement: String, events: [String], written: [String]) async throws {
    let stage = try Stage(commandEnd: .exited(1))
    _ = await stage.runner.run([Source(name: "s.wh", text: statement)])
    #expect(Array(stage.sink.noted.dropFirst(2)) == events)
    #expect(stage.written.all == written)
  }

  @Test func aPlanWritesNoFileAndSaysSo() async throws {
    let stage = try Stage(isPlan: true)
    let result = await stage.runner.run([Source(name: "s.wh", text: "show variables > \"out\"")])
    #expect(stage.sink.noted.dropFirst(2) == ["shown text note", "ended"])
    #expect(result.failure == nil)
  }

  @Test func jsonOfOneStatementIsAnotherForm() async throws {
    let stage = try Stage()
    _ = await stage.runner.run([Source(name: "s.wh", text: "use app *\nshow apps as json\nshow apps")])
    #expect(
      stage.sink.noted.filter { $0.hasPrefix("shown") && !$0.hasSuffix("confirmation") } == [
        "shown json output", "shown text output",
      ])
  }

  @Test func anInterruptStopsBeforeTheNextStatement() async throws {
    let stage = try Stage()
    let runner = stage.runner
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await runner.run([Source(name: "s.wh", text: "echo a")])
    }
    #expect(await task.value.failure == .stopped)
    #expect(stage.sink.noted == ["read 1", "shown text interrupted"])
  }

  @Test func replaysRunThroughItToo() async throws {
    let stage = try Stage()
    let transcript = Transcript(
      name: "t.wh", bytes: Array("#: wh transcript 1, x, y\n#: mode prompt\necho a\n#> a\n".utf8))
    let console = Console(
      terminal: TerminalTraits(), redactor: Redactor(), .none)
    let capture = CaptureSink("t.wh", redactor: Redactor())
    let runner = Runner(stage.runner.session, binder: stage.runner.binder, sinks: EventSinks([stage.sink, capture]))
    let replay = Replay(transcript, folder: "", fillsSecrets: false, showsStatements: false)
    var steps: [Replay.Step] = []
    for part in transcript.parts {
      steps += await replay.run(part, by: runner, on: console, capture: capture) { nil }
    }
    #expect(stage.sink.noted == ["read 1", "began echo a", "shown text a", "ended"])
    #expect(steps.map(\.printed) == [[PrintedLine(.output, "a")]])
  }
}
