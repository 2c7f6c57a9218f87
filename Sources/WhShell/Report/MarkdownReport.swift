import WhDomain
import WhSession
import WhSyntax

/// The report as GitHub-flavoured Markdown, for the description or a comment of a pull request. It is at most as long as these
/// may be, and says what was cut.
struct MarkdownReport {
  /// A comment on GitHub holds 65,536 characters.
  static let mostCharacters = 65_000

  private let report: RunReport
  private let redactor: Redactor

  init(_ report: RunReport, _ redactor: Redactor) {
    self.report = report
    self.redactor = redactor
  }

  var text: String {
    var page = Page(left: Self.mostCharacters)
    page.add(head)
    if report.sessions.count == 1 {
      add(to: &page)
    } else {
      for part in report.parts {
        let section = MarkdownReport(part, redactor)
        page.add(section.sessionHead)
        section.add(to: &page)
      }
    }
    return page.end()
  }

  private func add(to page: inout Page) {
    let (failures, others) = (failureGroups, otherGroups)
    page.add(list(of: "Errors", report.problems.map(line)))
    page.add(list(of: "Expectations that failed", report.failedChecks.map(line)))
    page.add(table(of: "Not as requested", failures))
    page.add(table(of: report.planned.isEmpty ? "Done" : "Planned", others))
    for check in report.failedChecks {
      guard let notes = check.failure?.notes, !notes.isEmpty else { continue }
      page.add(fold("\(text(check.origin.statement)): \(notes.count.counting("webhook"))", code(notes)))
    }
    for group in failures + others { page.add(details(of: group)) }
    page.add(list(of: "Warnings", report.warnings.map(line)))
  }

  /// What fits of the parts, in their order.
  private struct Page {
    var text = ""
    var left: Int
    var cut: [String] = []

    init(left: Int) { self.left = left - 400 }

    /// Takes a part as a whole, or nothing of it.
    mutating func add(_ part: Part?) {
      guard let part else { return }
      guard part.text.unicodeScalars.count <= left else { return cut.append(part.title) }
      text += part.text
      left -= part.text.unicodeScalars.count
    }

    func end() -> String {
      if cut.isEmpty { return text }
      let more = cut.count > 3 ? " and \(cut.count - 3) more" : ""
      let titles = cut.prefix(3).map { $0.cut(to: 80) }.joined(separator: "; ")
      return text + "\n> Cut, because a comment holds no more: \(titles)\(more). The HTML report has all of it.\n"
    }
  }

  /// A part of the page that is shown as a whole.
  private struct Part {
    /// What is said of it where it is cut.
    let title: String
    let text: String
  }

  // MARK: Head

  private var head: Part {
    var facts: [String] = []
    if let profile = report.profile { facts.append("profile \(code(profile))") }
    facts += sessionFacts(" in \(TextRenderer.duration(report.seconds))")
    facts.append(text(report.startedAtText))
    facts.append("wh \(text(report.version))")
    var lines = ["### \(report.verdict.sign) \(code(report.title)): \(text(report.verdictText))", ""]
    let tally = report.tally.map { "**\($0.count)** \(text($0.name))" }.joined(separator: ", ")
    if !tally.isEmpty { lines += [tally, ""] }
    lines.append(facts.joined(separator: " · "))
    if let estimate = report.estimateText { lines += ["", "A run would take \(text(estimate))."] }
    for script in report.scripts.prefix(20) {
      lines += ["", "\(code(script.name)) sha-256 \(code(script.sha256))"]
    }
    if report.scripts.count > 20 { lines += ["", "and \((report.scripts.count - 20).counting("more script"))"] }
    return Part(title: "the summary", text: lines.joined(separator: "\n") + "\n")
  }

  /// Above the parts of one of several sessions.
  private var sessionHead: Part {
    let title = "\(report.verdict.sign) profile \(code(report.sessionName)): \(text(report.verdictText))"
    return Part(
      title: "profile \(report.sessionName)", text: "\n### \(title)\n\n\(sessionFacts("").joined(separator: " · "))\n")
  }

  private func sessionFacts(_ duration: String) -> [String] {
    var facts: [String] = []
    if let host = report.host { facts.append(code(host)) }
    facts.append("\(report.requests.counting("request"))\(duration)")
    facts.append("exit code \(report.exit)")
    if !report.runs.isEmpty {
      facts.append("run \(report.runs.map(String.init).joined(separator: ", "))")
    }
    return facts
  }

  // MARK: Lists

  private func list(of title: String, _ lines: [String]) -> Part? {
    if lines.isEmpty { return nil }
    return Part(
      title: "\(title.lowercased()) (\(lines.count))",
      text: "\n#### \(title)\n\n" + lines.map { "- \($0)\n" }.joined())
  }

