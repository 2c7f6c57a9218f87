import Foundation
import Testing
import WhTestSupport

@Suite("Secrets")
struct SecretTests {
  /// The forms in which all is printed.
  static let forms: [[String]] = [["--verbose", "--color", "always"], ["--verbose", "--output", "json"]]

  private static let select = "use app \(OneWebhook.app); webhook \(OneWebhook.webhook)"
  private static let canary = Canary.written.text

  /// The service's webhook holds secrets too, in headers whose names say so.
  private static func service(refusal: CannedAnswer? = nil) -> OneWebhook {
    OneWebhook(
      headers: ["Authorization": "Bearer \(Canary.held.text)", "X-Api-Key": Canary.held.text, "X-Team": "support"],
      refusal: refusal)
  }

  /// Statements that hold secrets, show things that hold them, or both.
  static let scripts: [String] = [
    "\(select); show; show webhooks; show apps; show events; show variables; show config; status; help set header",
    "\(select); set header X-Token \(canary); status; diff; show requests; show; commit; show; show requests",
    "\(select); set header Authorization 'Bearer \(canary)'; diff; show requests; refresh; diff; rollback",
    "\(select) set header Cookie a=\(canary); diff; status; commit",
    "\(select); remove header Authorization; diff; show requests; commit; show",
    "\(select); clear headers; diff; show requests; commit; show",
    "\(select); set header X-Token \(canary)",
    "\(select); expect header Authorization = 'Bearer wrong'",
    "\(select); expect header Authorization = 'Bearer \(canary)'",
    "\(select); expect not header X-Api-Key and not header Authorization ~ *",
    "\(select); expect header X-Team = \(canary) or header X-Secret = \(canary)",
    "use app \(OneWebhook.app); webhook where header X-Token = \(canary); show",
    "let token = \(canary); echo ${token} is a token; show variables; \(select) set header X-Team ${token}; diff; commit",
    "let secret = \(canary); \(select) set url https://example.com/${secret}; diff; show requests; commit; show",
    "let password = \(canary); \(select); expect url ~ https://${password}.example.com/*",
    "let token = \(canary); use app ${token}",
    "let token = \(canary); \(select); webhook ${token}",
    "let token = \(canary); config conflicts ${token}",
    "let token = \(canary); source ${token}",
    "let token = \(canary); \(select); add event ${token}; diff; commit",
    "let token = \(canary); \(select); set url ${token}; diff",
    "let token = \(canary); use profile ${token}",
  ]

  /// Statements that can't be read: JSON beside the text shows all that there is to see.
  static let brokenScripts: [String] = [
    "set header Authorization Bearer \(canary)",
    "set header Authorization '\(canary)",
    "set header Authorization \"\(canary)\\q\"",
    "set header Authorization \"\(canary)\"x",
    "set header X-Token \(canary)\u{7}",
    "set header X-Token: \(canary)",
    "set hedaer X-Token \(canary)",
    "sett header X-Token \(canary)",
    "set Authorization \(canary)",
    "header X-Token \(canary)",
    "webhook * set header X-Token \(canary) \(canary)",
    "webhook * set header X-Token ${tokn}\(canary)",
    "let token \(canary)",
    "let token = \(canary) \(canary)",
    "lett token = \(canary)",
    "expect header Authorization == \(canary)",
    "expect header Authorization \(canary)",
  ]

  @Test("They are never printed or stored, whatever a script does", arguments: scripts, forms)
  func statements(script: String, form: [String]) async throws {
    let server = try Self.service().serve()
    let home = try Home()
    let run = try await home.wh(
      form + ["-c", "on error continue; " + script], environment: WhRun.environment(server, key: Canary.apiKey))
    expectNoLeak(run, home)
    #expect([0, 1, 65, 66].contains(run.exit), "\(run.testDescription)")
  }

  @Test("Nor are they in the errors of invalid statements", arguments: brokenScripts)
  func broken(script: String) async throws {
    try await statements(script: script, form: ["--output", "json"])
  }

