import Foundation
import Testing
import WhTestSupport

@Suite("Options that a command does not honour are refused")
struct FaultsO2 {
  /// A command with the options that it honours, and the arguments that it needs besides.
  struct Command: Sendable, CustomTestStringConvertible {
    let words: [String]
    let arguments: [String]
    let options: Set<String>

    init(_ words: String, _ arguments: [String] = [], _ options: Set<String>...) {
      self.words = words.split(separator: " ").map(String.init)
      self.arguments = arguments
      self.options = options.reduce(into: []) { $0.formUnion($1) }
    }

    var testDescription: String { (["wh"] + words).joined(separator: " ") }
  }

  private static let connection: Set = ["--profile", "--base-url", "--sandbox", "--journal"]
  private static let variables: Set = ["--var", "--var-env", "--var-file", "--var-command"]
  private static let requests: Set = ["--jobs", "--progress"]
  private static let screen: Set = ["--output", "--color", "--quiet", "--verbose"]
  private static let reading = connection.union(requests).union(screen).union(variables).union(["--shard"])
  private static let answering = reading.union(["--yes", "--ignore-unfinished", "--lock-timeout"])
  private static let sending = answering.union(["--max-deletes", "--stop-after"])
  private static let sandbox: Set = ["--data"]
  private static let faults: Set = ["--latency", "--jitter", "--fault", "--stall-seconds", "--seed"]

  /// All commands, with all that their help says they take.
  static let commands: [Command] = [
    Command("", [], sending, ["-c", "--report", "--transcript"]),
    Command("run", ["a.wh"], sending, ["--report", "--transcript"]),
    Command("plan", ["a.wh"], reading, ["--max-deletes", "--report", "--transcript", "--exit-code", "--out"]),
    Command(
      "apply", ["p.json"], connection, variables, requests, screen,
      ["--yes", "--ignore-unfinished", "--stop-after", "--lock-timeout", "--report"]),
    Command("check", ["a.wh"], variables, ["--output", "--color", "--quiet", "--report"]),
    Command("fmt", ["a.wh"], ["--check", "--color"]),
    Command("resume", ["1"], connection, requests, screen, ["--report", "--stop-after", "--lock-timeout"]),
    Command("replay", ["a.wh"], answering, ["--check", "--update"]),
    Command("migrate status", ["m"], reading, ["--exit-code"]),
    Command("migrate plan", ["m"], reading, ["--max-deletes", "--exit-code", "--to", "--report", "--out"]),
    Command("migrate up", ["m"], sending, ["--to", "--report"]),
    Command("migrate verify", ["m"], reading, ["--report"]),
    Command("migrate baseline", ["m", "n"], connection, screen, variables),
    Command("migrate new", ["name"], []),
    Command("runs show", ["1"], ["--profile", "--sandbox", "--journal", "--output", "--color"]),
    Command("runs abandon", ["1"], ["--profile", "--sandbox", "--journal", "--output"]),
    Command(
      "runs prune", ["--older-than", "1d"], ["--older-than", "--profile", "--sandbox", "--journal", "--output"]),
    Command("runs check", [], ["--journal", "--output"]),
    Command(
      "runs export", ["1"], ["--profile", "--sandbox", "--journal", "--out", "--passphrase-env", "--passphrase-file"]),
    Command("runs import", ["r.json"], ["--journal", "--output", "--passphrase-env", "--passphrase-file"]),
    Command(
      "sandbox serve", [], sandbox, faults,
      ["--port", "--key", "--rate-limit", "--routes", "--apps", "--webhooks-per-app", "--log"],
      ["--error-shape", "--no-error-codes", "--delete-answer", "--enum"]),
    Command("sandbox reset", [], sandbox),
    Command("profile add", ["p"], ["--base-url", "--key-file", "--key-command", "--protected"]),
    Command("profile list", [], ["--output"]),
    Command("profile show", ["p"], ["--output", "--color"]),
    Command("profile remove", ["p"], []),
    Command("profile test", [], connection, screen),
    Command("doctor", [], connection, ["--output", "--color"]),
    Command("completion", ["bash"]),
  ]

