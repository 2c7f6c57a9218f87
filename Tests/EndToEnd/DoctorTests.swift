import Foundation
import Testing
import WhTestSupport

@Suite("`wh doctor`")
struct DoctorTests {
  /// What is found of each subject, as the JSON has it.
  private struct Report {
    let run: WhRun
    private let findings: [String: NSDictionary]
    let order: [String]
    let problems: Int
    let warnings: Int

    init(_ run: WhRun) throws {
      self.run = run
      let objects = try run.objects
      let last = try #require(objects.last, "\(run.testDescription)")
      #expect(last["type"] as? String == "doctor", "\(run.testDescription)")
      problems = try #require(last["problems"] as? Int)
      warnings = try #require(last["warnings"] as? Int)
      let found = objects.dropLast().filter { $0["type"] as? String == "finding" }
      order = found.compactMap { $0["subject"] as? String }
      findings = Dictionary(uniqueKeysWithValues: zip(order, found))
      let counts = [("problem", problems), ("warning", warnings)]
      for (state, count) in counts { #expect(found.count { $0["state"] as? String == state } == count) }
      #expect(run.exit == (problems > 0 ? 1 : 0), "\(run.testDescription)")
    }

    func state(_ subject: String) -> String? { findings[subject]?["state"] as? String }
    func detail(_ subject: String) -> String { findings[subject]?["detail"] as? String ?? "" }
    func advice(_ subject: String) -> String { findings[subject]?["advice"] as? String ?? "" }

    /// Those that are not as they should be.
    var wrong: [String: String] {
      Dictionary(uniqueKeysWithValues: order.map { ($0, state($0) ?? "") }.filter { $0.1 == "problem" })
    }
  }

