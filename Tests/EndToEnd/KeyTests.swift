import Foundation
import Testing
import WhTestSupport

@Suite("Keys and their hosts")
struct KeyTests {
  private static let ownKey = "sk_admin_of_the_profile_itself"
  private static let otherKey = "sk_admin_of_the_environment"

  private let home: Home
  private let server: FakeService
  private let other: FakeService

  init() throws {
    home = try Home()
    server = try OneWebhook().serve()
    other = try OneWebhook().serve()
  }

  private var environment: [String: String] { ["WH_BASE_URL": server.url, "WH_API_KEY": Self.otherKey] }

  private func configure(_ settings: String, default isDefault: Bool = false) throws {
    try home.configure(
      (isDefault ? "default = \"other\"\n" : "") + "[profiles.other]\nbase_url = \"\(other.url)\"\n\(settings)\n")
  }

  @Test(
    "The key in the environment is not sent to a named profile",
    arguments: [
      (["-c", "use profile other; show apps"], true), (["--profile", "other", "-c", "show apps"], false),
    ])
  func named(arguments: [String], hasBaseURL: Bool) async throws {
    try configure("")
    let variables = hasBaseURL ? environment : ["WH_API_KEY": Self.otherKey]
    let run = try await home.wh(arguments, environment: variables)
    #expect(run.exit == 77, "\(run.testDescription)")
    #expect(run.error.contains("WH_API_KEY is only for "), "\(run.testDescription)")
    #expect(other.connectionCount == 0)
  }

  @Test("It is sent if the server is named with it", arguments: ["WH_BASE_URL", "--base-url"])
  func namedWithIt(way: String) async throws {
    try configure("")
    let isOption = way == "--base-url"
    let run = try await home.wh(
      ["--profile", "other"] + (isOption ? [way, other.url] : []) + ["-c", "show apps"],
      environment: ["WH_API_KEY": Self.otherKey].merging(isOption ? [:] : [way: other.url]) { $1 })
    #expect(run.exit == 0 && run.error.isEmpty, "\(run.testDescription)")
    #expect(other.requests.map { $0["Authorization"] } == ["Bearer \(Self.otherKey)"])
  }

  @Test("The key of a profile wins, with one note if there are two keys", arguments: [[], ["--quiet"]])
  func both(options: [String]) async throws {
    try configure("key_command = \"echo \(Self.ownKey)\"")
    let run = try await home.wh(
      options + ["--profile", "other", "-c", "show apps; use profile other; show apps"],
      environment: ["WH_API_KEY": Self.otherKey])
    #expect(run.exit == 0, "\(run.testDescription)")
    let note = "note: the key of profile other is used instead of WH_API_KEY\n"
    #expect(run.error == (options.isEmpty ? note : ""), "\(run.testDescription)")
    #expect(Set(other.requests.map { $0["Authorization"] }) == ["Bearer \(Self.ownKey)"])
  }

  @Test("The sandbox in this process gets no key of another server")
  func standIn() async throws {
    let run = try await home.wh("--sandbox", "-c", "show apps", environment: ["WH_API_KEY": "sk_live_app_x"])
    #expect(run.exit == 0 && run.output.contains("13 apps"), "\(run.testDescription)")
  }

  // MARK: Key commands

  @Test(
    "No key is read if none is needed", arguments: ["help", "echo x", "let a = b", "help; echo x; quit"])
  func notNeeded(statements: String) async throws {
    try configure("key_command = \"echo x >> ~/runs; echo \(Self.ownKey)\"", default: true)
    let run = try await home.wh("-c", statements)
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(!home.files.contains("home/runs"))
    #expect(other.connectionCount == 0)
  }

  @Test("A failed key command is run once, and its output is not shown")
  func failing() async throws {
    try configure("key_command = \"echo x >> ~/runs; echo canary; exit 1\"", default: true)
    let run = try await home.wh("-c", "on error continue; show apps; show apps; use app *")
    #expect(run.exit == 77, "\(run.testDescription)")
    #expect(!(run.output + run.error).contains("canary"), "\(run.testDescription)")
    #expect(try home.text("home/runs") == "x\n")
  }

  @Test("A key command that hangs is killed by a signal or its timeout", arguments: [SIGINT, SIGTERM, SIGHUP, nil])
  func hanging(signal: Int32?) async throws {
    try configure(
      "key_command = \"sleep 1000 & echo $! > ~/started; sleep 1000\"\nkey_timeout = \(signal == nil ? 1 : 100)",
      default: true)
    let started = try Fifo(home.path("home/started"))
    let child = try WhChild(home, ["-c", "show apps"])
    let process = await started.read()
    if let signal { child.signal(signal) }
    let run = try await child.finished()
    #expect(run.exit == (signal == nil ? 77 : 75), "\(run.testDescription)")
    let left = try #require(pid_t(process.trimmingCharacters(in: .newlines)))
    while isRunning(left) { await Task.yield() }
  }

