import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// One conversation with the service: what is chosen, read and staged, and the statements that run on it, one at a time.
package actor Session {
  /// Whether commits are sent, or only noted to be shown as a plan.
  package enum Mode: Sendable {
    case live, plan
  }

  package let effects: Effects
  package let redactor: Redactor
  package nonisolated let mode: Mode
  private let connector: Connector
  private(set) var open: Connection?

  package var scope: Scope
  package var options: SessionOptions
  package var workspace = Workspace()
  var stopsOnError = true
  /// Where commits are journaled; nil for a session that sends nothing, or keeps no journal.
  package private(set) var context: RunContext?
  /// Apps that no `use app` chooses: those that a migration was applied to already.
  private(set) var excludedApps: Set<AppID> = []
  /// What the statements since `startOver` chose and sent, for a migration's ledger.
  package internal(set) var record = AppRecord()
  /// The lock of a whole migration, which its commits need not take.
  var heldLock: WriterLock?
  var openJournal: Journal?
  /// The run of this session's newest commit.
  var lastRun: (any RunWriter)?
  /// The run that the staged edits put back, and what of it they can't.
  var undoing: Int?
  var undoConflicts: [Outcome] = []
  /// True once the protected profile was confirmed.
  var isConfirmed = false
  /// Answers what is asked before something grave is done.
  private var answer: @Sendable (Question) async -> Bool
  /// The changes of the commits of a session in plan mode.
  package var planned: [Change] = []
  /// The place of the statement that runs.
  package private(set) var place: Span
  private(set) var origin: Origin
  /// Whether the server has these routes; nil until one was answered, from when on a 404 is about the thing.
  var canGet: Bool?
  var canList: Bool?
  /// Why the commit that runs was stopped part-way.
  var stoppedBy: APIError?
  /// This machine's share of the apps; nil for all of them.
  let shard: Shard?
  let report: @Sendable (ProgressEvent) -> Void
  /// What `record` starts and stops; nil for a session that can't be recorded.
  let recorder: (any SessionRecorder)?
  /// True when choosing reads at once, to say what was chosen.
  let isTalkative: Bool

  package init(
    effects: Effects, redactor: Redactor, connector: @escaping Connector, options: SessionOptions = SessionOptions(),
    scope: Scope = Scope(), mode: Mode = .live, isTalkative: Bool = false,
    context: RunContext? = nil,
    shard: Shard? = nil, answer: @escaping @Sendable (Question) async -> Bool = { _ in false },
    report: @escaping @Sendable (ProgressEvent) -> Void = { _ in }, recorder: (any SessionRecorder)? = nil
  ) {
    self.recorder = recorder
    self.effects = effects
    self.redactor = redactor
    self.connector = connector
    self.options = options
    self.scope = scope
    self.mode = mode
    self.isTalkative = isTalkative
    self.context = context
    self.shard = shard
    self.answer = answer
    self.report = report
    let start = Source(name: "wh", bytes: [])
    place = Span(start, 0..<0)
    origin = Origin(source: start.name, line: 1, column: 1, statement: "")
  }

  /// Runs one statement.
  package func execute(_ statement: Statement) async throws(Failure) -> Reply {
    place = statement.span
    origin = statement.origin
    return try await statement.command.run(in: self)
  }

  /// Begins anew with another script: nothing is chosen or staged, and its commits are a run of their own. What was read is
  /// kept.
  package func startOver(script: String, sha256: String, scope: Scope, excluding apps: Set<AppID>) {
    workspace.rollback()
    workspace.chosenApps = nil
    workspace.chosen = nil
    forgetUndo()
    lastRun = nil
    context?.script = script
    context?.scriptSHA256 = sha256
    self.scope = scope
    stopsOnError = true
    excludedApps = apps
    record = AppRecord()
  }

  /// The number of the run that this session's commits are, if there was one.
  package func runNumber() -> Int? { lastRun?.number }

  /// Lets another one answer from now on, as a prompt does.
  package func answerQuestions(_ answer: @escaping @Sendable (Question) async -> Bool) {
    self.answer = answer
  }

  func ask(_ question: Question) async -> Bool { await answer(question) }

  /// Whether no further statement is to run after one that failed so.
  package func stops(after failure: Failure) -> Bool { stopsOnError || failure.kind > .failed }

  /// The statements whose edits are staged and change something.
  package func uncommitted() -> (changes: Int, origins: [Origin]) {
    (workspace.changeCount, workspace.plan.changes.flatMap(\.origins).uniqued())
  }

  package func currentOptions() -> SessionOptions { options }

  package func currentScope() -> Scope { scope }

  /// What a session in plan mode would have sent, each webhook's commits made one.
  package func plannedChanges() -> Plan { Plan.merging(planned) }

  /// How many requests the session has sent.
  package func requestCount() -> Int { open?.requestCount() ?? 0 }

  /// How long the rate limit that was seen makes so many requests take, in seconds; nil where none was seen.
  package func seconds(for requests: Int) -> Double? {
    open?.rate().map { $0.time(for: requests).inSeconds }
  }

  /// What the prompt shows and completes.
  package func snapshot() -> Snapshot {
    Snapshot(
      profile: open?.profile, host: open?.host, isProtected: open?.isProtected ?? false, workspace: workspace,
      scope: scope, options: options)
  }

  // MARK: Connection

  /// The connection that there is, if any.
  var present: Connection? { open }

  func connection() async throws(Failure) -> Connection {
    if let open { return open }
    return try await connect(profile: nil)
  }

  @discardableResult
  package func connect(profile: String?) async throws(Failure) -> Connection {
    do {
      let connection = try await connector(profile)
      open = connection
      lastRun = nil
      isConfirmed = false
      forgetUndo()
      workspace = Workspace()
      (canGet, canList) = (nil, nil)
      if connection.client.keyKind == .app { workspace.chosenApps = [.own] }
      return connection
    } catch {
      throw failure(Diagnostic(error.code, error.message, at: place, label: error.label), error.kind)
    }
  }

  func failure(_ diagnostic: Diagnostic, _ kind: Failure.Kind = .failed) -> Failure {
    Failure(kind, diagnostic)
  }

  // MARK: Staging

  /// Stages an edit on the chosen webhooks, on all or on none.
  func stage(_ edit: Edit) async throws(Failure) -> Reply {
    let chosen = try requireChosen()
    guard !chosen.isEmpty else { return [.note("no webhook is chosen: nothing is staged")] }
    if edit.needsAppDetails { try await requireAppDetails(of: chosen) }
    if edit.needsReading { try await requireViews(of: chosen) }
    let before = workspace.changeCount
    do {
      try workspace.stage(edit, origin, on: chosen)
    } catch {
      throw failure(.editRefused(error, workspace.app(error.key.app), place))
    }
    let after = workspace.changeCount
    return [.confirmation(Self.staged(chosen.count, before: before, after: after))]
  }

  private static func staged(_ count: Int, before: Int, after: Int) -> String {
    let webhooks = count == 1 ? "1 webhook" : "\(count) webhooks"
    return "staged on \(webhooks), \(after) \(after == 1 ? "change" : "changes") to commit"
  }

  func requireChosen() throws(Failure) -> [WebhookKey] {
    guard let chosen = workspace.chosen else { throw failure(.noWebhooks(place)) }
    return chosen
  }

  func requireApps() async throws(Failure) -> [App] {
    _ = try await connection()
    guard let apps = workspace.chosenApps else { throw failure(.noApps(place)) }
    return apps
  }

  func rows(_ keys: [WebhookKey]) -> [Output.WebhookRow] {
    let chosen = Set(workspace.chosen ?? [])
    return keys.compactMap { key in
      workspace.view(key).map { webhook in
        Output.WebhookRow(
          app: workspace.app(key.app), webhook: webhook, isChosen: chosen.contains(key),
          isEdited: webhook != workspace.base[key]?.webhook)
      }
    }
  }
}

