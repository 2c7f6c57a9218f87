import Foundation
import Testing
import WhTestSupport

@Suite("X4: secrets come from the environment, files and commands")
struct FaultsX4 {
  /// The options that give a variable the canary, and what the environment and the working folder need for it.
  static let sources: [[String]] = [
    ["--var-env", "hook"], ["--var-file", "hook=secret"], ["--var-command", "hook=cat secret"],
    ["--var-command=hook=printf %s \"$hook\""],
  ]

  private static let environment = ["hook": Canary.written.text]

  private func home() throws -> Home {
    let home = try Home()
    try home.write("secret", Canary.written.text + "\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: home.path("work/secret"))
    return home
  }

  private static let script = """
    on error continue
    use app \(OneWebhook.app); webhook \(OneWebhook.webhook)
    show variables; echo "is ${hook}"
    set header X-Hook "v ${hook}"; diff; show requests; commit; show
    expect header X-Hook = nothing

    """

  @Test("X4: the value is sent, and no sink shows it", arguments: zip(sources, ["text", "json", "text", "json"]))
  func sinks(_ source: [String], _ form: String) async throws {
    let server = try OneWebhook().serve()
    let home = try home()
    try home.write("s.wh", Self.script)
    let options = ["--verbose", "--output", form, "--transcript", "kept.wh", "--report", "json=r.json"] + source
    let run = try await home.wh(
      ["run", "s.wh"] + options, environment: WhRun.environment(server).merging(Self.environment) { $1 })
    #expect(run.exit == 1, "\(run.testDescription)")
    let body = try #require(server.requests.last { $0.method == "PUT" }).bodyText
    #expect(body.contains("v " + Canary.written.text), "\(run.testDescription)")
    var outputs = [("output", run.outputBytes), ("error", run.errorBytes)]
    for name in home.workFiles where name != "secret" { outputs.append((name, try home.bytes("work/" + name))) }
    for (name, bytes) in outputs { expectNoLeak(bytes, name) }
  }

  private func expectNoLeak(_ bytes: [UInt8], _ name: String) {
    #expect(Canary.written.piece(in: bytes) == nil, "\(name):\n\(String(decoding: bytes, as: UTF8.self))")
  }

  static let commands: [[String]] = [
    ["-c", "echo ${hook}"], ["run", "s.wh"], ["plan", "s.wh"], ["check", "s.wh"], ["migrate", "status", "m"],
    ["migrate", "plan", "m"], ["migrate", "up", "m"], ["migrate", "verify", "m"], ["migrate", "baseline", "1", "m"],
  ]

  private static let absences: [(command: [String], source: [String], exit: Int32)] =
    commands.map { ($0, ["--var-env", "hook"], 64) } + [
      (["run", "s.wh"], ["--var-file", "hook=none"], 66), (["run", "s.wh"], ["--var-file", "hook=empty"], 64),
      (["run", "s.wh"], ["--var-command", "hook=echo canary; false"], 66),
      (["run", "s.wh"], ["--var-command", "hook=true"], 64),
      (["plan", "s.wh", "--output", "json"], ["--var-file", "hook=none"], 66),
    ]

  @Test(
    "X4: wherever --var is accepted, a value that is absent or empty ends the command before anything",
    arguments: absences)
  func absent(_ command: [String], _ source: [String], _ exit: Int32) async throws {
    let server = try OneWebhook().serve()
    let home = try home()
    try home.write("s.wh", "echo ${hook}\n")
    try home.write("m/1.wh", "use app *\necho ${hook}\n")
    try home.write("empty", "\n")
    let run = try await home.wh(command + source, environment: WhRun.environment(server).merging(["hook": ""]) { $1 })
    #expect(run.exit == exit && run.error.contains("\(source[0]) hook: "), "\(run.testDescription)")
    #expect(try run.objects.count == (command.contains("json") ? 1 : 0), "\(run.testDescription)")
    #expect(!run.output.contains("canary") && !run.error.contains("canary"), "\(run.testDescription)")
    #expect(server.requests.isEmpty)
  }

  @Test("X4: each command takes them, and names those that nothing uses", arguments: commands.dropLast())
  func taken(_ command: [String]) async throws {
    let server = try OneWebhook().serve()
    let home = try home()
    try home.write("s.wh", "echo ${hook}\n")
    try home.write("m/1.wh", "use app *\nwebhook *\nset header X-Hook ${hook}\ncommit\nexpect url ~ https://*\n")
    let environment = WhRun.environment(server).merging(Self.environment) { $1 }
    if command[0] == "migrate" {
      let baseline = try await home.wh(["migrate", "baseline", "1", "m"] + Self.sources[1], environment: environment)
      #expect(baseline.exit == 0, "\(baseline.testDescription)")
    }
    let run = try await home.wh(
      command + ["--var-env", "hook", "--var-file", "other=secret"], environment: environment)
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(run.error.contains("note: variable `other` of the command line is not used"), "\(run.testDescription)")
    expectNoLeak(run.outputBytes, "output")
  }

  @Test(
    "X4: what is no NAME, NAME=FILE or NAME=COMMAND is a wrong command line, and is not quoted",
    arguments: [
      ["--var-env", "1x"], ["--var-env", ""], ["--var-env", "a=b"], ["--var-file", "canary"], ["--var-file", "a="],
      ["--var-command", "canary"], ["--var-command", "a="], ["--var-command", "=canary"], ["--var-file", "a b=c"],
      ["--var-file", "a=secret", "--var", "a=canary"], ["--var-file", "a=secret", "--var-file", "a=secret"],
      ["--var-env", "hook", "--var-command", "hook=true"],
    ])
  func wrong(_ options: [String]) async throws {
    let run = try await home().wh(["-c", "echo ran"] + options, environment: Self.environment)
    #expect(run.exit == 64 && run.output.isEmpty, "\(run.testDescription)")
    #expect(!run.error.contains("canary"), "\(run.testDescription)")
  }

  @Test("X4: a signal ends a command that hangs", arguments: [SIGINT, SIGTERM])
  func interrupted(_ signal: Int32) async throws {
    let home = try home()
    let started = try Fifo(home.path("work/started"))
    let child = try WhChild(home, ["-c", "echo ${x}", "--var-command", "x=echo a >started; exec sleep 1000"])
    _ = await started.read()
    child.signal(signal)
    let run = try await child.finished()
    #expect(run.exit == 75 && run.output.isEmpty, "\(run.testDescription)")
    #expect(run.error.contains("was interrupted"), "\(run.testDescription)")
  }
}