  private func report(
    _ home: Home, _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> Report {
    let environment = ["PAGER": "cat"].merging(environment) { $1 }
    return try Report(try await home.wh(["doctor", "--output", "json"] + arguments, environment: environment))
  }

  private static let subjects = [
    "configuration", "profile", "server", "key", "service", "clock", "limit", "journal", "runs", "terminal", "prompt",
    "pager", "editor", "locale",
  ]

  @Test("With the sandbox all is well, and nothing is created but the sandbox")
  func sandbox() async throws {
    let home = try Home()
    let report = try await report(home, "--sandbox")
    #expect(report.problems == 0 && report.warnings == 0, "\(report.run.testDescription)")
    #expect(report.order == Self.subjects)
    #expect(report.detail("profile").hasPrefix("sandbox (--sandbox)"))
    #expect(report.detail("service").contains(" apps, answered in "), "\(report.run.testDescription)")
    #expect(report.detail("limit").contains("no rate limit"), "\(report.run.testDescription)")
    #expect(report.detail("journal").contains("none yet") && report.state("journal") == "ok")
    #expect(!home.files.contains { $0.hasPrefix("state/") || $0.hasPrefix("config/") }, "\(home.files)")
  }

  @Test("In text each check is a line with a mark, and the last line counts")
  func text() async throws {
    let home = try Home()
    let run = try await home.wh("doctor", environment: ["LC_ALL": "C", "PAGER": "cat"])
    #expect(run.exit == 1 && run.error.isEmpty, "\(run.testDescription)")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.last == "doctor: 1 problem, 1 warning", "\(run.testDescription)")
    let marked = lines.dropLast().filter { !$0.hasPrefix(" ") }.map {
      $0.split(separator: " ").prefix(2).map(String.init)
    }
    #expect(marked.map(\.last) == Self.subjects, "\(run.testDescription)")
    #expect(marked.map(\.first).filter { $0 == "problem" }.count == 1)
    #expect(run.output.contains("set `WH_API_KEY`"), "\(run.testDescription)")
  }

  @Test("A key that is refused is a problem, and the rest is checked all the same")
  func refusedKey() async throws {
    let server = try FakeService { _ in .json(401, #"{"error":{"code":"invalid_api_key","message":"No such key"}}"#) }
    let report = try await report(Home(), environment: WhRun.environment(server, key: Canary.written.text))
    #expect(report.wrong == ["service": "problem"], "\(report.run.testDescription)")
    #expect(report.detail("service").contains("refused the key") && report.advice("service").contains("WH_API_KEY"))
    #expect(report.state("key") == "ok" && report.detail("key") == "admin key, WH_API_KEY")
    #expect(report.state("journal") == "ok" && report.state("locale") == "ok")
    #expect(!report.run.output.contains(Canary.written.text) && !report.run.error.contains(Canary.written.text))
    #expect(server.requests.count == 1)
  }

  @Test("An app key is tested too, by doctor and by `profile test`", arguments: [200, 401])
  func appKey(status: Int) async throws {
    let one = OneWebhook()
    let server = try FakeService { request in
      status == 200 ? one.answer(request) : .json(401, #"{"error":{"message":"No such key"}}"#)
    }
    let environment = WhRun.environment(server, key: OneWebhook.appKey)
    let report = try await report(Home(), environment: environment)
    #expect(report.problems == (status == 200 ? 0 : 1), "\(report.run.testDescription)")
    #expect(report.detail("key") == "app key, WH_API_KEY")
    #expect(server.requests.map(\.path) == ["/v1/webhooks"])
    let test = try await Home().wh("profile", "test", environment: environment)
    #expect(test.exit == (status == 200 ? 0 : 77), "\(test.testDescription)")
    #expect(server.requests.map(\.path) == ["/v1/webhooks", "/v1/webhooks"])
  }

  @Test("A service that lists nothing is good for all the rest", arguments: OneWebhook.Routes.allCases)
  func routes(routes: OneWebhook.Routes) async throws {
    let server = try OneWebhook(routes: routes).serve()
    let report = try await report(Home(), environment: WhRun.environment(server))
    #expect(report.problems == 0, "\(report.run.testDescription)")
    #expect(server.requests.allSatisfy { $0.method == "GET" })
  }

  @Test("A server that can't be reached is a problem")
  func unreachable() async throws {
    let report = try await report(
      Home(), environment: ["WH_BASE_URL": "http://127.0.0.1:1", "WH_API_KEY": OneWebhook.adminKey])
    #expect(report.wrong == ["service": "problem"], "\(report.run.testDescription)")
    #expect(report.detail("service").contains("can't be reached") && report.advice("service").contains("proxy"))
    #expect(report.state("clock") == "skipped" && report.state("limit") == "skipped")
    #expect(report.state("journal") == "ok")
  }

  @Test("A clock that is wrong is a warning, and so is a limit that is used up")
  func clockAndLimit() async throws {
    let server = try OneWebhook(fields: [
      ("Date", "Sat, 01 Aug 2037 00:00:00 GMT"), ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"),
      ("X-RateLimit-Reset", "2132611260"),
    ]).serve()
    let report = try await report(Home(), environment: WhRun.environment(server))
    #expect(report.problems == 0, "\(report.run.testDescription)")
    #expect(report.state("clock") == "warning" && report.detail("clock").contains(" h slow"))
    #expect(report.state("limit") == "warning" && report.detail("limit").contains("60 requests"))
  }

  @Test(
    "A configuration that can't be used is a problem; what does not depend on it is checked",
    arguments: [
      ("[profiles.a]\nkey = \"x\"\n", 0o600, "keys are not allowed"), ("[profiles.a\n", 0o600, "config.toml:1:"),
      ("[profiles.a]\n", 0o666, "chmod go-w"),
    ])
  func configuration(text: String, mode: Int, said: String) async throws {
    let home = try Home()
    try home.configure(text)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: home.configuration)
    let report = try await report(home)
    #expect(report.wrong == ["configuration": "problem"], "\(report.run.testDescription)")
    #expect(report.detail("configuration").contains(said), "\(report.run.testDescription)")
    #expect(report.state("service") == "skipped" && report.state("journal") == "ok")
  }

  @Test("A configuration that others may read, and an open key file, are warnings")
  func openFiles() async throws {
    let home = try Home()
    let server = try OneWebhook().serve()
    try home.write("key", OneWebhook.adminKey + "\n")
    try home.configure(
      "[profiles.prod]\nbase_url = \"\(server.url)\"\nkey_file = \"\(home.path("work/key"))\"\nconnect_timeout = 7\n")
    for path in [home.path("work/key"), home.configuration] {
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    }
    let report = try await report(home, "--profile", "prod")
    #expect(report.problems == 0 && report.warnings == 2, "\(report.run.testDescription)")
    #expect(report.advice("configuration").contains("chmod 600") && report.advice("key").contains("chmod 600"))
    #expect(report.detail("profile").contains("connect_timeout 7 s (profile prod)"))
    #expect(!report.run.output.contains(OneWebhook.adminKey))
    #expect(report.run.error.isEmpty, "\(report.run.testDescription)")
  }

  @Test("An unknown profile is a problem that names the others")
  func unknownProfile() async throws {
    let home = try Home()
    try home.configure("[profiles.prod]\n")
    let report = try await report(home, "--profile", "prdo")
    #expect(report.wrong == ["profile": "problem"], "\(report.run.testDescription)")
    #expect(report.advice("profile").contains("prod"))
  }

  @Test("An unfinished run is a warning with the command that finishes it; one in progress is not")
  func unfinishedRun() async throws {
    let home = try Home()
    let gate = Gate()
    var webhooks = ManyWebhooks(count: 3)
    webhooks.update = { _ in
      gate.pass()
      return nil
    }
    let held = try webhooks.serve()
    let child = try WhChild(home, ["--jobs", "1", "-c", ManyWebhooks.script], environment: WhRun.environment(held))
    try await gate.reached()
    let busy = try Report(
      try await home.whAtOnce(["doctor", "--output", "json"], environment: WhRun.environment(held)))
    #expect(busy.state("runs") == "ok" && busy.detail("runs").contains("1 run in progress (1)"))
    child.signal(SIGKILL)
    gate.open()
    #expect(try await child.finished().exit == 128 + SIGKILL)

    let left = try await report(home, environment: WhRun.environment(held))
    #expect(left.problems == 0 && left.state("runs") == "warning", "\(left.run.testDescription)")
    #expect(left.detail("runs").contains("run 1 of profile default is unfinished: "))
    #expect(left.advice("runs").contains("`wh resume 1`"), "\(left.run.testDescription)")
    #expect(left.detail("journal").contains("version 2"))
  }

  @Test("A damaged journal file is a problem, and stays as it is")
  func damagedJournal() async throws {
    let home = try Home()
    let server = try OneWebhook().serve()
    let environment = WhRun.environment(server)
    let run = try await home.wh("-c", OneWebhook.example, environment: environment)
    #expect(run.exit == 0, "\(run.testDescription)")
    var bytes = try home.bytes("state/wh/journal.sqlite")
    for place in 4096..<bytes.count { bytes[place] = 0x5A }
    try Data(bytes).write(to: URL(fileURLWithPath: home.path("state/wh/journal.sqlite")))
    let damaged = try await report(home, environment: environment)
    #expect(damaged.state("journal") == "problem" && damaged.detail("journal").contains("is damaged"))
    #expect(damaged.advice("journal").contains("wh runs check") && damaged.state("runs") == "skipped")
    #expect(try home.bytes("state/wh/journal.sqlite") == bytes)
  }

  @Test("A shared journal: its server, version and round trip; one that is not there yet is not created")
  func sharedJournal() async throws {
    let shared = try SharedJournal(apps: 1)
    let home = try Home()
    let before = try await report(home, environment: shared.environment)
    #expect(before.problems == 0, "\(before.run.testDescription)")
    #expect(before.detail("journal").hasPrefix("PostgreSQL ") && before.detail("journal").contains("none yet"))
    #expect(try shared.database.sql("SELECT to_regnamespace('\(shared.schema)') IS NULL") == "t")

    let run = try await home.wh("-c", SharedJournal.script("a"), environment: shared.environment)
    #expect(run.exit == 0, "\(run.testDescription)")
    let after = try await report(home, environment: shared.environment)
    #expect(after.problems == 0, "\(after.run.testDescription)")
    #expect(after.detail("journal").contains(", version 1, round trip ") && after.detail("runs") == "none unfinished")
    #expect(!home.files.contains { $0.hasSuffix("journal.sqlite") })
  }

  @Test(
    "A shared journal that is out of reach, or whose url is wrong, is a problem that shows no password",
    arguments: [
      ("postgresql://wh:\(Canary.written.text)@/postgres?host=/nowhere&port=5432", "can't be reached"),
      ("mysql://wh:\(Canary.written.text)@db/x", "is not valid"),
      ("postgresql://wh@/postgres?host=/nowhere&schema=pg_x", "is not valid"),
    ])
  func unreachableJournal(url: String, said: String) async throws {
    let server = try OneWebhook().serve()
    let report = try await report(Home(), environment: WhRun.environment(server).merging(["WH_JOURNAL": url]) { $1 })
    #expect(report.wrong == ["journal": "problem"], "\(report.run.testDescription)")
    #expect(report.detail("journal").contains(said), "\(report.run.testDescription)")
    #expect(report.state("service") == "ok" && report.state("runs") == "skipped" && report.state("locale") == "ok")
    #expect(!report.run.output.contains(Canary.written.text) && !report.run.error.contains(Canary.written.text))
  }

  @Test("A locale without UTF-8 is a warning, a pager that is not there too")
  func localeAndPager() async throws {
    let home = try Home()
    let report = try await report(
      home, "--sandbox", environment: ["LC_ALL": "C", "PAGER": "nosuchpager", "TERM": "xterm"])
    #expect(report.problems == 0 && report.warnings == 2, "\(report.run.testDescription)")
    #expect(report.state("locale") == "warning" && report.detail("locale").hasPrefix("LC_ALL=C"))
    #expect(report.advice("pager") == "fix PAGER")
  }

  @Test(
    "At a terminal the line editor is tried, and the terminal stays as it was", arguments: ["xterm-256color", "dumb"])
  func atTerminal(term: String) async throws {
    let home = try Home()
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "wh"), ["doctor", "--sandbox"],
      environment: home.environment.merging(["TERM": term, "NO_COLOR": "1"]) { $1 }, folder: home.work, rows: 40,
      columns: 200)
    #expect(try await terminal.waitForExit() == .exited(0))
    #expect(terminal.isCooked)
    let lines = terminal.screen.transcript
    func line(_ subject: String) -> String { lines.first { $0.contains(" \(subject) ") } ?? "" }
    if term == "dumb" {
      #expect(line("terminal").hasPrefix("warning") && line("terminal").contains("TERM=dumb"), "\(lines)")
    } else {
      #expect(line("terminal").contains("200 columns, 40 rows, no colour (NO_COLOR)"), "\(lines)")
    }
    #expect(line("prompt").hasPrefix("ok") && line("prompt").contains("the line editor starts"), "\(lines)")
  }

  @Test("An interrupt ends it, and a key command with it")
  func interrupted() async throws {
    let home = try Home()
    try home.configure("[profiles.slow]\nkey_command = \"sleep 600\"\nkey_timeout = 600\n")
    let child = try WhChild(home, ["doctor", "--profile", "slow"])
    _ = try await child.waitForOutput("configuration")
    child.signal(SIGINT)
    let run = try await child.finished()
    #expect(run.exit == 75 && run.error.contains("error[interrupted]"), "\(run.testDescription)")
    #expect(!run.output.contains("doctor:"), "\(run.testDescription)")
  }

  @Test(
    "Options of other commands are refused", arguments: ["--jobs=2", "--yes", "--report=json=x", "extra", "--quiet"])
  func options(option: String) async throws {
    let run = try await Home().wh("doctor", "--sandbox", option)
    #expect(run.exit == 64 && run.output.isEmpty, "\(run.testDescription)")
  }
}

@Suite("`wh profile show`")
struct ProfileShowTests {
  private static func home() throws -> Home {
    let home = try Home()
    try home.configure(
      """
      default = "prod"
      [profiles.prod]
      base_url = "https://prod.example.com"
      key_command = "touch \(home.path("work/ran"))"
      connect_timeout = 5
      journal = "postgresql://wh:\(Canary.written.text)@db.example.com/ops"
      [profiles.other]
      """)
    return home
  }

