import Foundation
import Testing
import WhTestSupport

@Suite("Reports of a run")
struct ReportTests {
  private static let every = ["--report", "junit=r.xml", "--report", "json=r.json", "--report", "html=r.html"]

  /// `whk_1` is refused, with words that are markup and control characters; the others are updated.
  private static let service: ManyWebhooks = {
    var service = ManyWebhooks(count: 4, updated: [4])
    service.update = { number in
      number == 1
        ? .json(400, #"{"error":{"type":"t","code":"c","message":"no <b>&\u001b[2J \"]]> \uffff"}}"#) : nil
    }
    return service
  }()
  private static let script = """
    use app \(ManyWebhooks.app)
    webhook *
    add event MESSAGE_SENT
    on error continue
    commit
    rollback
    expect event MESSAGE_CREATED
    expect url = "https://<none>"

    """

  @Test("A run that fails in part is reported in each format, and the formats agree")
  func forms() async throws {
    let server = try Self.service.serve()
    let home = try Home()
    try home.write("m.wh", Self.script)
    let run = try await home.wh(["run", "m.wh"] + Self.every, environment: WhRun.environment(server))
    #expect(run.exit == 1, "\(run.testDescription)")

    let junit = try JUnitReading(home.bytes("work/r.xml"))
    #expect(junit.suite == ["tests": "5", "failures": "3", "errors": "0", "skipped": "0"])
    #expect(
      junit.cases.map(\.name).sorted()
        == ["expect event MESSAGE_CREATED", "expect url = \"https://<none>\""]
        + (1...3).map { "update app_many/whk_\($0) https://example.com/\($0)" })
    #expect(junit.cases.count { $0.finding == "failure" } == 3)
    let refused = try #require(junit.cases.first { $0.name.contains("/whk_1 ") })
    #expect(refused.finding == "failure" && refused.message?.contains("no <b>&\\u{1B}[2J \"]]>") == true, "\(refused)")

    let json = try Self.json(home)
    #expect(json["version"] as? Int == 2 && json["exit"] as? Int == 1 && json["failures"] as? Int == 3)
    let states = try #require(json["webhooks"] as? [String: Int])
    #expect(states.filter { $0.value > 0 } == ["updated": 2, "unchanged": 1, "failed": 1])
    #expect(states.count == 9 && states["created"] == 0 && states["appliedDifferently"] == 0)
    let cases = try #require(json["cases"] as? [[String: Any]])
    #expect(cases.map { $0["kind"] as? String } == ["webhook", "webhook", "webhook", "expect", "expect"])
    #expect(cases.map { $0["failed"] as? Bool } == [true, false, false, true, true])

    let html = try home.text("work/r.html")
    #expect(html.contains("no &lt;b&gt;&amp;\\u{1B}[2J") && !html.contains("<b>&") && !html.contains("<script"))
    #expect(!html.contains("http-equiv=\"refresh") && !html.contains("src=") && !html.contains("<link"))
    for text in ["3 of 5 not as requested", "<b>2</b> updated", "expectations that failed", "whk_3"] {
      #expect(html.contains(text), "\(text)")
    }
    for name in ["r.xml", "r.json", "r.html"] {
      #expect(!home.workFiles.contains { $0.hasPrefix(name + ".") })
      #expect(try !home.text("work/\(name)").unicodeScalars.contains { $0.value < 32 && $0 != "\n" }, "\(name)")
    }
  }

  @Test("A report is written even if nothing was sent, with the errors")
  func scriptErrors() async throws {
    let home = try Home()
    let run = try await home.wh(["--sandbox", "-c", "ad event X; commit"] + Self.every)
    #expect(run.exit == 65, "\(run.testDescription)")
    let junit = try JUnitReading(home.bytes("work/r.xml"))
    #expect(junit.suite["errors"] == "1" && junit.cases.first?.finding == "error")
    #expect(junit.cases.first?.type == "unknown-keyword")
    #expect(try Self.json(home)["exit"] as? Int == 65)
    #expect(try home.text("work/r.html").contains("unknown-keyword"))
  }