  /// Each option with a value that is valid for it.
  private static let values: [String: [String]] = [
    "-c": ["commit"], "--var": ["a=b"], "--var-file": ["a=b"],
    "--profile": ["p"], "--base-url": ["https://api.example.com"], "--sandbox": [],
    "--jobs": ["2"], "--progress": ["none"], "--shard": ["1/2"], "--output": ["json"], "--color": ["never"],
    "--quiet": [], "--verbose": [], "--yes": [], "--ignore-unfinished": [], "--report": ["json=r.json"],
    "--transcript": ["t.wh"], "--exit-code": [], "--to": ["n"], "--check": [], "--update": [], "--older-than": ["1d"],
    "--journal": ["postgresql://h/d"], "--lock-timeout": ["5m"], "--out": ["p.json"], "--data": ["d.sqlite"],
    "--apps": ["5"], "--key-file": ["k"], "--protected": [], "--log": [],
    "--max-deletes": ["3"], "--stop-after": ["30m"],
  ]

  @Test("O2: a command's help lists the options that it honours, and no others", arguments: commands)
  func help(command: Command) async throws {
    let run = try await Home().wh(command.words + ["--help"])
    #expect(run.exit == 0, "\(run.testDescription)")
    let options = run.output.split(separator: "\n").flatMap { line -> [String] in
      guard line.hasPrefix("  -") else { return [] }
      return line.split(separator: " ").prefix { $0.hasPrefix("-") || $0.hasPrefix("<") }
        .map { String($0.filter { $0 != "," }) }.filter { $0.hasPrefix("-") }
    }
    #expect(Set(options).subtracting(["-h", "--help", "--version"]) == command.options, "\(run.testDescription)")
  }

  @Test("O2: all other options are refused with the command's usage, and nothing is done", arguments: commands)
  func refused(command: Command) async throws {
    let home = try Home()
    try home.write("a.wh", "echo ran")
    for (option, values) in Self.values.sorted(by: { $0.key < $1.key }) where !command.options.contains(option) {
      let run = try await home.wh(command.words + command.arguments + [option] + values)
      #expect(run.exit == 64 && run.output.isEmpty, "\(run.testDescription)")
      let usage = (["Usage: wh"] + command.words).joined(separator: " ")
      #expect(run.error.contains(option) && run.error.contains(usage), "\(run.testDescription)")
    }
    #expect(home.workFiles == ["a.wh"] && home.files.isEmpty)
  }

  @Test(
    "O2: an option that the command lacks is blamed, and not the run that its value would be",
    arguments: [
      ["resume", "--shard", "1/2"], ["resume", "--var", "a=b"], ["runs", "--jobs", "2"], ["runs", "show", "--to", "x"],
      ["runs", "abandon", "--shard", "1/2"], ["runs", "abandon", "--report", "json=x", "1"],
    ])
  func notTheRun(arguments: [String]) async throws {
    let run = try await Home().wh(arguments)
    let option = try #require(arguments.first { $0.hasPrefix("--") })
    #expect(run.exit == 64 && run.error.contains("Unknown option '\(option)'"), "\(run.testDescription)")
    #expect(!run.error.contains("<run>'"), "\(run.testDescription)")
  }

  @Test(
    "O2: what is not the number of a run is a wrong command line",
    arguments: ["x", "1/2", "0", "1.0", "99999999999999999999"])
  func noRun(text: String) async throws {
    for command in [["resume"], ["runs"], ["runs", "show"], ["runs", "abandon"]] {
      let run = try await Home().wh(command + [text])
      #expect(run.exit == 64 && run.error.contains("`\(text)` is not the number of a run"), "\(run.testDescription)")
    }
  }

