import WhDomain
import WhSession
import WhSyntax

@testable import WhShell

/// Reports as three kinds of runs give them: a plan, a run that fails in part, and one that does all that it was to do.
enum SampleReports {
  static let rename = Origin(
    source: "migrate.wh", line: 4, column: 1, statement: "rename event MESSAGE_SENT to messages.sms.sent")
  static let move = Origin(
    source: "migrate.wh", line: 5, column: 1, statement: "replace host old.example.com with hooks.example.com")
  static let remove = Origin(source: "old, %apps.wh", line: 2, column: 17, statement: "delete webhook")

  static func app(_ number: Int) -> App {
    App(id: AppID(unchecked: "app_\(number)"), slug: "shop-\(number)", name: "Shop \(number)")
  }

  static func webhook(_ number: Int, host: String = "old.example.com", events: [String] = ["MESSAGE_SENT"]) -> Webhook {
    Webhook(
      id: WebhookID(unchecked: "whk_\(number)"), appID: app(number % 3).id, url: "https://\(host)/hook/\(number)",
      events: events)
  }

  static func moved(_ number: Int) -> Change {
    let before = webhook(number)
    let after = webhook(number, host: "hooks.example.com", events: ["messages.sms.sent"])
    return Change(
      app: app(number % 3), webhookID: before.id,
      action: .update(before: before, WebhookPatch(from: before, to: after)),
      origins: [rename, move])
  }

  static func deleted(_ number: Int) -> Change {
    let before = webhook(number)
    return Change(app: app(number % 3), webhookID: before.id, action: .delete(before: before), origins: [remove])
  }

  static func created(_ number: Int) -> Change {
    let headers = Headers([
      Header(name: "X-Team", value: "sms|a"), Header(name: "Authorization", value: "Bearer a1b2c3"),
    ])
    return Change(
      app: app(number % 3), webhookID: nil,
      action: .create(url: "https://new.example.com/\(number)", events: ["messages.sms.sent"], headers: headers))
  }

  static func report(
    _ command: String, _ kinds: [RunReport.Case.Kind], exit: Int, runs: [Int] = [], warnings: [Diagnostic] = [],
    estimate: RunReport.Estimate? = nil
  ) -> RunReport {
    var findings = RunReport.Findings()
    findings.cases = kinds.map { kind in
      var item = RunReport.Case(kind, profile: "production")
      item.seconds = 0.25
      return item
    }
    findings.runs = runs
    findings.warnings = warnings
    findings.estimate = estimate
    return RunReport(
      command: command, arguments: ["migrate.wh"],
      scripts: [RunReport.Script(name: "migrate.wh", sha256: String(repeating: "0f", count: 32))],
      version: "0.0.0", startedAt: 1_800_000_000, seconds: 12.5, exit: exit,
      sessions: [
        RunReport.Session(
          profile: "production", host: "https://api.example.com", requests: 21, exit: exit, findings: findings)
      ])
  }

  static let plan = report(
    "plan", (1...7).map { .planned(moved($0)) } + [.planned(created(8)), .planned(deleted(9))], exit: 10,
    estimate: RunReport.Estimate(reads: 4, writes: 9, seconds: 130))

  static let success = report(
    "run",
    (1...7).map { .webhook(Outcome(moved($0), .updated, answer: moved($0).after)) } + [
      .expectation(
        RunReport.Check(
          origin: Origin(source: "migrate.wh", line: 7, column: 1, statement: "expect url ~ https://*"),
          message: "7 webhooks are as expected", failure: nil))
    ], exit: 0, runs: [12])

  static let failure = report("run", failureKinds, exit: 1, runs: [12], warnings: [warning])

  /// A run with three profiles: one that does all, one that fails in part, and one whose key is refused.
  static let profiles = RunReport(
    command: "run", arguments: ["migrate.wh"], scripts: success.scripts, version: "0.0.0", startedAt: 1_800_000_000,
    seconds: 12.5, exit: 77,
    sessions: [
      session("north", success, exit: 0), session("south, <eu>", failure, exit: 1),
      RunReport.Session(profile: "west", host: nil, requests: 1, exit: 77, findings: refusedKey),
    ])

  private static func session(_ profile: String, _ report: RunReport, exit: Int) -> RunReport.Session {
    var findings = report.sessions[0].findings
    findings.cases = findings.cases.map { item in
      var item = item
      if item.profile != nil { item.profile = profile }
      return item
    }
    return RunReport.Session(
      profile: profile, host: "https://api.example.com", requests: 21, exit: exit, findings: findings)
  }

  private static let refusedKey: RunReport.Findings = {
    var findings = RunReport.Findings()
    findings.cases = [
      RunReport.Case(
        .problem(Diagnostic(.keyRefused, "the API refused the key: 401", at: Span(source, 0..<9), label: "check it")))
    ]
    return findings
  }()

  private static let source = Source(name: "migrate.wh", text: "use app *\nexpect event A, % <b>\n")

  private static let warning = Diagnostic(
    .unknownEvent, "`messages.sms.recieved` is not a known event", at: Span(source, 10..<16),
    label: "did you mean `messages.sms.received`?")

  private static var failureKinds: [RunReport.Case.Kind] {
    let conflicts: [RunReport.Case.Kind] = (1...6).map { number in
      let theirs = webhook(number, host: "cdn.example.net", events: ["MESSAGE_SENT", "@team/#1 | `x`"])
      return .webhook(
        Outcome(moved(number), .conflict, message: "changed by others since it was read", answer: theirs))
    }
    let refused: [RunReport.Case.Kind] = (7...8).map { number in
      .webhook(Outcome(moved(number), .failed, message: "whk_\(number): bad\r\nevent: 100%, ::error::no"))
    }
    let check = RunReport.Check(
      origin: Origin(source: "migrate.wh", line: 2, column: 1, statement: "expect event A, % <b>"), message: nil,
      failure: Diagnostic(
        .expectationFailed, "2 of 9 webhooks are not as expected", at: Span(source, 10..<16),
        notes: ["shop-1/whk_7: events = MESSAGE_SENT", "shop-2/whk_8: events = MESSAGE_SENT"]))
    return conflicts + refused + [.webhook(Outcome(deleted(9), .deleted)), .expectation(check)]
  }
}