  @Test("Files are the same", arguments: forms)
  func files(form: [String]) async throws {
    let server = try Self.service().serve()
    let home = try Home()
    let statements = "\(Self.select)\nset header X-Token \(Self.canary)\nlet token = \(Self.canary)\necho ${token}\n"
    try home.write("good.wh", statements + "source inner.wh\ncommit\n")
    try home.write("inner.wh", "set header Authorization \(Self.canary)\n")
    try home.write("bad.wh", statements + "set header X-Token \(Self.canary) more\nsource typo.wh\n")
    try home.write("typo.wh", "set header Authorizaton \(Self.canary) more\nset headr Authorization \(Self.canary)\n")
    let environment = WhRun.environment(server, key: Canary.apiKey)
    for arguments in [["run", "good.wh"], ["plan", "good.wh"], ["run", "bad.wh"], ["check", "good.wh", "bad.wh"]] {
      expectNoLeak(try await home.wh(arguments + form, environment: environment), home)
    }
    expectNoLeak(try await home.wh("fmt", "--check", "bad.wh", "good.wh", environment: environment), home)
  }

  @Test("A value that becomes secret later is removed from the history")
  func laterSecret() async throws {
    let home = try Home()
    let session = try await PromptSession(home)
    try await session.enter("use app my-app", until: "sandbox my-app>")
    try await session.enter("let tok = \(Self.canary)", until: "sandbox my-app>")
    let select = "webhook \(OneWebhook.webhook) set header"
    try await session.enter("\(select) Authorization \"Bearer ${tok}\"", until: "sandbox my-app/a0eebc99 *1>")
    session.terminal.send(Keys.up + Keys.up)
    try await session.terminal.wait(forCurrentLine: "sandbox my-app/a0eebc99 *1> use app my-app")
    session.terminal.send(Keys.control("u"))
    try await session.enter("let again = another-\(Self.canary)", until: "sandbox my-app/a0eebc99 *1>")
    let history = try String(decoding: home.bytes("state/wh/history"), as: UTF8.self)
    #expect(history == "use app my-app\n\(select) Authorization \"Bearer ${tok}\"\n")
  }

