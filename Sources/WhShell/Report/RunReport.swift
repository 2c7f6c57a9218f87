import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// What a whole run did, for machines and people.
package struct RunReport: Sendable {
  /// A script that was read.
  package struct Script: Sendable {
    package let name: String
    package let sha256: String

    package init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }

  /// One result, good or bad.
  package struct Case: Sendable {
    package enum Kind: Sendable {
      /// A webhook that a commit was to change.
      case webhook(Outcome)
      /// A change that `wh plan` found.
      case planned(Change)
      indirect case expectation(Check)
      /// Something else that is wrong: a script's error, or a statement that failed.
      indirect case problem(Diagnostic)
    }

    package let kind: Kind
    /// The profile that a change is made with; nil where that is not known.
    package var profile: String?
    /// The part of the run's time that it took, in seconds: those that ended together share theirs.
    package var seconds = 0.0

    package init(_ kind: Kind, profile: String? = nil) {
      self.kind = kind
      self.profile = profile
    }
  }

  /// An `expect` that ran.
  package struct Check: Sendable {
    package let origin: Origin
    /// What was found; nil where nothing was said.
    package let message: String?
    /// Nil where it holds.
    package let failure: Diagnostic?
  }

  /// What a run of the plan would take.
  package struct Estimate: Sendable {
    package let reads: Int
    package let writes: Int
    /// In seconds; nil where no limit was seen.
    package let seconds: Double?
  }

  /// What happened during a run.
  package struct Findings: Sendable {
    package var cases: [Case] = []
    package var warnings: [Diagnostic] = []
    /// The runs in the journal.
    package var runs: [Int] = []
    /// Webhooks whose edits came to nothing, and that got no request.
    package var unchanged = 0
    /// Nil where nothing was planned.
    package var estimate: Estimate?

    package init() {}
  }

  /// What one session of the run did.
  package struct Session: Sendable {
    /// Nil where none is known.
    package let profile: String?
    package let host: String?
    package let requests: Int
    package let exit: Int
    package let findings: Findings

    package init(profile: String?, host: String?, requests: Int, exit: Int, findings: Findings) {
      self.profile = profile
      self.host = host
      self.requests = requests
      self.exit = exit
      self.findings = findings
    }
  }

  /// The command that ran, such as `run` or `plan`.
  package let command: String
  /// The scripts or the folder that it was given.
  package let arguments: [String]
  package let scripts: [Script]
  /// The tool's version.
  package let version: String
  /// Seconds since 1970-01-01T00:00:00Z.
  package let startedAt: Double
  package let seconds: Double
  package let exit: Int
  /// One for each profile; at least one.
  package let sessions: [Session]

  package init(
    command: String, arguments: [String], scripts: [Script], version: String, startedAt: Double, seconds: Double,
    exit: Int, sessions: [Session]
  ) {
    self.command = command
    self.arguments = arguments
    self.scripts = scripts
    self.version = version
    self.startedAt = startedAt
    self.seconds = seconds
    self.exit = exit
    self.sessions = sessions
  }

  /// A report of each session, which is the whole report where there is one session.
  var parts: [RunReport] {
    if sessions.count == 1 { return [self] }
    return sessions.map { session in
      RunReport(
        command: command, arguments: arguments, scripts: [], version: version, startedAt: startedAt, seconds: seconds,
        exit: session.exit, sessions: [session])
    }
  }

  /// The profile and the server of the only session.
  var profile: String? { sessions.count == 1 ? sessions[0].profile : nil }
  var host: String? { sessions.count == 1 ? sessions[0].host : nil }

  /// The name of the session of one of several parts.
  var sessionName: String { profile ?? "without a profile" }

  var requests: Int { sessions.reduce(0) { $0 + $1.requests } }
  var cases: [Case] { sessions.flatMap(\.findings.cases) }
  var warnings: [Diagnostic] { sessions.flatMap(\.findings.warnings) }
  var runs: [Int] { sessions.flatMap(\.findings.runs).uniqued() }
  var unchanged: Int { sessions.reduce(0) { $0 + $1.findings.unchanged } }

  /// What a run of the plan would take: the sessions go on at the same time.
  var estimate: Estimate? {
    let estimates = sessions.compactMap(\.findings.estimate)
    guard !estimates.isEmpty else { return nil }
    return Estimate(
      reads: estimates.reduce(0) { $0 + $1.reads }, writes: estimates.reduce(0) { $0 + $1.writes },
      seconds: estimates.compactMap(\.seconds).max())
  }

  /// The command with its scripts, as a title.
  var title: String { (["wh", command] + arguments).joined(separator: " ") }

  var startedAtText: String { Moment(secondsSince1970: startedAt).description }

  /// True for a plan that was to find no changes, as `--exit-code` says.
  var failsOnChanges: Bool { exit == 10 }

  /// How many webhooks ended so.
  func count(_ state: Outcome.State) -> Int {
    (state == .unchanged ? unchanged : 0) + outcomes.count { $0.outcome?.state == state }
  }

  var failureCount: Int { cases.count(where: isFailure) }

  /// True for what is not as requested.
  func isFailure(_ item: Case) -> Bool {
    if case .planned = item.kind { return failsOnChanges }
    return item.isFailure
  }
}

