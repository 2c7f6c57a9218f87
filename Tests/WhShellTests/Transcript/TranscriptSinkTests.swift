import Synchronization
import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@testable import WhShell

/// A file in memory, which may be full.
private final class MemoryFile: RecordedFile {
  let start: [UInt8]
  private let bytes: Mutex<[UInt8]>
  private let room: Int

  init(_ text: String = "", room: Int = .max) {
    start = Array(text.utf8)
    bytes = Mutex(start)
    self.room = room
  }

  var text: String { String(decoding: bytes.withLock(\.self), as: UTF8.self) }

  func read() -> [UInt8] { bytes.withLock(\.self) }

  func write(_ new: [UInt8], at offset: Int) throws(FileProblem) {
    guard offset + new.count <= room else { throw FileProblem("No space left on device") }
    bytes.withLock { $0 = $0.prefix(offset) + new }
  }

  func close() {}
}

@Suite("Sessions are recorded")
struct TranscriptSinkTests {
  /// A prompt on a fake service with one app, whose lines are given, recorded from the start.
  private struct Desk {
    let file: MemoryFile
    let transcript: TranscriptSink

    init(
      _ lines: [String], file: MemoryFile = MemoryFile(), path: String = "t.wh", files: [String: String] = [:],
      start: String? = nil
    )
      async throws
    {
      let world = FakeWorld(files: files)
      let redactor = Redactor()
      let console = Console(
        terminal: TerminalTraits(columns: 20), redactor: redactor, .none)
      let transcript = TranscriptSink(
        TranscriptSink.World(
          open: { _ throws(FileProblem) in file }, wallClock: { world.effects.time.now().inSeconds },
          now: { world.effects.time.monotonic().components.seconds.asDouble }, size: { (80, 24) },
          host: { "https://a.example" },
          onProblem: { _ in }), console: console, verbosity: .quiet, mode: .prompt)
      let app = App(id: AppID(unchecked: "app_1"), slug: "one", name: "One", status: "active")
      let webhook = Webhook(
        id: WebhookID(unchecked: "w1"), appID: app.id, url: "https://old.example.com", events: ["A"])
      let client = FakeAPIClient([app: [webhook]])
      let base = try BaseURL("https://a.example")
      let session = Interpreter(
        Surroundings(
          effects: world.effects, redactor: redactor,
          connector: { _ throws(ConnectionProblem) in Connection(profile: "default", baseURL: base, client: client) },
          isTalkative: true, transcript: transcript))
      let runner = Runner(
        session, binder: Binder(readFile: world.effects.readFile, redactor: redactor),
        sinks: EventSinks([transcript]), verbosity: .quiet)
      try transcript.start(path, host: nil, setting: [])
      let loop = PromptLoop(
        runner, console: console, reader: ScriptedLineReader(lines: lines + ["quit", "y"]),
        completion: CompletionSource(profiles: [], listFolder: { _ in [] }),
        interruption: Interruption(clock: { .zero }, endProcess: {}),
        now: { world.effects.time.monotonic().components.seconds.asDouble },
        start: start.map { Source(name: "init.wh", text: $0) })
      _ = await loop.run()
      transcript.close(dropping: await session.uncommitted().changes)
      self.file = file
      self.transcript = transcript
    }

    var body: [String] { file.text.split(separator: "\n").dropFirst(2).map(String.init) }
  }

  @Test func theFirstLineSaysWhenAndWhere() async throws {
    let desk = try await Desk([])
    #expect(desk.file.text == "#: wh transcript 1, 2027-01-15T08:16:40Z, https://a.example\n#: mode prompt\n")
  }

