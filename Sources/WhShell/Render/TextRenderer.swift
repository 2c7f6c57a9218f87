import WhDomain
import WhJournal
import WhMigrations
import WhSession
import WhSyntax

/// The form for people.
package struct TextRenderer: Renderer {
  let style: Style
  private let columns: @Sendable () -> Int?
  /// As wide as the terminal is by now.
  var width: Int? { columns() }
  let verbosity: Verbosity
  /// At a prompt confirmations are results; in batch they are notes.
  let isInteractive: Bool
  private let diagnostics: DiagnosticRenderer
  private let redactor: Redactor

  package init(_ console: Console, verbosity: Verbosity, isInteractive: Bool) {
    style = Style(isColoured: console.terminal.hasColourOutput)
    columns = { console.columns }
    self.verbosity = verbosity
    self.isInteractive = isInteractive
    redactor = console.redactor
    diagnostics = DiagnosticRenderer(
      isColoured: console.terminal.hasColourError, mostNotes: verbosity.mostNotes, redactor: redactor)
  }

  package func render(_ diagnostic: Diagnostic) -> Rendering {
    if verbosity == .quiet, diagnostic.severity == .warning { return Rendering() }
    return Rendering(error: diagnostics.render(diagnostic, width: width))
  }

  package func render(_ output: Output) -> Rendering {
    switch output {
    case .text(let text): return Rendering(output: Printable.escapedLines(text) + "\n")
    case .script(let text): return Rendering(output: text).masked
    case .note(let text): return verbosity == .quiet ? Rendering() : remark("note: " + text)
    case .confirmation(let text): return confirmation(text)
    case .apps(let rows): return Rendering(output: lists.apps(rows))
    case .webhooks(let rows, let isDetailed):
      return Rendering(output: isDetailed ? details(rows) : lists.webhooks(rows))
    case .events(let rows): return Rendering(output: lists.events(rows))
    case .variables(let rows): return Rendering(output: variables(rows))
    case .options(let rows): return Rendering(output: options(rows))
    case .status(let report): return Rendering(output: status(report))
    case .diff(let plan):
      let diff = DiffText(style: style)
      return Rendering(rows: Array(plan.changes.enumerated())) { index, change in
        (index > 0 ? "\n" : "") + diff.text(of: change)
      }
    case .table(let table): return Rendering(output: lists.text(of: table))
    case .requests(let commands): return Rendering(output: commands.map { Printable.escaped($0) + "\n" }.joined())
    case .commit(let report): return commit(report)
    case .runs(let runs): return Rendering(output: RunText(style: style, width: width).list(runs))
    case .run(let run, let intents): return Rendering(output: RunText(style: style, width: width).page(run, intents))
    case .help(let pages):
      return Rendering(output: pages.map(HelpText(style: style, width: width).page).joined(separator: "\n"))
    case .overview(let pages): return Rendering(output: HelpText(style: style, width: width).overview(pages))
    case .quit: return Rendering()
    }
  }

  private var lists: ListText {
    ListText(style: style, width: width, isNumbered: isInteractive && width != nil, redactor: redactor)
  }

  /// What makes a report list everything.
  private var wholeBy: String { isInteractive ? "`config verbose on`" : "--verbose" }

  private func remark(_ text: String) -> Rendering {
    let line = Printable.escaped(text) + "\n"
    return isInteractive ? Rendering(output: line) : Rendering(error: line)
  }

  private func confirmation(_ text: String) -> Rendering {
    isInteractive || verbosity == .verbose ? remark(text) : Rendering()
  }

  // MARK: Lists

  private func details(_ rows: [Output.WebhookRow]) -> String {
    guard !rows.isEmpty else { return "no webhooks\n" }
    return rows.map { details($0.webhook, app: $0.app, isEdited: $0.isEdited) }.joined(separator: "\n")
  }

  private func details(_ webhook: Webhook, app: App, isEdited: Bool) -> String {
    var text = style.paint("webhook \(webhook.id)", .heading)
    text += " of app \(Printable.escaped(app.title))"
    text += isEdited ? " " + style.paint("(with staged edits)", .warning) : ""
    text += "\n"
    let headers = webhook.headers.all.map(DiffText.shown)
    let fields: [(String, [String])] = [
      ("url", [webhook.url]), ("events", webhook.events.isEmpty ? ["none"] : webhook.events),
      ("headers", headers.isEmpty ? ["none"] : headers), ("created", [webhook.createdAt?.text ?? "unknown"]),
      ("updated", [webhook.updatedAt?.text ?? "unknown"]),
    ]
    for (name, values) in fields {
      for (index, value) in values.enumerated() {
        let label = index == 0 ? name : ""
        text += "  \(style.paint(label, .accent))\(String(repeating: " ", count: 9 - label.count))"
        text += Printable.escaped(value) + "\n"
      }
    }
    return text
  }

  private func variables(_ rows: [Output.Setting]) -> String {
    rows.isEmpty
      ? "no variables\n" : rows.map { Printable.escaped("\($0.name) = \(Quoter.word($0.value))") + "\n" }.joined()
  }

  private func options(_ rows: [Output.OptionRow]) -> String {
    let names = rows.map { "\($0.name) = \($0.value)" }
    let widest = names.map(\.count).max() ?? 0
    return zip(rows, names).map { row, name in
      name + String(repeating: " ", count: widest - name.count + 2) + style.paint(row.summary, .faint) + "\n"
    }.joined()
  }

  // MARK: Staged changes and outcomes

  private func status(_ report: Output.StatusReport) -> String {
    let apps = report.chosenApps.map { $0.counting("app") } ?? "no apps"
    let webhooks = report.chosenWebhooks.map { $0.counting("webhook") } ?? "no webhooks"
    var text = "selected: \(apps), \(webhooks)\n"
    let conflicts = report.plan.settled.count
    if conflicts > 0, case .undo(let run) = report.plan.purpose {
      text += "undo of run \(run): \(Outcome.State.conflict.counted(conflicts)); `rollback` drops it\n"
    }
    guard !report.origins.isEmpty else { return text + "nothing staged\n" }
    text += "staged: \(report.plan.staged)"
    text += report.unchanged > 0 ? ", \(report.unchanged) unchanged\n" : "\n"
    let digits = String(report.origins.count).count
    for (index, origin) in report.origins.enumerated() {
      let number = String(index + 1)
      text += String(repeating: " ", count: 2 + digits - number.count)
      text += style.paint(number, .faint) + "  " + Printable.escaped(origin.statement) + "\n"
    }
    return text
  }

  private func commit(_ report: RunResult) -> Rendering {
    if verbosity == .quiet, report.isFine { return Rendering() }
    if report.outcomes.isEmpty, report.unchanged == 0 { return Rendering(output: "nothing to commit\n") }
    var text = ""
    var isListing = verbosity == .verbose
    if report.outcomes.count == 1, let only = report.outcomes.first, only.isFine, let answer = only.answer {
      text += details(answer, app: only.change.app, isEdited: false)
      isListing = false
    }
    let problem = report.problem.map { "warning: \(Printable.escaped($0))\n" } ?? ""
    return Rendering(
      output: text + CommitText(style: style, isVerbose: isListing, wholeBy: wholeBy).text(of: report), error: problem)
  }

  package func render(session profile: String) -> Rendering {
    Rendering(output: style.paint("profile \(Printable.escaped(profile))", .heading) + "\n")
  }

  package func render(_ rows: [MigrationRow]) -> Rendering {
    guard !rows.isEmpty else { return Rendering(output: "no scripts\n") }
    let columns = ["script", "state", "apps", "run", "at"].map { Table.Column($0, $0 == "script" ? .flexible : .fixed) }
    let cells = rows.map { row in
      let waiting = row.waiting.map { $0 > 0 ? ", \($0) waiting" : "" } ?? ", others unknown"
      let apps = "\(row.appliedCount)\(waiting)"
      return [row.name, row.state, apps, row.entry?.run.map(String.init) ?? "", row.entry?.at.description ?? ""]
        .map(Printable.escaped)
    }
    return Rendering(output: Table(columns: columns, rows: cells).text(width: width, style: style))
  }

  // MARK: The plan

  /// Blocks of more changes than this are folded, if not all is asked for.
  private static let mostShown = 3

  package func render(_ summary: PlanSummary) -> Rendering {
    guard !summary.plan.isEmpty else {
      return Rendering(output: "plan: no changes, every webhook is up to date\n")
    }
    let hasProfiles = summary.hasProfiles
    return Rendering(rows: ChangeGroup.groups(of: summary.items), last: footer(of: summary)) {
      text(of: $0, namesProfile: hasProfiles)
    }
  }

  private func text(of group: ChangeGroup, namesProfile: Bool) -> String {
    var text = style.paint(heading(of: group, namesProfile: namesProfile), .accent) + "\n"
    for origin in group.key.origins { text += style.paint("  " + Printable.escaped(origin.statement), .faint) + "\n" }
    let isFolded = verbosity != .verbose && group.items.count > Self.mostShown
    let shown = isFolded ? group.items.prefix(Self.mostShown) : group.items[...]
    text += shown.map { DiffText(style: style).text(of: $0.change) }.joined()
    if isFolded {
      text += "… and \(group.items.count - shown.count) more with the same change (\(wholeBy) shows all)\n"
    }
    return text + "\n"
  }

  private func heading(of group: ChangeGroup, namesProfile: Bool) -> String {
    let webhooks = group.items.count.counting("webhook")
    let profile = namesProfile ? group.key.profile.map { ", profile \(Printable.escaped($0))" } ?? "" : ""
    return "\(webhooks) in \(group.appCount.counting("app"))\(profile)"
  }

  private func footer(of summary: PlanSummary) -> String {
    var text = style.paint("plan: \(summary.plan.planned)", .heading)
    text += ", \(summary.reads.counting("read")), then \(summary.writes.counting("write"))"
    if let seconds = summary.seconds { text += ", about \(Self.duration(seconds)) at the rate limit" }
    return text + "\n"
  }

  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    if whole < 120 { return "\(whole) s" }
    return whole < 7200 ? "\((whole + 59) / 60) min" : "\((whole + 3599) / 3600) h"
  }
}