  private func line(_ diagnostic: Diagnostic) -> String {
    let (line, column) = diagnostic.span.position
    let place =
      diagnostic.span.source.bytes.isEmpty ? "" : "\(code("\(diagnostic.span.source.name):\(line):\(column)")) "
    let label = diagnostic.label.map { " (\(text($0)))" } ?? ""
    return "\(place)\(text(diagnostic.message))\(label)"
  }

  private func line(_ check: RunReport.Check) -> String {
    "\(place(check.origin)) \(code(check.origin.statement)): \(text(check.failure?.message ?? ""))"
  }

  private func place(_ origin: Origin) -> String { code("\(origin.source):\(origin.line):\(origin.column)") }

  // MARK: Changes

  private var failureGroups: [ChangeGroup] {
    ChangeGroup.groups(of: report.outcomes.filter { $0.outcome?.isFine == false })
  }

  private var otherGroups: [ChangeGroup] {
    // Deletions first: no other edit puts a webhook back.
    let planned = [Difference.Action.delete, .create, .update].flatMap { action in
      report.planned.filter { $0.change.kind == action }
    }
    return ChangeGroup.groups(of: planned + report.outcomes.filter { $0.outcome?.isFine == true })
  }

  private func table(of title: String, _ groups: [ChangeGroup]) -> Part? {
    if groups.isEmpty { return nil }
    let rows = groups.prefix(Self.mostRows).map { group in
      let origin = group.key.origins.map { "\(place($0)) \(code($0.statement))" }.joined(separator: "<br>")
      let difference = group.difference.lines.prefix(6).map { code($0.text) }.joined(separator: "<br>")
      let more = group.difference.lines.count > 6 ? "<br>and \(group.difference.lines.count - 6) more lines" : ""
      let message = group.message.map { "<br>" + text($0) } ?? ""
      return "| \(name(of: group)) | \(group.items.count) | \(difference)\(more)\(message) | \(origin) |\n"
    }
    let more =
      groups.count > Self.mostRows ? "\nand \((groups.count - Self.mostRows).counting("more group")) below\n" : ""
    return Part(
      title: "\(title.lowercased()) (\(groups.count.counting("group")))",
      text: "\n#### \(title)\n\n| | webhooks | change | because of |\n|---|--:|---|---|\n" + rows.joined() + more)
  }

  private static let mostRows = 50

  private func name(of group: ChangeGroup) -> String {
    let profile = report.hasProfiles ? group.key.profile.map { ", \(text($0))" } ?? "" : ""
    return (group.key.state?.rawValue ?? "to \(group.key.difference.action.rawValue)") + profile
  }

  private func details(of group: ChangeGroup) -> Part {
    var lines: [String] = []
    if let theirs = group.theirs {
      lines += [group.key.state == .conflict ? "theirs:" : "stored:"] + theirs.lines.map(\.text)
      lines += [group.key.state == .conflict ? "yours:" : "requested:"] + group.difference.lines.map(\.text) + [""]
    }
    lines += group.items.map { item in
      let change = item.change
      let message = group.message == nil ? item.outcome?.message.map { ": \($0)" } ?? "" : ""
      return "\(change.app.title)/\(change.webhookID?.text ?? "new") \(change.url ?? "")\(message)"
    }
    return fold("\(name(of: group)): \(group.items.count.counting("webhook"))", code(lines))
  }

  private func fold(_ title: String, _ body: String) -> Part {
    Part(title: title, text: "\n<details><summary>\(title)</summary>\n\n\(body)\n</details>\n")
  }

  // MARK: Escaping

  private func plain(_ raw: String) -> String { redactor.redact(Printable.escaped(raw)) }

  /// Text in which nothing is markup, a mention or a link to an issue.
  private func text(_ raw: String) -> String { escaped(raw) { "\\\($0)" } }

  /// A code span, as HTML since that holds any text, in a table too.
  private func code(_ raw: String) -> String {
    "<code>" + escaped(raw) { "&#\($0.value);" } + "</code>"
  }

  /// - Parameter mark: how a character that Markdown gives a meaning is written where it has none.
  private func escaped(_ raw: String, _ mark: (Unicode.Scalar) -> String) -> String {
    var result = ""
    for scalar in plain(raw).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "@", "#": result += "&#\(scalar.value);"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "$": result += mark(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A block of lines, between more backquotes than any of them holds.
  private func code(_ lines: [String]) -> String {
    let text = lines.map(plain).joined(separator: "\n")
    var (longest, current) = (0, 0)
    for byte in text.utf8 {
      current = byte == UInt8(ascii: "`") ? current + 1 : 0
      longest = max(longest, current)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\n\(text)\n\(fence)\n"
  }
}
