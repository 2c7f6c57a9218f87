import WhDomain
import WhSession
import WhSyntax

/// The report as one page that needs nothing else: no script, no font, no picture from elsewhere.
struct HTMLReport {
  private let report: RunReport
  private let redactor: Redactor
  private let markup: Markup
  private let namesProfile: Bool

  init(_ report: RunReport, _ redactor: Redactor) {
    self.report = report
    self.redactor = redactor
    markup = Markup(redactor: redactor)
    namesProfile = report.hasProfiles
  }

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(report.verdict.sign) \(markup.text(report.title))</title>
    <style>
    \(HTMLStyle.text)
    </style>
    </head>
    <body>
    <header>
    <p class="command">\(markup.text(report.title))</p>
    <h1 class="\(Self.tone(report.verdict))"><span class="sign">\(report.verdict.sign)</span> \
    \(markup.text(report.verdictText))</h1>
    <ul class="tally">
    \(tally)
    </ul>
    <dl>
    \(facts)
    </dl>
    \(scripts)
    </header>
    <main>
    \(report.sessions.count == 1 ? sections : sessions)
    </main>
    </body>
    </html>

    """
  }

  private static func tone(_ verdict: RunReport.Verdict) -> String {
    switch verdict {
    case .failed: "bad"
    case .planned: "due"
    case .done: "good"
    }
  }

  private var tally: String {
    report.tally.map { item in
      #"<li class="\#(Self.tone(item.verdict))"><b>\#(item.count)</b> \#(markup.text(item.name))</li>"#
    }.joined(separator: "\n")
  }

  private var facts: String {
    list([
      ("profile", report.profile), ("server", report.host), ("started", report.startedAtText),
      ("took", "\(TextRenderer.duration(report.seconds)), \(report.requests.counting("request"))"),
      ("a run would take", report.estimateText), ("exit code", "\(report.exit)\(Self.meaning(of: report.exit))"),
      ("run in the journal", runs), ("tool", "wh \(report.version)"),
    ])
  }

  private var runs: String? {
    if report.runs.isEmpty { return nil }
    let commands = report.runs.map { "wh runs \($0)" }.joined(separator: ", ")
    return "\(report.runs.map(String.init).joined(separator: ", ")) (\(commands))"
  }

  private func list(_ facts: [(name: String, value: String?)]) -> String {
    facts.compactMap { name, value in
      value.map { "<div><dt>\(name)</dt><dd>\(markup.text($0))</dd></div>" }
    }.joined(separator: "\n")
  }

  private static func meaning(of exit: Int) -> String {
    switch exit {
    case 0: ": no failure"
    case 1: ": something failed"
    case 10: ": there are changes"
    case 65: ": the script has errors, nothing was sent"
    case 66: ": a file can't be read or written"
    case 69: ": the API can't be reached"
    case 73: ": the journal is locked or unusable, nothing was sent"
    case 75: ": stopped part-way, `wh resume` finishes it"
    case 77: ": no key, or it was refused"
    default: ""
    }
  }

  private var scripts: String {
    if report.scripts.isEmpty { return "" }
    let rows = report.scripts.map { script in
      "<li>\(markup.text(script.name)) <code>sha-256 \(markup.text(script.sha256))</code></li>"
    }
    return "<ul class=\"scripts\">\n\(rows.joined(separator: "\n"))\n</ul>"
  }

  // MARK: Sessions

  private var sessions: String {
    report.parts.map { HTMLReport($0, redactor).session }.joined(separator: "\n")
  }

  /// The part of the page for one of several sessions.
  private var session: String {
    let facts = list([
      ("server", report.host), ("requests", String(report.requests)), ("a run would take", report.estimateText),
      ("exit code", "\(report.exit)\(Self.meaning(of: report.exit))"), ("run in the journal", runs),
    ])
    return """
      <div class="session">
      <h2 class="\(Self.tone(report.verdict))"><span class="sign">\(report.verdict.sign)</span> \
      profile \(markup.text(report.sessionName)): \(markup.text(report.verdictText))</h2>
      <dl>
      \(facts)
      </dl>
      \(sections)
      </div>
      """
  }

  // MARK: Sections

  /// What needs a look first; what is as requested comes last.
  private var sections: String {
    var texts: [String] = []
    texts.append(section("errors", "bad", report.problems.map { item($0, "bad") }))
    let (failed, met) = (report.failedChecks, report.checks.filter { $0.failure == nil })
    texts.append(section("expectations that failed", "bad", failed.map(item)))
    let states = Dictionary(grouping: report.outcomes) { $0.outcome?.state ?? .notAttempted }
    for state in Outcome.State.allCases where !state.isFine {
      texts.append(section(state.rawValue, "bad", states[state] ?? []))
    }
    texts.append(section("warnings", "due", report.warnings.map { item($0, "due") }))
    let planned = Dictionary(grouping: report.planned, by: \.change.kind)
    // What can't be undone by another edit comes first.
    for action in [Difference.Action.delete, .create, .update] {
      texts.append(section("to \(action.rawValue)", "due", planned[action] ?? []))
    }
    for state in Outcome.State.allCases where state.isFine {
      texts.append(section(state.rawValue, "good", states[state] ?? []))
    }
    texts.append(section("expectations met", "good", met.map(item)))
    let text = texts.filter { !$0.isEmpty }.joined(separator: "\n")
    return text.isEmpty ? "<p class=\"nothing\">Nothing was to be changed.</p>" : text
  }

  private func section(_ title: String, _ tone: String, _ items: [String]) -> String {
    items.isEmpty ? "" : section(title, tone, items.count, items.joined(separator: "\n"))
  }

  private func section(_ title: String, _ tone: String, _ items: [ChangeGroup.Item]) -> String {
    if items.isEmpty { return "" }
    let groups = ChangeGroup.groups(of: items)
    return section(title, tone, items.count, groups.map { self.group($0, tone) }.joined(separator: "\n"))
  }

  private func section(_ title: String, _ tone: String, _ count: Int, _ body: String) -> String {
    """
    <section class="\(tone)">
    <h2>\(title) <span class="count">\(count)</span></h2>
    \(body)
    </section>
    """
  }

  private func item(_ diagnostic: Diagnostic, _ tone: String) -> String {
    let place = diagnostic.span.source.bytes.isEmpty ? "" : Self.place(diagnostic.span)
    let lines = [diagnostic.label].compactMap(\.self) + diagnostic.notes
    return """
      <article class="\(tone)"><h3>\(markup.text(diagnostic.message))</h3>
      <p class="cause"><span class="place">\(markup.text(place))</span> \(diagnostic.code.rawValue)</p>
      \(notes(lines))</article>
      """
  }

  private func item(_ check: RunReport.Check) -> String {
    let tone = check.failure == nil ? "good" : "bad"
    let message = check.failure?.message ?? check.message ?? "as expected"
    return """
      <article class="\(tone)"><h3>\(markup.text(message))</h3>
      \(cause(check.origin))
      \(notes(check.failure?.notes ?? []))</article>
      """
  }

  /// Longer lists are folded; nothing is left out.
  private static let mostOpen = 5

  private func notes(_ lines: [String]) -> String {
    if lines.isEmpty { return "" }
    let list =
      "<ul class=\"notes\">\n" + lines.map { "<li>\(markup.text($0))</li>" }.joined(separator: "\n") + "\n</ul>"
    return lines.count <= Self.mostOpen ? list : fold("all \(lines.count) webhooks", list)
  }

  private func fold(_ title: String, _ body: String) -> String {
    "<details><summary>\(title)</summary>\n\(body)\n</details>"
  }

  // MARK: Changes

  private func group(_ group: ChangeGroup, _ tone: String) -> String {
    let count = group.items.count
    let profile = namesProfile ? group.key.profile.map { " with profile \($0)" } ?? "" : ""
    let title = "\(count.counting("webhook")) in \(group.appCount.counting("app"))\(profile)"
    let message = group.message.map { "<p class=\"message\">\(markup.text($0))</p>" } ?? ""
    return """
      <article class="\(tone)"><h3>\(markup.text(title))</h3>
      \(message)
      \(group.key.origins.map(cause).joined(separator: "\n"))
      \(body(of: group))
      \(list(of: group))</article>
      """
  }

  private func body(of group: ChangeGroup) -> String {
    guard let theirs = group.theirs else { return diff(group.difference) }
    let isConflict = group.key.state == .conflict
    let yours = group.difference
    return """
      <div class="sides">
      <div><h4>\(isConflict ? "theirs: what others made of it" : "what the service stored")</h4>\(diff(theirs))</div>
      <div><h4>\(isConflict ? "yours: what was not sent" : "what was requested")</h4>\(diff(yours))</div>
      </div>
      """
  }

  private func diff(_ difference: Difference) -> String {
    if difference.lines.isEmpty { return "<p class=\"message\">no difference in the fields</p>" }
    let lines = difference.lines.map { line in
      """
      <tr class="\(line.isAdded ? "plus" : "minus")"><td>\(line.isAdded ? "+" : "−")</td>\
      <td>\(line.field)</td><td>\(markup.text(line.value))</td></tr>
      """
    }
    return "<table class=\"diff\">\n\(lines.joined(separator: "\n"))\n</table>"
  }

  private func list(of group: ChangeGroup) -> String {
    let messages = group.message == nil
    let rows = group.items.map { item in
      let change = item.change
      let id = change.webhookID?.text ?? "new"
      let message =
        messages ? item.outcome?.message.map { "<span class=\"message\">\(markup.text($0))</span>" } ?? "" : ""
      let after = change.after?.url
      let url = change.url ?? ""
      let move = after != nil && after != url ? " <span class=\"to\">→ \(markup.text(after ?? ""))</span>" : ""
      return """
        <li><b>\(markup.text(change.app.title))</b> <code>\(markup.text(id))</code> \
        <span class="url">\(markup.text(url))\(move)</span>\(message)</li>
        """
    }
    let list = "<ul class=\"webhooks\">\n\(rows.joined(separator: "\n"))\n</ul>"
    return rows.count <= Self.mostOpen ? list : fold("all \(rows.count) webhooks", list)
  }

  private func cause(_ origin: Origin) -> String {
    let place = "\(origin.source):\(origin.line):\(origin.column)"
    return """
      <p class="cause"><span class="place">\(markup.text(place))</span> <code>\(markup.text(origin.statement))</code></p>
      """
  }

  private static func place(_ span: Span) -> String {
    let (line, column) = span.position
    return "\(span.source.name):\(line):\(column)"
  }
}
