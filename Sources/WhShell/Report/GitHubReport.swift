import WhDomain
import WhSession
import WhSyntax

/// The report as GitHub's workflow commands, which a step prints to mark lines of a script in a pull request.
struct GitHubReport {
  private enum Level: String {
    case error, warning, notice
  }

  private let report: RunReport
  private let redactor: Redactor
  /// What stands before what is said of one of several sessions.
  private let label: String

  init(_ report: RunReport, _ redactor: Redactor) { self.init(report, redactor, label: "") }

  private init(_ report: RunReport, _ redactor: Redactor, label: String) {
    self.report = report
    self.redactor = redactor
    self.label = label
  }

  /// GitHub shows few commands of a step, so each group of equal webhooks is one, and those that need a look come first.
  var text: String {
    let parts = report.parts.map { part in
      GitHubReport(part, redactor, label: report.sessions.count == 1 ? "" : "profile \(part.sessionName): ")
    }
    return (parts.flatMap(\.lines) + [command(.notice, nil, title: report.title, [summary])]).map { $0 + "\n" }.joined()
  }

  private var lines: [String] {
    var lines = report.problems.map { line(.error, $0) }
    for check in report.failedChecks {
      lines.append(
        line(
          .error, check.origin, title: check.failure?.code.rawValue ?? "expectation-failed",
          [check.failure?.message ?? ""] + Self.some(check.failure?.notes ?? [])))
    }
    for group in ChangeGroup.groups(of: report.outcomes.filter { $0.outcome?.isFine == false }) {
      lines.append(line(.error, group, title: group.key.state?.rawValue ?? ""))
    }
    lines += report.warnings.map { line(.warning, $0) }
    for group in ChangeGroup.groups(of: report.planned) {
      lines.append(
        line(report.failsOnChanges ? .warning : .notice, group, title: "to \(group.key.difference.action.rawValue)"))
    }
    return lines
  }

  private var summary: String {
    let tally = report.tally.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
    return report.verdictText + (tally.isEmpty ? "" : ": " + tally)
  }

  /// The first lines of a list, and how many there are besides.
  private static func some(_ lines: [String]) -> [String] {
    lines.count <= 10 ? lines : lines.prefix(10) + ["and \(lines.count - 10) more"]
  }

  private func line(_ level: Level, _ diagnostic: Diagnostic) -> String {
    let (line, column) = diagnostic.span.position
    let hasText = !diagnostic.span.source.bytes.isEmpty
    return command(
      level, (diagnostic.span.source.name, hasText ? line : nil, hasText ? column : nil),
      title: diagnostic.code.rawValue,
      [diagnostic.message] + [diagnostic.label].compactMap(\.self) + Self.some(diagnostic.notes))
  }

  private func line(_ level: Level, _ origin: Origin, title: String, _ lines: [String]) -> String {
    command(level, (origin.source, origin.line, origin.column), title: title, lines)
  }

  private func line(_ level: Level, _ group: ChangeGroup, title: String) -> String {
    let webhooks = group.items.count.counting("webhook")
    let profile = report.hasProfiles ? group.key.profile.map { ", profile \($0)" } ?? "" : ""
    let head = "\(webhooks) in \(group.appCount.counting("app"))\(profile)" + (group.message.map { ": " + $0 } ?? "")
    let sides = group.theirs.map { ["theirs:"] + $0.lines.map(\.text) + ["yours:"] } ?? []
    let names = group.items.map {
      "\($0.change.app.title)/\($0.change.webhookID?.text ?? "new") \($0.change.url ?? "")"
    }
    let lines = [head] + sides + group.difference.lines.map(\.text) + Self.some(names)
    guard let origin = group.key.origins.last else { return command(level, nil, title: title, lines) }
    return line(level, origin, title: title, lines)
  }

  /// Statements of the command line, of standard input and of the prompt are in no file.
  private static let noFiles: Set<String> = ["-c", "-", "prompt", "wh", ""]

  private func command(
    _ level: Level, _ place: (file: String, line: Int?, column: Int?)?, title: String, _ lines: [String]
  ) -> String {
    var properties: [String] = []
    if let place, !Self.noFiles.contains(place.file) {
      properties.append("file=\(property(place.file))")
      if let line = place.line { properties.append("line=\(line)") }
      if let column = place.column { properties.append("col=\(column)") }
    }
    properties.append("title=\(property(title))")
    return
      "::\(level.rawValue) \(properties.joined(separator: ","))::\(data(label))\(lines.map(data).joined(separator: "%0A"))"
  }

  // MARK: Escaping

  private func data(_ raw: String) -> String {
    redactor.redact(Printable.escaped(raw)).replacing("%", with: "%25").replacing("\r", with: "%0D")
      .replacing("\n", with: "%0A")
  }

  private func property(_ raw: String) -> String { data(raw).replacing(":", with: "%3A").replacing(",", with: "%2C") }
}