  @Test("Each value is shown with what gives it, and no command runs")
  func text() async throws {
    let home = try Self.home()
    let run = try await home.wh("profile", "show", environment: ["WH_BASE_URL": "https://env.example.com"])
    #expect(run.exit == 0, "\(run.testDescription)")
    let rows = run.output.split(separator: "\n").map { line in
      line.split(separator: #/ {2,}/#).map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(rows.first == ["setting", "value", "source"], "\(run.testDescription)")
    #expect(rows.contains(["profile", "prod", "config.toml"]), "\(run.testDescription)")
    #expect(rows.contains(["server", "https://env.example.com", "WH_BASE_URL"]), "\(run.testDescription)")
    #expect(
      rows.contains(["connect_timeout", "5 s", "profile prod"])
        && rows.contains(["response_timeout", "30 s", "default"]))
    #expect(rows.contains(["journal", "postgresql://wh@db.example.com/ops", "profile prod"]), "\(run.testDescription)")
    #expect(!run.output.contains(Canary.written.text) && home.workFiles.isEmpty)
  }

  @Test(
    "A profile that is named goes to its own server",
    arguments: [
      ("prod", "https://prod.example.com"), ("other", "https://env.example.com"), ("sandbox", "the embedded sandbox"),
    ])
  func named(profile: String, server: String) async throws {
    let home = try Self.home()
    let run = try await home.wh(
      "profile", "show", profile, "--output", "json",
      environment: ["WH_BASE_URL": "https://env.example.com", "WH_API_KEY": Canary.written.text])
    #expect(run.exit == 0, "\(run.testDescription)")
    let objects = try run.objects
    #expect(objects.allSatisfy { $0["type"] as? String == "setting" })
    func setting(_ name: String) -> NSDictionary? { objects.first { $0["setting"] as? String == name } }
    #expect(setting("profile")?["value"] as? String == profile)
    #expect(setting("profile")?["source"] as? String == "command line")
    #expect(setting("server")?["value"] as? String == server, "\(run.testDescription)")
    #expect(!run.output.contains(Canary.written.text), "\(run.testDescription)")
  }

  @Test(
    "What is wrong is reported as everywhere",
    arguments: [
      ("[profiles.prod]\n", "prdo", 64, "no profile named `prdo`"), ("nonsense", "prod", 1, "config.toml:1:"),
    ]
      as [(String, String, Int32, String)])
  func wrong(text: String, profile: String, code: Int32, said: String) async throws {
    let home = try Home()
    try home.configure(text)
    let run = try await home.wh("profile", "show", profile)
    #expect(run.exit == code && run.output.isEmpty, "\(run.testDescription)")
    #expect(run.error.contains(said), "\(run.testDescription)")
  }
}
