import WhAPI
import WhDomain
import WhSyntax

/// What the statements of a session work on: the service that they are connected to, what was read of it, and the draft.
///
/// Contexts wrap it and give each kind of statement what it needs and no more.
@SessionActor final class Bench {
  private let connector: Connector
  private let clock: @Sendable () -> Duration
  private let report: @Sendable (ProgressEvent) -> Void
  let redactor: Redactor
  private(set) var connection: Connection?
  /// The profile of the connection, or of the next one; nil for that of the session's start.
  private var profile: String?
  private var openCatalog: Catalog?
  var draft = Draft()
  /// The webhooks that the last commit could not change as requested, and why.
  private(set) var unmet: [WebhookKey: Outcome] = [:]
  /// The webhooks of the list that was printed last, in its order.
  var listed: [WebhookKey] = []
  /// Apps that are never selected.
  var excludedApps: Set<AppID> = []
  /// What the statements since the start of the script selected and sent, for a migration's ledger.
  private(set) var appResults = AppResults()
  /// The webhooks that the session has deleted, or may have.
  private(set) var deletionCount = 0

  nonisolated init(
    connector: @escaping Connector, clock: @escaping @Sendable () -> Duration,
    report: @escaping @Sendable (ProgressEvent) -> Void, redactor: Redactor
  ) {
    self.connector = connector
    self.clock = clock
    self.report = report
    self.redactor = redactor
  }

  var view: View { View(openCatalog?.holdings ?? Holdings(), draft) }

  // MARK: The connection

  /// Connects where there is no connection yet.
  func connected(jobs: Int) async throws(ConnectionProblem) -> (Connection, Catalog) {
    if let connection, let openCatalog {
      openCatalog.jobs = jobs
      return (connection, openCatalog)
    }
    return try await connect(profile: profile, jobs: jobs)
  }

  /// Connects to another server, and forgets what was known of the last one, also where that fails: what follows is meant
  /// for the other server.
  @discardableResult
  func connect(profile: String?, jobs: Int) async throws(ConnectionProblem) -> (Connection, Catalog) {
    self.profile = profile
    connection = nil
    openCatalog = nil
    draft = Draft()
    (unmet, listed) = ([:], [])
    let connection = try await connector(profile)
    let redactor = redactor
    let catalog = Catalog(
      Catalog.Source(
        client: connection.client, clock: clock, report: report, notice: { redactor.learn(secretsOf: $0) }), jobs: jobs)
    self.connection = connection
    openCatalog = catalog
    if catalog.isOwnApp { draft.select(apps: [.own]) }
    return (connection, catalog)
  }

  // MARK: The script

  /// Forgets what the last script selected, staged and sent. What was read is kept.
  func startOver(excluding apps: Set<AppID>) {
    draft = Draft()
    if openCatalog?.isOwnApp ?? false { draft.select(apps: [.own]) }
    unmet = [:]
    excludedApps = apps
    appResults = AppResults()
  }

  func noteSelected(_ apps: [App]) { appResults.noteSelected(apps.map(\.id)) }

  /// Notes an expectation that had something to check.
  func noteCheck() { appResults.noteCheck() }

  /// Takes over the outcome of a run of what is staged.
  func absorb(_ result: RunResult) {
    draft.settle(result.outcomes)
    note(result)
  }

  /// Takes over the outcome of a run that was resumed beside what is staged.
  func absorb(resumed result: RunResult) {
    draft.settle(resumed: result.outcomes, in: view.holdings)
    note(result)
  }

  private func note(_ result: RunResult) {
    unmet = Dictionary(
      result.outcomes.filter { !$0.isFine && $0.change.webhookID != nil }.map { ($0.change.key, $0) },
      uniquingKeysWith: { $1 })
    appResults.note(result.outcomes)
    deletionCount += result.outcomes.count { $0.change.isDeletion && ($0.state == .deleted || $0.state == .unknown) }
  }
}