  @Test("Planned changes are skipped, or failures with --exit-code, and a run without changes is one passing case")
  func plan() async throws {
    let home = try Home()
    try home.write("m.wh", "use app my-app; webhook *; set header X-Team red; commit")
    let plan = try await home.wh(["plan", "--sandbox", "--exit-code", "m.wh"] + Self.every)
    #expect(plan.exit == 10, "\(plan.testDescription)")
    let planned = try JUnitReading(home.bytes("work/r.xml"))
    #expect(planned.suite == ["tests": "3", "failures": "3", "errors": "0", "skipped": "0"])
    let json = try Self.json(home)
    #expect(json["exit"] as? Int == 10 && json["failures"] as? Int == 3)
    #expect(json["planned"] as? [String: Int] == ["create": 0, "update": 3, "delete": 0])
    let html = try home.text("work/r.html")
    #expect(html.contains("<h2>to update <span class=\"count\">3</span></h2>"))
    #expect(html.contains("● </span>") || html.contains("3 changes planned, nothing sent"))
    #expect(!html.contains("✓"))
    let look = try await home.wh(["plan", "--sandbox", "m.wh"] + Self.every)
    #expect(look.exit == 0, "\(look.testDescription)")
    let skipped = try JUnitReading(home.bytes("work/r.xml"))
    #expect(skipped.suite == ["tests": "3", "failures": "0", "errors": "0", "skipped": "3"])

    let none = try await home.wh(["--sandbox", "-c", "commit"] + Self.every)
    #expect(none.exit == 0, "\(none.testDescription)")
    let nothing = try JUnitReading(home.bytes("work/r.xml"))
    #expect(nothing.suite["tests"] == "1" && nothing.cases.first?.finding == nil)
  }

  @Test("A run that was interrupted is reported, each webhook once")
  func interrupted() async throws {
    var shape = ServiceShape(apps: 4, webhooksPerApp: 10, oldPerApp: 10)
    shape.latency = .milliseconds(2)
    let child = ChildBox()
    let server = try CountingService(shape) { number, _ in if number == 20 { child.signal(SIGINT) } }
    let home = try Home()
    let run = try await ChildLimit.shared.with {
      let started = try child.start {
        try WhChild(home, ["-c", ServiceShape.migration] + Self.every, environment: WhRun.environment(server))
      }
      return try await started.finished()
    }
    #expect(run.exit == 75, "\(run.testDescription)")
    let json = try Self.json(home)
    #expect(json["exit"] as? Int == 75)
    let states = try #require(json["webhooks"] as? [String: Int])
    #expect(states["updated"] == server.log.count { $0.method == "PUT" })
    #expect(states.values.reduce(0, +) == 40, "\(states)")
    let junit = try JUnitReading(home.bytes("work/r.xml"))
    #expect(junit.cases.count { $0.type == "not attempted" } == states["notAttempted"])
  }

  @Test("A report does not overwrite its script")
  func overScript() async throws {
    let home = try Home()
    try home.write("a.wh", "echo a\n")
    let run = try await home.wh("run", "--sandbox", "./a.wh", "--report", "json=a.wh")
    #expect(run.exit == 64 && run.output.isEmpty, "\(run.testDescription)")
    #expect(run.error.contains("would overwrite the script"), "\(run.testDescription)")
    #expect(try home.text("work/a.wh") == "echo a\n")
  }

  @Test("A report that can't be written is detected before anything is sent")
  func unwritable() async throws {
    let server = try OneWebhook().serve()
    let home = try Home()
    for path in ["no/such/folder/r.xml", "."] {
      let run = try await home.wh(
        "--report", "junit=\(path)", "-c", OneWebhook.example, environment: WhRun.environment(server))
      #expect(run.exit == 66 && run.error.contains("can't be written"), "\(run.testDescription)")
    }
    #expect(server.requests.isEmpty)
  }

  @Test(
    "Unknown formats, and one file for two reports, are usage errors",
    arguments: [
      ["--report", "r.xml"], ["--report", "pdf=r"], ["--report", "json="],
      ["--report", "json=r", "--report", "html=r"],
    ])
  func usage(arguments: [String]) async throws {
    #expect(try await Home().wh(["--sandbox", "-c", "commit"] + arguments).exit == 64)
  }

  @Test("No report contains a secret, however it is escaped")
  func secrets() async throws {
    let server = try OneWebhook(headers: ["Authorization": "Bearer \(Canary.held.text)"]).serve()
    let home = try Home()
    let secret = "\(Canary.written.text)<&'"
    let run = try await home.wh(
      [
        "--var", "token=\(secret)", "-c",
        "use app my-app; webhook *; set header X-Token ${token}; commit; expect header X-Token = nothing",
      ] + Self.every, environment: WhRun.environment(server, key: Canary.apiKey))
    #expect(run.exit == 1, "\(run.testDescription)")
    for name in ["r.xml", "r.json", "r.html"] {
      for canary in Canary.all { #expect(canary.piece(in: try home.bytes("work/\(name)")) == nil, "\(name)") }
      #expect(try home.text("work/\(name)").contains("X-Token"), "\(name)")
    }
  }

  private static func json(_ home: Home) throws -> [String: Any] {
    let data = Data(try home.bytes("work/r.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }
}
