import WhDomain
import WhSession
import WhSyntax

/// The report as one page that needs nothing else: no script, no font, no picture from elsewhere.
struct HTMLReport {
  private let report: RunReport
  private let markup: Markup

  init(_ report: RunReport, _ redactor: Redactor) {
    self.report = report
    markup = Markup(redactor: redactor)
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
    <title>\(markup.text(report.title))</title>
    <style>
    \(HTMLStyle.text)
    </style>
    </head>
    <body>
    <header>
    <h1><span class="mark \(isFine ? "good" : "bad")">\(verdict)</span> \(markup.text(report.title))</h1>
    <dl>
    \(facts)
    </dl>
    <p class="tiles">\(tiles)</p>
    </header>
    <main>
    \(sections)
    </main>
    </body>
    </html>

    """
  }

  private var isFine: Bool { report.failureCount == 0 && [0, 10].contains(report.exit) }

  private var verdict: String { isFine ? "✓ all done" : "✗ \(report.failureCount) not as requested" }

  private var facts: String {
    var facts = [
      ("started", report.startedAtText), ("took", TextRenderer.duration(report.seconds)),
      ("requests", String(report.requests)), ("exit code", String(report.exit)),
    ]
    if let profile = report.profile { facts.insert(("profile", profile), at: 0) }
    if let host = report.host { facts.insert(("server", host), at: 1) }
    if !report.runs.isEmpty { facts.append(("run", report.runs.map(String.init).joined(separator: ", "))) }
    facts.append(("tool", "wh \(report.version)"))
    return facts.map { "<div><dt>\($0.0)</dt><dd>\(markup.text($0.1))</dd></div>" }.joined(separator: "\n")
  }

  private var tiles: String {
    var tiles = Outcome.State.allCases.map { ($0.rawValue, report.count($0), $0.isFine) }
    let checks = report.cases.filter { if case .expectation = $0 { true } else { false } }
    let failing = checks.count(where: \.isFailure)
    let holding = checks.count - failing
    tiles.append((holding.noun("expectation met", "expectations met"), holding, true))
    tiles.append((failing.noun("expectation failed", "expectations failed"), failing, false))
    let problems = report.cases.count { if case .problem = $0 { true } else { false } }
    tiles.append((problems.noun("error"), problems, false))
    tiles.append(("planned", report.cases.count { if case .planned = $0 { true } else { false } }, true))
    return tiles.filter { $0.1 > 0 }
      .map { #"<span class="tile \#($0.2 ? "good" : "bad")"><b>\#($0.1)</b> \#($0.0)</span>"# }.joined(separator: "\n")
  }

  // MARK: Sections

  /// What needs a look first, and open; long lists of what is fine are folded.
  private var sections: String {
    var texts: [String] = []
    let problems = report.cases.compactMap { if case .problem(let diagnostic) = $0 { diagnostic } else { nil } }
    if !problems.isEmpty {
      texts.append(section("errors", problems.count, isOpen: true, problems.map(item).joined(separator: "\n")))
    }
    let checks = report.cases.compactMap { if case .expectation(let check) = $0 { check } else { nil } }
    if !checks.isEmpty {
      texts.append(section("expectations", checks.count, isOpen: true, checks.map(item).joined(separator: "\n")))
    }
    let outcomes = report.cases.compactMap { if case .webhook(let outcome) = $0 { outcome } else { nil } }
    for state in Outcome.State.allCases.filter({ !$0.isFine }) + Outcome.State.allCases.filter(\.isFine) {
      let rows = outcomes.filter { $0.state == state }
      guard !rows.isEmpty else { continue }
      let isOpen = !state.isFine || rows.count <= Self.mostOpen
      texts.append(section(state.rawValue, rows.count, isOpen: isOpen, table(rows.map { ($0.change, $0.message) })))
    }
    let planned = report.cases.compactMap { if case .planned(let change) = $0 { change } else { nil } }
    if !planned.isEmpty {
      texts.append(
        section("planned", planned.count, isOpen: planned.count <= Self.mostOpen, table(planned.map { ($0, nil) })))
    }
    return texts.isEmpty ? "<p>Nothing to do.</p>" : texts.joined(separator: "\n")
  }

  /// Lists of more webhooks than this are folded where all is fine.
  private static let mostOpen = 50

  private func section(_ title: String, _ count: Int, isOpen: Bool, _ body: String) -> String {
    """
    <details class="block"\(isOpen ? " open" : "")>
    <summary><h2>\(title)</h2> <span class="count">\(count)</span></summary>
    \(body)
    </details>
    """
  }

  private func item(_ diagnostic: Diagnostic) -> String {
    let (line, column) = diagnostic.span.position
    let lines = [diagnostic.label].compactMap(\.self) + diagnostic.notes
    return """
      <article class="bad"><p><span class="mark bad">✗ \(diagnostic.code.rawValue)</span> \
      \(markup.text(diagnostic.message))</p>
      <p class="place">\(markup.text("\(diagnostic.span.source.name):\(line):\(column)"))</p>
      \(lines.isEmpty ? "" : "<pre>\(markup.lines(lines))</pre>")</article>
      """
  }

  private func item(_ check: RunReport.Check) -> String {
    let isFailed = check.failure != nil
    let message = check.failure?.message ?? check.message ?? "holds"
    let notes = check.failure?.notes ?? []
    return """
      <article class="\(isFailed ? "bad" : "good")"><p>\
      <span class="mark \(isFailed ? "bad" : "good")">\(isFailed ? "✗ failed" : "✓ met")</span> \
      <code>\(markup.text(check.origin.statement))</code></p>
      <p class="place">\(markup.text("\(check.origin.source):\(check.origin.line)")): \(markup.text(message))</p>
      \(notes.isEmpty ? "" : "<pre>\(markup.lines(notes))</pre>")</article>
      """
  }

  private func table(_ rows: [(change: Change, message: String?)]) -> String {
    let hasMessages = rows.contains { $0.message != nil }
    let head = "<tr><th>app</th><th>webhook</th><th>change</th>\(hasMessages ? "<th>message</th>" : "")</tr>"
    let body = rows.map { row in
      let message = hasMessages ? "<td>\(markup.text(row.message ?? ""))</td>" : ""
      return """
        <tr><td>\(markup.text(row.change.app.title))</td><td class="id">\(markup.text(row.change.webhookID?.text ?? "new"))\
        </td><td>\(diff(row.change))</td>\(message)</tr>
        """
    }.joined(separator: "\n")
    return "<div class=\"scroll\"><table>\n<thead>\(head)</thead>\n<tbody>\n\(body)\n</tbody>\n</table></div>"
  }

  private func diff(_ change: Change) -> String {
    let lines = DiffText(style: Style(isColoured: false)).text(of: change).split(separator: "\n").dropFirst()
    let marked = lines.map { line in
      let text = line.drop { $0 == " " }
      let kind = text.hasPrefix("+") ? "plus" : text.hasPrefix("-") ? "minus" : "same"
      return "<span class=\"\(kind)\">\(markup.text(String(text)))</span>"
    }
    return "<pre class=\"diff\">\(marked.joined(separator: "\n"))</pre>"
  }
}