  @Test(arguments: [
    (["echo a", "echo b"], ["echo a", "#> a", "echo b", "#> b"]),
    // Not truncated and with the confirmations, whatever the screen shows.
    (["use app one"], ["use app one", "#> app one (app_1), 1 webhook"]),
    (
      ["echo a; webhook nope; echo c"],
      [
        "echo a", "#> a", "#? webhook nope; echo c", "#! error[no-apps-chosen]: no apps selected",
        "#!   run `use app` first, such as `use app *`",
      ]
    ),
    (["echo 'a", "b'"], ["echo 'a", "b'", "#> a", "#> b"]),
    (
      ["add event \\", "  X Y; zz"],
      [
        "#? add event \\", "#?   X Y; zz", "#! error[unknown-keyword]: `zz` is not a statement",
        "#!   run `help` for a list of statements",
      ]
    ),
    (["source \"a.wh\""], ["source \"a.wh\"", "#> in a", "#> in b"]),
    (
      ["source \"c.wh\"; echo no", "echo yes"],
      [
        "#: source \"c.wh\"", "echo in c", "#> in c", "#? webhook *", "#! error[no-apps-chosen]: no apps selected",
        "#!   run `use app` first, such as `use app *`", "echo yes", "#> yes",
      ]
    ),
    (
      ["source \"d.wh\""],
      [
        "#? source \"d.wh\"", "#! error[unknown-keyword]: `ad` is not a statement", "#!   --> d.wh:1:1",
        "#!   did you mean `add`?",
      ]
    ),
    (
      ["use app one; webhook *; add event NEW"],
      [
        "use app one", "#> app one (app_1), 1 webhook", "webhook *", "#> webhook w1 https://old.example.com",
        "add event NEW", "#! warning[unknown-event]: `NEW` is not a known event",
        "#!   run `show events` for a list", "#> staged on 1 webhook, 1 change to commit", "#: not typed",
        "#: 1 staged change was never committed", "rollback",
      ]
    ),
    (
      ["# a remark", "echo a # and why", "#> no output", "show # secrets; echo"],
      [
        "# a remark", "echo a # and why", "#> a", "#? show # secrets; echo",
        "#! error[no-apps-chosen]: no apps selected", "#!   run `use app` first, such as `use app *`",
      ]
    ),
    (["record stop", "echo never"], []), (["source \"e.wh\"", "echo never"], ["source \"e.wh\"", "#> in e"]),
    (["echo a; record stop", "echo never"], ["echo a", "#> a"]),
    (["echo 'a\tb\u{1B}[31m'"], ["echo 'a\tb\\u{1B}[31m'", #"#> a\tb\u{1B}[31m"#]),
    (["let token = hunter22x", "echo ${token}"], ["let token = ••••", "echo ${token}", "#> ••••"]),
    (
      ["sett header Authorization hunter22x"],
      [
        "#? sett header Authorization ••••", "#! error[unknown-keyword]: `sett` is not a statement",
        "#!   did you mean `set`?",
      ]
    ),
  ])
  func whatIsTypedStandsAsTyped(_ lines: [String], _ expected: [String]) async throws {
    let files = [
      "a.wh": "echo in a\nsource \"b.wh\"", "b.wh": "echo in b", "c.wh": "echo in c; webhook *; echo no", "d.wh": "ad",
      "e.wh": "echo in e; record stop; echo never",
    ]
    #expect(try await Desk(lines, files: files).body == expected)
  }

  @Test(arguments: ["t.wh", "t.cast"])
  func aTextThatTurnsOutToBeASecretIsHiddenWhereItStandsAlready(_ path: String) async throws {
    let lines = [
      "let tok = hunter22xyz", "echo ${tok}; ad ${tok}", "let token = ••••", "expect header X-Token = ${tok}",
      "source \"f.wh\"", "echo last",
    ]
    let desk = try await Desk(lines, path: path, files: ["f.wh": "echo a; expect header Cookie = other-secret; echo b"])
    #expect(!desk.file.text.contains("hunter22") && !desk.file.text.contains("other-secret"), "\(desk.file.text)")
    guard path == "t.wh" else { return }
    #expect(
      desk.body == [
        "let tok = ••••", "#? echo ${tok}; ad ${tok}", "#! error[unknown-keyword]: `ad` is not a statement",
        "#!   did you mean `add`?", "let token = ••••", "#? expect header X-Token = ${tok}",
        "#! error[no-webhooks-chosen]: no webhooks selected", "#!   run `webhook` first, such as `webhook *`",
        "#: source \"f.wh\"", "echo a", "#> a", "#? expect header Cookie = ••••2",
        "#! error[no-webhooks-chosen]: no webhooks selected", "#!   run `webhook` first, such as `webhook *`",
        "echo last",
        "#> last",
      ])
  }

  @Test func theStartUpScriptIsKeptByWhatComesOfIt() async throws {
    let desk = try await Desk(
      ["echo ${host}"], start: "on error continue; let host = x; use app one; add event A; echo x")
    #expect(
      desk.body == [
        "#: not typed", "let host = x", "on error continue", "use app app_1", "#: typed", "echo ${host}", "#> x",
      ])
  }

  @Test func aFullDiskEndsTheTranscriptAndNotTheSession() async throws {
    let desk = try await Desk(
      ["echo a", "echo \(String(repeating: "b", count: 200))", "echo c"], file: MemoryFile(room: 200))
    #expect(desk.body == ["echo a", "#> a"])
    #expect(desk.transcript.problem == "recording to `t.wh` stopped: No space left on device")
  }

  @Test func aCutOffLineIsEndedBeforeAnythingIsAdded() async throws {
    let present = "#: wh transcript 1, x, y\necho a\n#> a"
    let desk = try await Desk(["echo b"], file: MemoryFile(present))
    #expect(desk.file.text.hasPrefix(present + "\n#: wh transcript 1, 2027"))
    #expect(desk.file.text.hasSuffix("#: mode prompt\necho b\n#> b\n"))
  }

  @Test func aRecordingShowsWhatTheTerminalShows() async throws {
    let desk = try await Desk(["echo 'a", "b'", "let token = hunter22x"], path: "t.cast")
    #expect(
      desk.file.text == """
        {"version":2,"width":80,"height":24,"timestamp":1800001000,"title":"wh"}
        [0.000, "o", "\\u001b[0;1;32mwh\\u001b[0m> "]
        [0.000, "o", "echo 'a\\r\\n"]
        [0.000, "o", "..> "]
        [0.000, "o", "b'\\r\\n"]
        [0.000, "o", "a\\r\\nb\\r\\n"]
        [0.000, "o", "\\u001b[0;1;32mwh\\u001b[0m> "]
        [0.000, "o", "let token = ••••\\r\\n"]
        [0.000, "o", "\\u001b[0;1;32mwh\\u001b[0m> "]
        [0.000, "o", "quit\\r\\n"]

        """)
  }

  @Test func aRecordingGoesOnInItsOwnTime() async throws {
    let present = #"{"version": 2, "width": 80, "height": 24}"# + "\n[12.5, \"o\", \"x\"]\n"
    let desk = try await Desk(["echo a"], file: MemoryFile(present), path: "t.cast")
    #expect(desk.file.text.hasPrefix(present + "[12.500, "))
  }
}

extension Int64 {
  fileprivate var asDouble: Double { Double(self) }
}