/// What the prompt needs to know of a session between two statements.
package struct Snapshot: Sendable {
  package let profile: String?
  /// What the journal knows the server by.
  package let host: String?
  package let isProtected: Bool
  package let workspace: Workspace
  package let scope: Scope
  package let options: SessionOptions

  package init(
    profile: String?, host: String? = nil, isProtected: Bool = false, workspace: Workspace = Workspace(),
    scope: Scope = Scope(), options: SessionOptions = SessionOptions()
  ) {
    self.profile = profile
    self.host = host
    self.isProtected = isProtected
    self.workspace = workspace
    self.scope = scope
    self.options = options
  }
}

extension App {
  /// The app of an app key, of which the service tells nothing by itself.
  package static let own = App(id: AppID(unchecked: ""))

  /// How a message names the app: by its slug where it is known.
  package var title: String { slug ?? (id.text.isEmpty ? "own app" : id.text) }
}

extension Edit {
  var templates: [Template] {
    switch self {
    case .setURL(let url): [url]
    case .replaceURL(let old, let new): [old, new]
    case .setHeader(_, let value): [value]
    case .setEvents, .addEvents, .removeEvents, .renameEvent, .removeHeaders, .clearHeaders: []
    }
  }

  var needsAppDetails: Bool {
    templates.contains { $0.placeholders.contains { $0 == .appSlug || $0 == .appName } }
  }

  /// True where the result depends on what the webhook holds.
  var needsReading: Bool {
    switch self {
    case .setURL, .setEvents, .clearHeaders: false
    case .replaceURL, .addEvents, .removeEvents, .renameEvent, .setHeader, .removeHeaders: true
    }
  }
}

extension Diagnostic {
  fileprivate static func noWebhooks(_ span: Span) -> Diagnostic {
    Diagnostic(.noWebhooks, "no webhook is chosen", at: span, label: "begin with `webhook *`, or with ids")
  }

  fileprivate static func noApps(_ span: Span) -> Diagnostic {
    Diagnostic(.noApps, "no app is chosen", at: span, label: "begin with `use app *`, or with ids or slugs")
  }

  fileprivate static func editRefused(_ refusal: StagingRefused, _ app: App, _ span: Span) -> Diagnostic {
    Diagnostic(
      .editRefused, "the edit can't be done to webhook \(refusal.key.webhook) of \(app.title)", at: span,
      label: "the result \(refusal.problem.reason)", notes: ["nothing was staged by this statement"])
  }
}
