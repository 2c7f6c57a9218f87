import WhDomain
import WhSession
import WhSyntax

/// The report as JUnit XML, as CI systems read it: a test case for each webhook and for each `expect`.
struct JUnitReport {
  private let report: RunReport
  private let markup: Markup

  init(_ report: RunReport, _ redactor: Redactor) {
    self.report = report
    markup = Markup(redactor: redactor)
  }

  var text: String {
    let cases = report.cases.isEmpty ? [wholeRun] : report.cases.map(testCase)
    let errors = report.cases.count { if case .problem = $0 { true } else { false } }
    let skipped = report.cases.count { if case .planned = $0 { true } else { false } }
    let counts = """
      tests="\(cases.count)" failures="\(report.failureCount - errors)" errors="\(errors)" skipped="\(skipped)" \
      time="\(seconds)"
      """
    let title = markup.text(report.title)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="\(title)" \(counts)>
        <testsuite name="\(title)" \(counts) timestamp="\(report.startedAtText)">
          <properties>
      \(properties)
          </properties>
      \(cases.joined(separator: "\n"))
        </testsuite>
      </testsuites>

      """
  }

  private var seconds: String {
    let milliseconds = Int((max(0, report.seconds) * 1000).rounded())
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
    if !report.runs.isEmpty { values.append(("run", report.runs.map(String.init).joined(separator: ", "))) }
    return values.map { #"      <property name="\#($0.0)" value="\#(markup.text($0.1))"/>"# }.joined(separator: "\n")
  }

  /// A suite without a case looks to some readers as if nothing had run.
  private var wholeRun: String { element(class: "wh", name: report.title) }

  private func testCase(_ item: RunReport.Case) -> String {
    switch item {
    case .webhook(let outcome):
      element(
        class: outcome.change.app.title, name: Self.name(of: outcome.change), origin: outcome.change.origins.last,
        outcome.isFine ? nil : ("failure", outcome.state.rawValue, outcome.message ?? outcome.state.rawValue),
        details: outcome.change.origins.map(Self.place))
    case .planned(let change):
      element(
        class: change.app.title, name: Self.name(of: change), origin: change.origins.last,
        ("skipped", nil, "planned, not sent"))
    case .expectation(let check):
      element(
        class: check.origin.source, name: check.origin.statement, origin: check.origin,
        check.failure.map { ("failure", $0.code.rawValue, $0.message) }, details: check.failure?.notes ?? [])
    case .problem(let diagnostic):
      element(
        class: diagnostic.span.source.name, name: diagnostic.message, span: diagnostic.span,
        ("error", diagnostic.code.rawValue, diagnostic.message),
        details: [Self.place(diagnostic.span)] + [diagnostic.label].compactMap(\.self) + diagnostic.notes)
    }
  }

  private typealias Finding = (element: String, type: String?, message: String)

  private func element(
    class name: String, name title: String, origin: Origin? = nil, span: Span? = nil, _ finding: Finding? = nil,
    details: [String] = []
  ) -> String {
    var attributes = #"classname="\#(markup.text(name))" name="\#(markup.text(title))""#
    if let file = origin?.source ?? span?.source.name, let line = origin?.line ?? span?.position.line {
      attributes += #" file="\#(markup.text(file))" line="\#(line)""#
    }
    attributes += #" time="0""#
    guard let finding else { return "    <testcase \(attributes)/>" }
    let type = finding.type.map { #" type="\#(markup.text($0))""# } ?? ""
    let opening = #"<\#(finding.element)\#(type) message="\#(markup.text(finding.message))""#
    let body =
      finding.element == "skipped" ? "\(opening)/>" : "\(opening)>\(markup.lines(details))</\(finding.element)>"
    return "    <testcase \(attributes)>\n      \(body)\n    </testcase>"
  }

  private static func name(of change: Change) -> String {
    switch change.action {
    case .update: change.webhookID?.text ?? ""
    case .create(let url, _, _): "new webhook \(url)"
    case .delete: "\(change.webhookID?.text ?? "") deleted"
    }
  }

  private static func place(_ origin: Origin) -> String {
    "\(origin.source):\(origin.line):\(origin.column): \(origin.statement)"
  }

  private static func place(_ span: Span) -> String {
    let (line, column) = span.position
    return "\(span.source.name):\(line):\(column)"
  }
}