  private static let placed: [([String], Int32)] = [
    (["--sandbox", "--quiet", "run", "a.wh"], 0), (["--var", "run=check", "run", "a.wh", "--sandbox"], 0),
    (["--output", "json", "runs", "check"], 0), (["runs", "--output", "json", "check"], 0),
    (["--profile", "p", "runs"], 0), (["--shard", "1/2", "check", "a.wh"], 64),
    (["--report", "json=r.json", "fmt", "a.wh"], 64), (["--yes", "plan", "a.wh"], 64),
    (["--profile", "p", "sandbox", "reset"], 64), (["--output", "json", "sandbox", "reset"], 64),
  ]

  @Test("O2: an option before the subcommand is the subcommand's, which takes or refuses it", arguments: placed)
  func leading(arguments: [String], exit: Int32) async throws {
    let home = try Home()
    try home.write("a.wh", "echo ran\n")
    let run = try await home.wh(arguments)
    #expect(run.exit == exit, "\(run.testDescription)")
  }

  @Test("O2: the value of an option that is a command's name is no command")
  func valueIsACommand() async throws {
    let home = try Home()
    let run = try await home.wh("--transcript", "run", "--sandbox", "-c", "echo hello")
    #expect(run.exit == 0 && run.output == "hello\n", "\(run.testDescription)")
    #expect(home.workFiles == ["run"])
  }

  @Test(
    "O2: options of the sandbox that would do nothing are refused",
    arguments: [
      ["--webhooks-per-app", "3"], ["--stall-seconds", "2"], ["--seed", "7"],
      ["--stall-seconds", "2", "--fault", "garbled=0.1"],
    ])
  func sandboxOptions(arguments: [String]) async throws {
    let run = try await Home().wh(["sandbox", "serve", "--data", "d.sqlite", "--port", "0"] + arguments)
    #expect(run.exit == 64 && run.error.contains("needs --"), "\(run.testDescription)")
  }

  @Test("O2: --apps does not leave an old database as it is without a word")
  func appsOnAnOldStore() async throws {
    let home = try Home()
    #expect(try await home.wh("sandbox", "reset", "--data", "d.sqlite").exit == 0)
    let run = try await home.wh("sandbox", "--data", "d.sqlite", "--port", "0", "--apps", "5")
    #expect(run.exit == 64 && run.error.contains("has data already"), "\(run.testDescription)")
  }

  @Test("O2: profile list, runs and replay honour --output json")
  func jsonOutput() async throws {
    let home = try Home()
    try home.configure("[profiles.p]\nbase_url = \"https://api.example.com\"\nkey_file = \"~/k\"\n")
    let list = try await home.wh("profile", "list", "--output", "json")
    #expect(list.exit == 0, "\(list.testDescription)")
    #expect(try list.objects.map { $0["name"] as? String } == ["p", "sandbox"])
    #expect(try list.objects.allSatisfy { $0["type"] as? String == "profile" })
    try home.write("t.wh", "#: wh transcript 1, 2026-01-01T00:00:00Z, sandbox\n#: mode prompt\necho hello\n#> hello\n")
    let check = try await home.wh("replay", "--check", "t.wh", "--sandbox", "--output", "json")
    #expect(try check.objects.map { $0["type"] as? String } == ["replay"], "\(check.testDescription)")
  }

  @Test("O2: check writes reports")
  func checkReport() async throws {
    let home = try Home()
    try home.write("a.wh", "ad event X\n")
    let run = try await home.wh("check", "a.wh", "--report", "junit=r.xml", "--report", "github=-")
    #expect(run.exit == 65, "\(run.testDescription)")
    let junit = try JUnitReading(home.bytes("work/r.xml"))
    #expect(junit.suite["errors"] == "1" && junit.cases.first?.type == "unknown-keyword")
    #expect(run.output.hasPrefix("::error file=a.wh,line=1,col=1,title=unknown-keyword::"), "\(run.testDescription)")
  }
}
