import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// What a whole run did, for machines and people.
package struct RunReport: Sendable {
  /// One result, good or bad.
  package enum Case: Sendable {
    /// A webhook that a commit was to change.
    case webhook(Outcome)
    /// A change that `wh plan` found.
    case planned(Change)
    case expectation(Check)
    /// Something else that is wrong: a script's error, or a statement that failed.
    case problem(Diagnostic)
  }

  /// An `expect` that ran.
  package struct Check: Sendable {
    package let origin: Origin
    /// What was found; nil where nothing was said.
    package let message: String?
    /// Nil where it holds.
    package let failure: Diagnostic?
  }

  /// The command that ran, such as `run` or `plan`.
  package var command: String
  package var scripts: [String]
  package var profile: String?
  package var host: String?
  /// The tool's version.
  package var version: String
  /// Seconds since 1970-01-01T00:00:00Z.
  package var startedAt: Double
  package var seconds: Double
  package var requests: Int
  package var exit: Int
  package var cases: [Case]
  /// The runs in the journal.
  package var runs: [Int]
  /// Webhooks whose edits came to nothing, and that got no request.
  package var unchanged: Int

  package init(
    command: String, scripts: [String], profile: String?, host: String?, version: String, startedAt: Double,
    seconds: Double, requests: Int, exit: Int, collected: ReportSink.Collected
  ) {
    self.command = command
    self.scripts = scripts
    self.profile = profile
    self.host = host
    self.version = version
    self.startedAt = startedAt
    self.seconds = seconds
    self.requests = requests
    self.exit = exit
    cases = collected.cases
    runs = collected.runs
    unchanged = collected.unchanged
  }

  /// The command with its scripts, as a title.
  var title: String { (["wh", command] + scripts).joined(separator: " ") }

  var startedAtText: String { Moment(secondsSince1970: startedAt).description }

  /// How many webhooks ended so.
  func count(_ state: Outcome.State) -> Int {
    (state == .unchanged ? unchanged : 0)
      + cases.count { if case .webhook(let outcome) = $0 { outcome.state == state } else { false } }
  }

  var failureCount: Int { cases.count(where: \.isFailure) }
}

extension RunReport.Case {
  /// True for what is not as requested.
  var isFailure: Bool {
    switch self {
    case .webhook(let outcome): !outcome.isFine
    case .planned: false
    case .expectation(let check): check.failure != nil
    case .problem: true
    }
  }
}

/// The forms of a report.
package enum ReportForm: String, CaseIterable, Sendable {
  case junit, json, html

  /// The report's text, with its secrets hidden.
  package func text(of report: RunReport, _ redactor: Redactor) -> String {
    switch self {
    case .junit: JUnitReport(report, redactor).text
    case .json: JSONReport(report).text(redactor)
    case .html: HTMLReport(report, redactor).text
    }
  }
}