  @Test("A key command may prompt at the terminal, and gets Ctrl-C", arguments: [true, false])
  func asking(isAnswered: Bool) async throws {
    try configure(
      "key_command = \"printf 'Passphrase: ' > /dev/tty; read -r x < /dev/tty; echo $x\"", default: true)
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "wh"), [], environment: home.environment, folder: home.work, rows: 40, columns: 120)
    try await terminal.wait(forCurrentLine: "Passphrase:")
    terminal.send(isAnswered ? Self.ownKey + Keys.enter : Keys.control("c"))
    let screen = try await terminal.wait("the prompt") { $0.currentLine.hasSuffix(">") }
    #expect(screen.text.contains(isAnswered ? "profile other, " : "not connected: the key command was interrupted"))
    #expect(other.requests.map { $0["Authorization"] } == (isAnswered ? ["Bearer \(Self.ownKey)"] : []))
    #expect(terminal.foregroundGroup == terminal.process)
    terminal.send(Keys.control("d"))
    #expect(try await terminal.waitForExit() == .exited(0))
  }

  // MARK: Urls

  @Test("A version at the end of the server url causes a warning")
  func version() async throws {
    let run = try await home.wh("--base-url", server.url + "/v1", "-c", "show apps", environment: environment)
    #expect(run.error.hasPrefix("warning: the server url \(server.url)/v1 ends in `/v1`"), "\(run.testDescription)")
  }

  @Test("The password in a url is never shown")
  func passwords() async throws {
    let url = "https://bob:hunter2@example.com"
    try home.configure("[profiles.p]\nbase_url = \"\(url)\"\n")
    let key = ["WH_API_KEY": Self.otherKey]
    for run in [
      try await home.wh("--base-url", url, "-c", "show apps", environment: key),
      try await home.wh("-c", "show apps", environment: key.merging(["WH_BASE_URL": url]) { $1 }),
      try await home.wh("--profile", "p", "-c", "show apps", environment: key),
      try await home.wh("profile", "list"), try await home.wh("profile", "add", "q", "--base-url", url),
      try await home.wh("-c", "show apps", environment: key.merging(["https_proxy": "http://bob:hunter2@[bad"]) { $1 }),
      try await home.wh("-c", "show apps", environment: key.merging(["https_proxy": "ftp://bob:hunter2@x"]) { $1 }),
    ] {
      #expect(!(run.output + run.error).contains("hunter2"), "\(run.testDescription)")
      #expect(!(run.output + run.error).isEmpty)
    }
  }

  // MARK: Protected profiles

  @Test("A protected profile needs `--yes` for every commit of a batch")
  func protected() async throws {
    try configure("key_command = \"echo \(Self.ownKey)\"\nprotected = true", default: true)
    let script = "use app \(OneWebhook.app); webhook \(OneWebhook.webhook); set url https://a.example.com/; commit"
    let refused = try await home.wh("-c", script)
    #expect(refused.exit == 1 && refused.error.contains("error[confirmation-needed]"), "\(refused.testDescription)")
    #expect(!other.requests.contains { $0.method == "PUT" })
    let planned = try await home.wh("plan", "-", input: script)
    #expect(planned.exit == 0, "\(planned.testDescription)")
    let done = try await home.wh("--yes", "-c", script)
    #expect(done.exit == 0, "\(done.testDescription)")
    #expect(other.requests.count { $0.method == "PUT" } == 1)
  }

  @Test("At the prompt every commit with a protected profile asks for its name")
  func protectedPrompt() async throws {
    try configure("key_command = \"echo \(Self.ownKey)\"\nprotected = true", default: true)
    let session = try await PromptSession(home, [], prompt: "other!>")
    try await session.answer("use app \(OneWebhook.app); webhook \(OneWebhook.webhook)")
    for (round, answer) in ["other", "yes", "other"].enumerated() {
      try await session.answer("set url https://example.com/\(round)")
      session.terminal.send("commit" + Keys.enter)
      try await session.terminal.wait(
        forCurrentLine: "The profile other is protected. Type its name to confirm:")
      try await session.answer(answer)
      let updates = other.requests.filter { $0.method == "PUT" }.map(\.body)
      #expect(updates.count == (round == 2 ? 2 : 1))
    }
    session.terminal.send(Keys.control("c"))
  }
}
