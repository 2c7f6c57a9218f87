import WhDomain
import WhSession
import WhSyntax

/// The report as JUnit XML, as CI systems read it: a suite for each profile, with a test case for each webhook and for each
/// `expect`.
struct JUnitReport {
  private let report: RunReport
  private let markup: Markup

  init(_ report: RunReport, _ redactor: Redactor) {
    self.report = report
    markup = Markup(redactor: redactor)
  }

  var text: String {
    let suites = report.parts.map { Suite($0, scripts: report.scripts, isOne: report.sessions.count == 1, markup) }
    let counts = suites.map(\.counts).reduce(into: Counts()) { $0.add($1) }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="\(markup.text(report.title))" \(counts.text(report.seconds))>
      \(suites.map(\.text).joined(separator: "\n"))
      </testsuites>

      """
  }
}

/// How many test cases there are, and how they ended.
private struct Counts {
  var tests = 0
  var failures = 0
  var errors = 0
  var skipped = 0

  mutating func add(_ other: Counts) {
    tests += other.tests
    failures += other.failures
    errors += other.errors
    skipped += other.skipped
  }

  /// As attributes.
  func text(_ seconds: Double) -> String {
    """
    tests="\(tests)" failures="\(failures)" errors="\(errors)" skipped="\(skipped)" time="\(Suite.seconds(seconds))"
    """
  }
}

/// The test cases of one session.
private struct Suite {
  private let report: RunReport
  private let scripts: [RunReport.Script]
  private let name: String
  private let markup: Markup

  init(_ report: RunReport, scripts: [RunReport.Script], isOne: Bool, _ markup: Markup) {
    self.report = report
    self.scripts = scripts
    self.markup = markup
    name = report.title + (isOne ? "" : " (\(report.sessionName))")
  }

  var counts: Counts {
    Counts(
      tests: max(1, report.cases.count), failures: report.failureCount - report.problems.count,
      errors: report.problems.count + (isUnexplained ? 1 : 0),
      skipped: report.failsOnChanges ? 0 : report.planned.count)
  }

  var text: String {
    let cases = report.cases.isEmpty ? [wholeRun] : report.cases.map(testCase)
    return """
        <testsuite name="\(markup.text(name))" \(counts.text(report.seconds)) timestamp="\(report.startedAtText)">
          <properties>
      \(properties)
          </properties>
      \(cases.joined(separator: "\n"))
        </testsuite>
      """
  }

  static func seconds(_ seconds: Double) -> String {
    let milliseconds = Int((max(0, seconds) * 1000).rounded())
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  private var properties: String {
    var values = [
      ("tool", "wh \(report.version)"), ("requests", String(report.requests)), ("exit", String(report.exit)),
    ]
    values.append(("unchanged", String(report.unchanged)))
    if let profile = report.profile { values.append(("profile", profile)) }
    if let host = report.host { values.append(("host", host)) }
    if !report.runs.isEmpty {
      values.append(("run", report.runs.map(String.init).joined(separator: ", ")))
    }
    for script in scripts { values.append(("sha256 \(script.name)", script.sha256)) }
    return values.map { #"      <property name="\#(markup.text($0.0))" value="\#(markup.text($0.1))"/>"# }
      .joined(separator: "\n")
  }

  /// True where the run failed and no case says why.
  private var isUnexplained: Bool { report.cases.isEmpty && report.verdict == .failed }

  /// A suite without a case looks to some readers as if nothing had run.
  private var wholeRun: String {
    element(
      class: "wh", name: report.title, seconds: report.seconds,
      isUnexplained ? ("error", "exit-\(report.exit)", report.verdictText) : nil)
  }

  private func testCase(_ item: RunReport.Case) -> String {
    switch item.kind {
    case .webhook(let outcome):
      element(
        class: outcome.change.app.title, name: Self.name(of: outcome.change), seconds: item.seconds,
        origin: outcome.change.origins.last,
        outcome.isFine ? nil : ("failure", outcome.state.rawValue, outcome.message ?? outcome.state.rawValue),
        details: outcome.change.origins.map(Self.place) + Self.sides(of: ChangeGroup.Item(outcome)))
    case .planned(let change):
      element(
        class: change.app.title, name: Self.name(of: change), seconds: item.seconds, origin: change.origins.last,
        (report.failsOnChanges ? "failure" : "skipped", "planned", "planned: to \(change.kind.rawValue), not sent"),
        details: change.origins.map(Self.place) + Difference(change, isExact: true).lines.map(\.text))
    case .expectation(let check):
      element(
        class: check.origin.source, name: check.origin.statement, seconds: item.seconds, origin: check.origin,
        check.failure.map { ("failure", $0.code.rawValue, $0.message) }, details: check.failure?.notes ?? [])
    case .problem(let diagnostic):
      element(
        class: diagnostic.span.source.name, name: diagnostic.message, seconds: item.seconds, span: diagnostic.span,
        ("error", diagnostic.code.rawValue, diagnostic.message),
        details: [Self.place(diagnostic.span)] + [diagnostic.label].compactMap(\.self) + diagnostic.notes)
    }
  }

  private typealias Finding = (element: String, type: String, message: String)

  private func element(
    class name: String, name title: String, seconds: Double, origin: Origin? = nil, span: Span? = nil,
    _ finding: Finding? = nil, details: [String] = []
  ) -> String {
    var attributes = #"classname="\#(markup.text(name))" name="\#(markup.text(title))""#
    if let file = origin?.source ?? span?.source.name, let line = origin?.line ?? span?.position.line {
      attributes += #" file="\#(markup.text(file))" line="\#(line)""#
    }
    attributes += #" time="\#(Self.seconds(seconds))""#
    guard let finding else { return "    <testcase \(attributes)/>" }
    let type = finding.element == "skipped" ? "" : #" type="\#(markup.text(finding.type))""#
    let opening = #"<\#(finding.element)\#(type) message="\#(markup.text(finding.message))""#
    let body =
      finding.element == "skipped" ? "\(opening)/>" : "\(opening)>\(markup.lines(details))</\(finding.element)>"
    return "    <testcase \(attributes)>\n      \(body)\n    </testcase>"
  }

  /// Such as `update my-app/whk_1 https://example.com/webhook`.
  private static func name(of change: Change) -> String {
    let webhook = change.webhookID.map { "/\($0.text)" } ?? ""
    return "\(change.kind.rawValue) \(change.app.title)\(webhook) \(change.url ?? "")".trimmingTrailingBlank
  }

  /// What others made of a webhook, and what was asked for.
  private static func sides(of item: ChangeGroup.Item) -> [String] {
    guard let theirs = item.theirs(isExact: true) else { return [] }
    return ["theirs:"] + theirs.lines.map(\.text) + ["yours:"]
      + Difference(item.change, isExact: true).lines.map(\.text)
  }

  private static func place(_ origin: Origin) -> String {
    "\(origin.source):\(origin.line):\(origin.column): \(origin.statement)"
  }

  private static func place(_ span: Span) -> String {
    let (line, column) = span.position
    return "\(span.source.name):\(line):\(column)"
  }
}

extension String {
  fileprivate var trimmingTrailingBlank: String { hasSuffix(" ") ? String(dropLast()) : self }
}