extension RunReport.Case {
  /// True for what is not as requested, whatever was asked of a plan.
  var isFailure: Bool {
    switch kind {
    case .webhook(let outcome): !outcome.isFine
    case .planned: false
    case .expectation(let check): check.failure != nil
    case .problem: true
    }
  }
}

// MARK: - Parts

extension RunReport {
  var problems: [Diagnostic] {
    cases.compactMap { if case .problem(let diagnostic) = $0.kind { diagnostic } else { nil } }
  }

  var checks: [Check] { cases.compactMap { if case .expectation(let check) = $0.kind { check } else { nil } } }

  var failedChecks: [Check] { checks.filter { $0.failure != nil } }

  /// The webhooks of commits.
  var outcomes: [ChangeGroup.Item] {
    cases.compactMap { item in
      if case .webhook(let outcome) = item.kind { ChangeGroup.Item(outcome, profile: item.profile) } else { nil }
    }
  }

  /// The changes of a plan.
  var planned: [ChangeGroup.Item] {
    cases.compactMap { item in
      if case .planned(let change) = item.kind { ChangeGroup.Item(change, profile: item.profile) } else { nil }
    }
  }

  func plannedCount(_ action: Difference.Action) -> Int { planned.count { $0.change.kind == action } }

  /// True where more than one profile is involved, so that each is to be named.
  var hasProfiles: Bool { Set(cases.compactMap(\.profile)).count > 1 }

  /// How it ended, in a word or two.
  enum Verdict {
    case failed, planned, done

    var sign: String {
      switch self {
      case .failed: "✗"
      case .planned: "●"
      case .done: "✓"
      }
    }
  }

  var verdict: Verdict {
    if cases.contains(where: \.isFailure) || ![0, 10].contains(exit) { return .failed }
    return planned.isEmpty ? .done : .planned
  }

  /// Such as `3 of 12 not as requested`.
  var verdictText: String {
    let failed = cases.count(where: \.isFailure)
    switch verdict {
    case .failed where failed == 0: return exit == 75 ? "stopped part-way" : "ended with exit code \(exit)"
    case .failed: return "\(failed) of \(cases.count) not as requested"
    case .planned: return "\(planned.count.counting("change")) planned, nothing sent"
    case .done where command == "check": return "no errors"
    case .done where cases.isEmpty: return "nothing to do"
    case .done: return "done as requested"
    }
  }

  /// How many of each kind there are, those that need a look first. Zero counts are left out.
  var tally: [(count: Int, name: String, verdict: Verdict)] {
    let states = Outcome.State.allCases.filter { !$0.isFine } + Outcome.State.allCases.filter(\.isFine)
    let failing = failedChecks.count
    let holding = checks.count - failing
    var tally: [(Int, String, Verdict)] = [
      (problems.count, problems.count.noun("error"), .failed),
      (failing, failing.noun("expectation failed", "expectations failed"), .failed),
    ]
    tally += states.filter { !$0.isFine }.map { (count($0), $0.name(for: count($0)), .failed) }
    tally += Difference.Action.allCases.map { (plannedCount($0), "to \($0.rawValue)", .planned) }
    tally += states.filter(\.isFine).map { (count($0), $0.rawValue, .done) }
    tally.append((holding, holding.noun("expectation met", "expectations met"), .done))
    return tally.filter { $0.0 > 0 }
  }

  /// How long the run took, or a run of the plan would take, such as `2 reads, 890 writes, about 16 min at the rate limit`.
  var estimateText: String? {
    estimate.map { estimate in
      let time = estimate.seconds.map { ", about \(TextRenderer.duration($0)) at the rate limit" } ?? ""
      return "\(estimate.reads.counting("read")), \(estimate.writes.counting("write"))\(time)"
    }
  }
}

/// The forms of a report.
package enum ReportForm: String, CaseIterable, Sendable {
  case junit, json, html, markdown, github

  /// True for a form that may stand among the results on standard output.
  package var mayJoinResults: Bool { self == .github }

  /// The report's text, with its secrets hidden.
  package func text(of report: RunReport, _ redactor: Redactor) -> String {
    switch self {
    case .junit: JUnitReport(report, redactor).text
    case .json: JSONReport(report).text(redactor)
    case .html: HTMLReport(report, redactor).text
    case .markdown: MarkdownReport(report, redactor).text
    case .github: GitHubReport(report, redactor).text
    }
  }
}
