import Foundation
import Testing
import WhTestSupport

@Suite("Transcripts")
struct TranscriptTests {
  /// Twenty statements, two of them with errors, one with a secret.
  private static let session: [(statement: String, prompt: String)] = [
    ("use app my-app", "sandbox my-app>"),
    ("ad event MESSAGE_SENT", "sandbox my-app>"),
    ("show apps", "sandbox my-app>"),
    ("webhook \(OneWebhook.webhook)", "sandbox my-app/a0eebc99>"),
    ("show", "sandbox my-app/a0eebc99>"),
    ("let host = hooks.example.com", "sandbox my-app/a0eebc99>"),
    ("set url https://${host}/in", "sandbox my-app/a0eebc99 *1>"),
    ("set header Authorization \"Bearer \(Canary.written.text)\"", "sandbox my-app/a0eebc99 *1>"),
    ("add event MESSAGE_SENT", "sandbox my-app/a0eebc99 *1>"),
    ("status", "sandbox my-app/a0eebc99 *1>"),
    ("diff", "sandbox my-app/a0eebc99 *1>"),
    ("show requests", "sandbox my-app/a0eebc99 *1>"),
    ("commit", "sandbox my-app/a0eebc99>"),
    ("expect header Authorization = \"Bearer \(Canary.written.text)\"", "sandbox my-app/a0eebc99>"),
    ("webhook whk_none", "sandbox my-app>"),
    ("webhook *", "sandbox my-app/3 webhooks>"),
    ("show webhooks", "sandbox my-app/3 webhooks>"),
    ("expect url ~ https://*", "sandbox my-app/3 webhooks>"),
    ("show runs", "sandbox my-app/3 webhooks>"),
    ("echo done", "sandbox my-app/3 webhooks>"),
  ]

  private static func record(_ home: Home, in file: String) async throws {
    let prompt = try await PromptSession(home, ["--sandbox", "--transcript", file])
    for (statement, next) in session { try await prompt.enter(statement, until: next) }
    prompt.terminal.send("quit" + Keys.enter)
    #expect(try await prompt.terminal.waitForExit() == .exited(0))
    #expect(try home.mode("work/" + file) == 0o600)
    #expect(Canary.written.piece(in: try home.bytes("work/" + file)) == nil)
  }

  @Test("A session of 20 statements with two errors and a secret runs again, and shows a webhook that was changed")
  func wholeSession() async throws {
    let home = try Home()
    try await Self.record(home, in: "session.wh")
    let text = try home.text("work/session.wh")
    let head = try #require(text.split(separator: "\n").first)
    #expect(head.wholeMatch(of: /#: wh transcript 1, \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, sandbox/) != nil, "\(head)")
    #expect(
      text.contains("\n#? ad event MESSAGE_SENT\n#! error[unknown-keyword]: `ad` is not a statement\n"), "\(text)")
    #expect(text.contains("\n#> app my-app (\(OneWebhook.app)), 3 webhooks\n"), "\(text)")
    #expect(text.contains("\nset header Authorization \"••••\"\n"), "\(text)")

    let run = try await home.wh("run", "session.wh", "--sandbox")
    #expect(run.exit == 0, "\(run.testDescription)")
    // The secret was withheld, and the header that holds it stays.
    let kept = try await home.wh(
      "--sandbox", "-c", "use app my-app; webhook a0*; expect header Authorization = \"Bearer \(Canary.written.text)\"")
    #expect(kept.exit == 0, "\(kept.testDescription)")

    let fresh = try Home()
    try fresh.write("session.wh", text)
    let same = try await fresh.wh("replay", "--check", "session.wh", "--sandbox")
    #expect(same.exit == 0 && same.output == "session.wh: 20 statements, as recorded\n", "\(same.testDescription)")