  @Test(
    "A header in a shell command is not kept, and a variable of the shell is not a secret",
    arguments: ["-H \"Authorization: Bearer \(canary)\"", "--header='X-Api-Key: \(canary)'"])
  func shellCommand(option: String) async throws {
    let home = try Home()
    let session = try await PromptSession(home, ["--sandbox", "--transcript", "kept.wh"])
    try await session.enter("show variables | : \(option)", until: "sandbox>")
    try await session.enter("show variables | : -H \"Authorization: Bearer ${TOKEN}\"", until: "sandbox>")
    session.terminal.send(Keys.control("d"))
    #expect(try await session.terminal.waitForExit() == .exited(0))
    let filled = "show variables | : -H \"Authorization: Bearer ${TOKEN}\"\n"
    #expect(try home.text("state/wh/history") == filled)
    let kept = try home.text("work/kept.wh")
    #expect(kept.contains(filled) && kept.contains("show variables | : -") && kept.contains("••••"), "\(kept)")
    #expect(Canary.written.piece(in: Array(kept.utf8)) == nil, "\(kept)")
    let run = try await home.wh("--sandbox", "-c", "show variables | echo ••••; show variables > ••••")
    #expect(
      run.exit == 0 && run.output.isEmpty && run.error.contains("warning[withheld-value]"), "\(run.testDescription)")
    #expect(!home.files.contains { $0.contains("•") })
  }

  /// Refusals that hold what was sent, or what the service's webhook holds.
  static let refusals: [@Sendable (RecordedRequest) -> CannedAnswer] = [
    { (request: RecordedRequest) in
      .json(400, #"{"error":{"type":"invalid_request_error","message":"I got \#(Self.echo(request))"}}"#)
    },
    { (request: RecordedRequest) in .text(400, "<html>" + request.bodyText + Self.echo(request)) },
    { (request: RecordedRequest) in .json(422, "[" + request.bodyText + "]") },
    // The excerpt of a body that is not JSON ends within a secret, wherever it is.
    { (request: RecordedRequest) in .text(400, String(repeating: "-", count: 185) + Canary.apiKey) },
    { (request: RecordedRequest) in .text(400, String(repeating: "-", count: 187) + Canary.written.text) },
    { (request: RecordedRequest) in .text(400, String(repeating: "-", count: 187) + Canary.held.text) },
    { (request: RecordedRequest) in .json(200, "[" + request.bodyText + "]") },
    { (request: RecordedRequest) in
      CannedAnswer(302, fields: [("Location", "https://\(Canary.apiKey).example.org/\(Canary.held.text)")])
    },
  ]

  @Test("Nor are they in messages of the API", arguments: refusals, forms)
  func echoed(refusal: @escaping @Sendable (RecordedRequest) -> CannedAnswer, form: [String]) async throws {
    let service = Self.service()
    let server = try FakeService { request in
      request.method == "PUT" ? refusal(request) : service.answer(request)
    }
    let home = try Home()
    let run = try await home.wh(
      form + ["-c", "\(Self.select); set header X-Token \(Self.canary); commit"],
      environment: WhRun.environment(server, key: Canary.apiKey))
    #expect([1, 75].contains(run.exit), "\(run.testDescription)")
    expectNoLeak(run, home)
  }

  @Test("A refused key is not repeated", arguments: forms)
  func refusedKey(form: [String]) async throws {
    let server = try FakeService { .json(401, #"{"error":"\#(Self.echo($0)) is no key"}"#) }
    let home = try Home()
    let run = try await home.wh(
      form + ["-c", OneWebhook.example], environment: WhRun.environment(server, key: Canary.apiKey))
    #expect(run.exit == 77, "\(run.testDescription)")
    expectNoLeak(run, home)
  }

  @Test(
    "An invalid key is not repeated",
    arguments: [
      "sk_admin_\(Canary.key.text) x", "\(Canary.key.text)\u{E9}", "\(Canary.key.text)\t\(Canary.key.text)",
    ])
  func malformedKey(key: String) async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    let run = try await home.wh(
      "--verbose", "-c", "show apps", environment: WhRun.environment(server, key: key))
    #expect(run.exit == 77, "\(run.testDescription)")
    #expect(server.connectionCount == 0)
    expectNoLeak(run, home)
  }

  @Test("Variables of the command line are hidden if their name is secret", arguments: forms)
  func commandLine(form: [String]) async throws {
    let server = try Self.service().serve()
    let home = try Home()
    let environment = WhRun.environment(server, key: Canary.apiKey)
    let script =
      "\(Self.select); set header X-Team ${TOKEN}; show variables; echo ${TOKEN}; diff; show requests; commit"
    let run = try await home.wh(form + ["--var", "TOKEN=\(Self.canary)", "-c", script], environment: environment)
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(server.requests.contains { $0.bodyText.contains(Self.canary) }, "sent it is, of course")
    expectNoLeak(run, home)
    let wrong = try await home.wh(form + ["--var", "X-TOKEN=\(Self.canary)", "-c", script], environment: environment)
    #expect(wrong.exit == 64, "\(wrong.testDescription)")
    expectNoLeak(wrong, home)
  }

  @Test("Keys of profiles are hidden, and never written by `wh`")
  func profiles() async throws {
    let server = try FakeService { .json(403, #"{"error":"\#(Self.echo($0))"}"#) }
    let home = try Home()
    try home.write("key", Canary.apiKey + "\n")
    let added = [
      ["profile", "add", "a", "--base-url", server.url, "--key-file", home.path("work/key")],
      ["profile", "add", "b", "--base-url", server.url, "--key-command", "cat key"],
      ["profile", "list"], ["profile", "test", "--profile", "a", "--verbose"],
      ["profile", "test", "--profile", "b", "--output", "json"], ["--profile", "a", "-c", "use profile b; show apps"],
      ["profile", "show", "a"], ["profile", "show", "b", "--output", "json"], ["doctor", "--profile", "a"],
      ["doctor", "--profile", "b", "--output", "json"],
    ]
    for arguments in added { expectNoLeak(try await home.wh(arguments), home) }
    #expect(server.requests.count == 5)
    #expect(server.requests.allSatisfy { $0["Authorization"] == "Bearer \(Canary.apiKey)" })
  }

  private static func echo(_ request: RecordedRequest) -> String {
    request.fields.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
  }

  private func expectNoLeak(_ run: WhRun, _ home: Home, _ location: SourceLocation = #_sourceLocation) {
    for canary in Canary.all {
      for bytes in [run.outputBytes, run.errorBytes] {
        let piece = canary.piece(in: bytes)
        #expect(piece == nil, "\(run.testDescription)", sourceLocation: location)
      }
      // The journal keeps what `undo` needs.
      for file in home.files where !file.hasPrefix("state/wh/journal.sqlite") {
        let piece = canary.piece(in: (try? home.bytes(file)) ?? [])
        #expect(piece == nil, "\(file)", sourceLocation: location)
      }
    }
  }
}
