import WhDomain
import WhJournal
import WhMigrations
import WhSession
import WhSyntax

/// The form for programs: one JSON object a line, with its `type` and the form's `version`.
package struct JSONRenderer: Renderer {
  /// Rises when a member changes its meaning or goes away; new members do not raise it.
  package static let version = 2

  let verbosity: Verbosity
  private let diagnostics: DiagnosticRenderer
  private let redactor: Redactor

  package init(_ console: Console, verbosity: Verbosity) {
    self.verbosity = verbosity
    let redactor = console.redactor
    self.redactor = redactor
    diagnostics = DiagnosticRenderer(
      isColoured: console.terminal.hasColourError, mostNotes: verbosity.mostNotes, redactor: redactor)
  }

  package func render(_ diagnostic: Diagnostic) -> Rendering {
    if verbosity == .quiet, diagnostic.severity == .warning { return Rendering() }
    let (line, column) = diagnostic.span.position
    return Rendering(
      output: object(
        "diagnostic",
        [
          ("severity", .string(diagnostic.severity.rawValue)), ("code", .string(diagnostic.code.rawValue)),
          ("message", .prose(diagnostic.message)), ("source", .string(diagnostic.span.source.name)),
          ("line", .number(line)), ("column", .number(column)), ("label", .optional(prose: diagnostic.label)),
          ("notes", .prose(diagnostic.notes)),
        ]), error: diagnostics.render(diagnostic)
    ).masked
  }

  package func render(_ output: Output) -> Rendering {
    switch output {
    case .text(let text): one("text", [("text", .prose(text))])
    case .script(let text): one("script", [("text", .string(text))])
    case .note(let text): one("note", [("text", .prose(text))])
    case .confirmation(let text):
      verbosity == .verbose ? one("confirmation", [("text", .prose(text))]) : Rendering()
    case .apps(let rows): many(rows) { object("app", JSONMembers.app($0.app) + [("chosen", .bool($0.isChosen))]) }
    case .webhooks(let rows, _):
      many(rows) {
        object(
          "webhook",
          JSONMembers.webhook($0.webhook, isNew: $0.isNew) + [
            ("appSlug", .optional($0.app.slug)), ("chosen", .bool($0.isChosen)), ("edited", .bool($0.isEdited)),
          ])
      }
    case .events(let rows):
      many(rows) {
        object(
          "event", [("name", .string($0.name)), ("webhooks", .number($0.webhooks)), ("known", .bool($0.isKnown))])
      }
    case .variables(let rows):
      many(rows) { object("variable", [("name", .string($0.name)), ("value", .prose($0.value))]) }
    case .options(let rows):
      many(rows) {
        object(
          "option", [("name", .string($0.name)), ("value", .string($0.value)), ("summary", .string($0.summary))])
      }
    case .status(let report): status(report)
    case .diff(let plan): many(plan.changes) { object("change", JSONMembers.change($0)) }
    case .table(let table):
      many(table.rows) { row in
        object(table.type, zip(table.columns, row).map { ($0, Int($1).map { .number($0) } ?? .string($1)) })
      }
    case .requests(let commands): many(commands) { object("request", [("curl", .string($0))]) }
    case .commit(let report): commit(report)
    case .runs(let runs): many(runs) { object("run", run($0)) }
    case .run(let run, let intents):
      Rendering(first: object("run", self.run(run)), rows: intents) { object("intent", intent($0)) }.masked
    case .help(let pages), .overview(let pages): many(pages, help)
    case .quit: Rendering()
    }
  }

  package func render(_ summary: PlanSummary) -> Rendering {
    let footer = object(
      "plan",
      [
        ("changes", .number(summary.writes)), ("apps", .number(summary.plan.appCount)),
        ("writes", .number(summary.writes)), ("reads", .number(summary.reads)),
        ("seconds", summary.seconds.map { .decimal($0) } ?? .null),
      ])
    return Rendering(rows: summary.items, last: footer) { item in
      object("change", JSONMembers.change(item.change) + [("profile", .optional(item.profile))])
    }.masked
  }

  package func render(session profile: String) -> Rendering { one("session", [("profile", .string(profile))]) }

  package func render(_ rows: [MigrationRow]) -> Rendering {
    many(rows) { row in
      object(
        "migration",
        [
          ("name", .string(row.name)), ("state", .string(row.state)), ("pending", .bool(row.isPending)),
          ("applied", .number(row.appliedCount)), ("waiting", row.waiting.map { .number($0) } ?? .null),
          ("sha256", .optional(row.entry?.sha256)), ("run", row.entry?.run.map { .number($0) } ?? .null),
          ("at", .optional(row.entry?.at.description)),
        ])
    }
  }

  package func render(_ finding: Finding) -> Rendering {
    one(
      "finding",
      [
        ("subject", .string(finding.subject.rawValue)), ("state", .string(finding.state.rawValue)),
        ("detail", .prose(finding.detail)), ("advice", .optional(prose: finding.advice)),
      ])
  }

  package func render(_ verdict: Verdict) -> Rendering {
    one("doctor", [("problems", .number(verdict.problems)), ("warnings", .number(verdict.warnings))])
  }

  /// A profile as `wh profile list` prints it.
  ///
  /// - Parameter server: nil for the embedded sandbox.
  package func profile(
    _ name: String, server: String?, keyFile: String?, keyCommand: String?, isDefault: Bool, isProtected: Bool
  ) -> String {
    object(
      "profile",
      [
        ("name", .string(name)), ("server", .optional(server)), ("keyFile", .optional(keyFile)),
        ("keyCommand", .optional(prose: keyCommand)), ("default", .bool(isDefault)), ("protected", .bool(isProtected)),
      ])
  }

  // MARK: Objects

  private func object(_ type: String, _ members: [(String, JSONText)]) -> String {
    Self.line(type, members, redactor)
  }

  /// An object of the form on a line of its own.
  ///
  /// - Parameter redactor: nil for text in which nothing is secret.
  static func line(_ type: String, _ members: [(String, JSONText)], _ redactor: Redactor? = nil) -> String {
    JSONText.object([("type", .string(type)), ("version", .number(version))] + members).text(redactor) + "\n"
  }

  private func one(_ type: String, _ members: [(String, JSONText)]) -> Rendering {
    Rendering(output: object(type, members)).masked
  }

  private func many<Row: Sendable>(_ rows: [Row], _ line: @escaping @Sendable (Row) -> String) -> Rendering {
    Rendering(rows: rows, line).masked
  }

  private func status(_ report: Output.StatusReport) -> Rendering {
    one(
      "status",
      [
        ("apps", report.chosenApps.map { .number($0) } ?? .null),
        ("webhooks", report.chosenWebhooks.map { .number($0) } ?? .null),
        ("changes", .number(report.plan.changes.count)), ("unchanged", .number(report.unchanged)),
        ("statements", .prose(report.origins.map(\.statement))),
      ])
  }

  private func commit(_ report: RunResult) -> Rendering {
    if verbosity == .quiet, report.isFine { return Rendering() }
    let counts = Outcome.State.allCases.map { state in
      (JSONMembers.name(of: state), JSONText.number(report.count(state)))
    }
    let run: [(String, JSONText)] = [
      ("run", report.run.map { .number($0) } ?? .null), ("problem", .optional(prose: report.problem)),
    ]
    return Rendering(rows: report.outcomes, last: object("commit", counts + run)) { outcome in
      object(
        "outcome",
        [
          ("state", .string(outcome.state.rawValue)), ("message", .optional(prose: outcome.message)),
          ("appliedDifferently", .bool(outcome.state == .appliedDifferently)),
        ] + JSONMembers.change(outcome.change) + [
          ("answer", outcome.answer.map { .object(JSONMembers.webhook($0)) } ?? .null),
          ("profile", .optional(report.profile)),
        ])
    }.masked
  }

  private func run(_ run: Run) -> [(String, JSONText)] {
    let metadata = run.metadata
    var undo: JSONText = .null
    if case .undo(let number) = metadata.kind { undo = .number(number) }
    var members: [(String, JSONText)] = []
    members.append(("run", .number(run.number)))
    members.append(("state", .string(run.state.rawValue)))
    members.append(("startedAt", .string(metadata.startedAt.description)))
    members.append(("finishedAt", .optional(run.finishedAt?.description)))
    members.append(("profile", .string(metadata.profile)))
    members.append(("host", .string(metadata.host)))
    members.append(("script", .optional(metadata.script)))
    members.append(("scriptSHA256", .optional(metadata.scriptSHA256)))
    members.append(("user", .string(metadata.user)))
    members.append(("tool", .string(metadata.version)))
    members.append(("undoes", undo))
    members.append(("undoneBy", run.undoneBy.map { .number($0) } ?? .null))
    members.append(("webhooks", .number(run.intentCount)))
    members.append(("open", .number(run.openCount)))
    return members + Outcome.State.allCases.map { (JSONMembers.name(of: $0), .number(run.count($0))) }
  }

  private func intent(_ intent: Intent) -> [(String, JSONText)] {
    [
      ("run", .number(intent.run)), ("state", .string(intent.state.rawValue)),
      ("open", .bool(intent.isOpen)), ("message", .optional(prose: intent.outcome?.message)),
    ] + JSONMembers.change(intent.change) + [
      ("answer", intent.outcome?.answer.map { .object(JSONMembers.webhook($0)) } ?? .null)
    ]
  }

  private func help(_ page: Output.HelpPage) -> String {
    object(
      "help",
      [
        ("synopsis", .string(page.synopsis)), ("chapter", .string(page.help.chapter.rawValue)),
        ("summary", .string(page.help.summary)), ("details", .strings(page.help.details)),
        ("examples", .strings(page.help.examples.map(\.script))),
      ])
  }
}