    let changed = try Home()
    try changed.write("session.wh", text)
    let change = try await changed.wh("--sandbox", "-c", "use app my-app; webhook eb2*; set header X-Late 1; commit")
    #expect(change.exit == 0)
    let other = try await changed.wh("replay", "--check", "session.wh", "--sandbox")
    #expect(other.exit == 1, "\(other.testDescription)")
    #expect(other.output.contains("session.wh:"), "\(other.testDescription)")
  }

  /// Debian's package of this name.
  private static let player = "/usr/bin/asciinema"

  @Test(
    "A recording can be played by asciinema, and contains no secrets",
    .enabled(if: FileManager.default.isExecutableFile(atPath: player)))
  func cast() async throws {
    let home = try Home()
    try await Self.record(home, in: "session.cast")
    let terminal = try PseudoTerminal(
      Self.player, ["play", "-s", "1000", "-i", "0.01", "session.cast"], environment: home.environment,
      folder: home.work, rows: 200, columns: 120)
    #expect(try await terminal.waitForExit() == .exited(0))
    let lines = terminal.screen.transcript + terminal.screen.lines
    #expect(lines.contains("sandbox my-app> ad event MESSAGE_SENT"), "\(lines)")
    #expect(lines.contains { $0.hasPrefix("committed: 1 updated") }, "\(lines)")
    #expect(lines.contains("done"), "\(lines)")
  }

  @Test("A batch run is recorded for asciinema too, and appended to the same file")
  func batchCast() async throws {
    let home = try Home()
    for word in ["one", "two"] {
      let run = try await home.wh("--sandbox", "--transcript", "run.cast", "-c", "echo \(word)")
      #expect(run.exit == 0 && run.output == "\(word)\n", "\(run.testDescription)")
    }
    let lines = try home.text("work/run.cast").split(separator: "\n").map { Data($0.utf8) }
    let header = try #require(try JSONSerialization.jsonObject(with: lines[0]) as? NSDictionary)
    #expect(header["version"] as? Int == 2 && header["width"] as? Int == 80 && header["height"] as? Int == 24)
    #expect((header["timestamp"] as? Int ?? 0) > 1_700_000_000)
    let events = try lines.dropFirst().map { try #require(try JSONSerialization.jsonObject(with: $0) as? [Any]) }
    #expect(events.map { $0[2] as? String } == ["wh> echo one\r\n", "one\r\n", "wh> echo two\r\n", "two\r\n"])
    let times = events.compactMap { $0[0] as? Double }
    #expect(times.count == 4 && times == times.sorted())
  }

  @Test("An existing transcript is appended to, and each of its sessions is replayed alone")
  func append() async throws {
    let home = try Home()
    for script in ["use app my-app; webhook *; let a = b", "show webhooks; echo ${a}", "echo last"] {
      _ = try await home.wh("--sandbox", "--transcript", "t.wh", "-c", script)
    }
    let text = try home.text("work/t.wh")
    #expect(text.split(separator: "\n").count { $0.hasPrefix("#: wh transcript 1, ") } == 3, "\(text)")
    let check = try await home.wh("replay", "--check", "t.wh", "--sandbox")
    #expect(check.exit == 0, "\(check.testDescription)\n\(text)")
  }

  /// Files that can't be used for a transcript.
  private enum Bad: String, CaseIterable {
    case script, binary, folder, missingFolder, pipe, castAsTranscript, transcriptAsCast

    func make(in home: Home) async throws -> String {
      switch self {
      case .script:
        try home.write("t.wh", "echo mine\n")
        return "t.wh"
      case .binary:
        try home.write("t.wh", bytes: [0xFF, 0, 1])
        return "t.wh"
      case .folder:
        try home.makeFolder("work/t.wh")
        return "t.wh"
      case .missingFolder: return "none/t.wh"
      case .pipe:
        try #require(mkfifo(home.path("work/t.wh"), 0o600) == 0)
        return "t.wh"
      case .castAsTranscript:
        try home.write("t.wh", #"{"version": 2, "width": 80, "height": 24}"# + "\n")
        return "t.wh"
      case .transcriptAsCast:
        try home.write("t.cast", "#: wh transcript 1, 2026-11-24T16:00:00Z, sandbox\n")
        return "t.cast"
      }
    }
  }

  @Test(
    "Another file is refused and left alone, by the option and by the statement",
    arguments: Bad.allCases)
  private func refused(_ bad: Bad) async throws {
    let home = try Home()
    let name = try await bad.make(in: home)
    let isKept = [.script, .binary, .castAsTranscript, .transcriptAsCast].contains(bad)
    let before = isKept ? try home.bytes("work/" + name) : []
    let option = try await home.wh("--sandbox", "--transcript", name, "-c", "echo never")
    #expect(option.exit == 66 && option.output.isEmpty, "\(option.testDescription)")
    #expect(
      option.error.hasPrefix("error[unwritable-file]: `\(name)` can't be recorded to: "), "\(option.testDescription)")
    let statement = try await home.wh("--sandbox", "-c", "echo first; record \"\(name)\"; echo never")
    #expect(statement.exit == 66 && statement.output == "first\n", "\(statement.testDescription)")
    #expect(statement.error.contains("error[unwritable-file]: `\(name)`"), "\(statement.testDescription)")
    #expect(statement.error.contains(" --> -c:1:13\n"), "\(statement.testDescription)")
    if isKept { #expect(try home.bytes("work/" + name) == before) }
  }

  @Test("A crash loses no statement: finished statements are recorded with their output, unfinished ones as typed")
  func crash() async throws {
    let gate = Gate()
    defer { gate.open() }
    let service = OneWebhook()
    let server = try FakeService { request in
      if request.path.hasSuffix("/webhooks") { gate.pass() }
      return service.answer(request)
    }
    let home = try Home()
    let child = try WhChild(
      home, ["--transcript", "t.wh", "-c", "echo one; use app *; webhook *; echo never"],
      environment: WhRun.environment(server))
    try await gate.reached()
    child.signal(SIGKILL)
    let ended = try await child.finished()
    #expect(ended.exit == 128 + SIGKILL)
    let lines = try home.text("work/t.wh").split(separator: "\n").map(String.init)
    #expect(Array(lines.dropFirst(2)) == ["echo one", "#> one", "use app *", "#> app my-app", "webhook *"], "\(lines)")
    let host = server.url
    #expect(lines[0].hasSuffix(", \(host)"), "\(lines)")
  }

  @Test("Of two sessions only one records in a file")
  func twoSessions() async throws {
    let home = try Home()
    let prompt = try await PromptSession(home, ["--sandbox", "--transcript", "t.wh"])
    let second = try await home.wh("--sandbox", "--transcript", "t.wh", "-c", "echo x")
    #expect(second.exit == 66 && second.error.contains("another session is recording"), "\(second.testDescription)")
    try await prompt.enter("echo mine", until: "sandbox>")
    prompt.terminal.send(Keys.control("d"))
    #expect(try await prompt.terminal.waitForExit() == .exited(0))
    #expect(try home.text("work/t.wh").hasSuffix("echo mine\n#> mine\n"))
  }

  @Test("A transcript that begins mid-session restores its state, and discards uncommitted edits at its end")
  func midSession() async throws {
    let home = try Home()
    let prompt = try await PromptSession(home)
    for (statement, next) in [
      ("let token = \(Canary.written.text); let host = a.example", "sandbox>"), ("use app my-app", "sandbox my-app>"),
      ("webhook *", "sandbox my-app/3 webhooks>"), ("record \"t.wh\"", "sandbox my-app/3 webhooks>"),
      ("show webhooks; set url https://${host}/${token}", "sandbox my-app/3 webhooks *3>"),
    ] { try await prompt.enter(statement, until: next) }
    prompt.terminal.send(Keys.control("d"))
    try await prompt.terminal.wait(forCurrentLine: "3 staged changes are not committed. Discard them and quit? [y/N]")
    prompt.terminal.send("y" + Keys.enter)
    #expect(try await prompt.terminal.waitForExit() == .exited(0))
    let text = try home.text("work/t.wh")
    #expect(Canary.written.piece(in: Array(text.utf8)) == nil, "\(text)")
    #expect(
      text.contains("#: not typed\nlet host = a.example\nlet token = ••••\nuse app \(OneWebhook.app)\n"), "\(text)")
    #expect(text.hasSuffix("#: not typed\n#: 3 staged changes were never committed\nrollback\n"), "\(text)")
    for arguments in [["run", "t.wh"], ["replay", "--check", "t.wh"], ["check", "t.wh"]] {
      let run = try await home.wh(arguments + (arguments[0] == "check" ? [] : ["--sandbox"]))
      #expect(run.exit == 0, "\(run.testDescription)")
    }
  }

  @Test(
    "A script that is refused, or fails, or plans, leaves a transcript that runs",
    arguments: [
      ("ad event A; webhook * st url x\necho x", "run", 65, "#? ad event A; webhook * st url x\n"),
      ("use app my-app; webhook *; expect event NONE; echo never", "run", 1, "#? expect event NONE\n"),
      ("use app my-app; webhook *; clear headers", "run", 1, "#: 1 staged change was never committed\nrollback\n"),
      ("use app my-app; webhook *; clear headers; commit", "plan", 0, "#> plan: 1 webhook in 1 app to update"),
      ("echo a; quit; echo never", "run", 0, "echo a\n#> a\n"),
      ("source \"none.wh\"", "run", 66, "#? source \"none.wh\"\n"),
      (
        "source \"lib.wh\"; echo never", "run", 1,
        "#: source \"lib.wh\"\nuse app my-app\n#> app my-app\n#? webhook none\n"
      ),
    ])
  func otherEnds(_ script: String, _ command: String, _ exit: Int32, _ piece: String) async throws {
    let home = try Home()
    try home.write("lib.wh", "use app my-app; webhook none; echo never")
    try home.write("s.wh", script)
    let first = try await home.wh(command, "s.wh", "--sandbox", "--transcript", "t.wh")
    #expect(first.exit == exit, "\(first.testDescription)")
    let text = try home.text("work/t.wh")
    #expect(text.contains(piece) && !text.contains("never\n#>") && !text.contains("\nquit"), "\(text)")
    let check = try await home.wh("replay", "--check", "t.wh", "--sandbox")
    #expect(check.exit == 0, "\(check.testDescription)\n\(text)")
    let run = try await home.wh("run", "t.wh", "--sandbox")
    #expect(run.exit == 0, "\(run.testDescription)\n\(text)")
  }

  @Test("A file that is not a transcript is not replayed", arguments: ["echo x\n", "", "{\"version\": 2}\n"])
  func noTranscript(_ text: String) async throws {
    let home = try Home()
    try home.write("t.cast", text)
    let run = try await home.wh("replay", "t.cast", "--sandbox")
    #expect(run.exit == 65 && run.error.contains("not a wh transcript"), "\(run.testDescription)")
    let missing = try await home.wh("replay", "none.wh", "--sandbox")
    #expect(missing.exit == 66, "\(missing.testDescription)")
  }

  @Test("On other machines no values are generated for secrets")
  func elsewhere() async throws {
    let home = try Home()
    try home.write(
      "t.wh", "#: wh transcript 1, 2026-11-24T16:00:00Z, https://api.example.com\nset header X-Token ••••\n")
    let run = try await home.wh(
      "replay", "t.wh", environment: ["WH_BASE_URL": "https://api.example.invalid", "WH_API_KEY": OneWebhook.adminKey])
    #expect(run.error.contains("note: secrets were withheld"), "\(run.testDescription)")
    #expect(run.error.contains("warning[withheld-value]"), "\(run.testDescription)")
    #expect(run.exit == 0, "\(run.testDescription)")
  }
}
