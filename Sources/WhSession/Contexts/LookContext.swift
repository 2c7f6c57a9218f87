import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// What a statement that looks has: the service through the catalog, the view, the options and the journal, to read.
@SessionActor package struct LookContext {
  let bench: Bench
  let book: RunBook
  let options: SessionOptions
  /// The statement's place.
  package let span: Span
  package let origin: Origin

  package var view: View { bench.view }

  var redactor: Redactor { bench.redactor }

  /// The webhooks that the last commit could not change as requested, and why.
  var unmet: [WebhookKey: Outcome] { bench.unmet }

  func failure(_ diagnostic: Diagnostic, _ kind: Failure.Kind = .failed) -> Failure { Failure(kind, diagnostic) }

  // MARK: The service

  func connected() async throws(Failure) -> (connection: Connection, catalog: Catalog) {
    do {
      return try await bench.connected(jobs: options.jobs)
    } catch {
      // The statement that happens to be the first to connect did not name the profile.
      throw Failure(error, at: error.code == .unknownProfile ? .nowhere : span)
    }
  }

  /// Reads the service; what fails is blamed on the statement.
  func reading<Value: Sendable>(
    _ work: @SessionActor (Catalog) async throws(ReadFailure) -> Value
  ) async throws(Failure) -> Value {
    let catalog = try await connected().catalog
    do {
      return try await work(catalog)
    } catch {
      throw Failure(error, at: span)
    }
  }

  func apps() async throws(Failure) -> [App] {
    try await reading { (catalog) async throws(ReadFailure) in try await catalog.apps() }
  }

  func webhooks(of apps: [App]) async throws(Failure) -> [WebhookKey] {
    try await reading { (catalog) async throws(ReadFailure) in try await catalog.webhooks(of: apps) }
  }

  /// Reads those of the webhooks that were not read yet; edits that were staged on them before are done to what is found.
  func require(_ keys: [WebhookKey]) async throws(Failure) {
    let read = try await reading { (catalog) async throws(ReadFailure) in try await catalog.require(keys) }
    do {
      try bench.draft.rebase(read, on: bench.view.holdings)
    } catch {
      throw failure(.notRebased(error, span))
    }
  }

  /// Makes sure that the slugs and names of the webhooks' apps are known.
  func requireDetails(of keys: [WebhookKey]) async throws(Failure) {
    try await reading { (catalog) async throws(ReadFailure) in try await catalog.requireDetails(of: keys.map(\.app)) }
  }

  // MARK: The selection

  func selectedApps() async throws(Failure) -> [App] {
    // With an app key the app is selected as soon as there is a connection.
    _ = try await connected()
    guard let apps = bench.draft.apps else { throw failure(.noApps(span)) }
    // What lists returned since they were selected is known now.
    return apps.map { view.app($0.id) }
  }

  func selectedWebhooks() throws(Failure) -> [WebhookKey] {
    guard let webhooks = bench.draft.webhooks else { throw failure(.noWebhooks(span)) }
    return webhooks
  }

  /// Notes the webhooks of a list that is printed, so that a prompt can be asked for its rows.
  func noteListed(_ keys: [WebhookKey]) { bench.listed = keys }

  // MARK: The journal

  /// The runs that were made with this profile on this server, newest first.
  func runs() async throws(Failure) -> [WhJournal.Run] {
    let connection = try await connected().connection
    do {
      return try await book.find()?.runs(profile: connection.profile, host: connection.host, limit: .max) ?? []
    } catch {
      throw Failure(error, at: span)
    }
  }

  /// A run of this profile on this server, with its changes. What is secret in them is hidden from now on.
  func run(_ number: Int) async throws(Failure) -> (run: WhJournal.Run, intents: [Intent]) {
    let connection = try await connected().connection
    do throws(JournalError) {
      if let log = try await book.find() {
        let run = try await log.run(number)
        if run.metadata.profile == connection.profile, run.metadata.host == connection.host {
          let intents = try await log.allIntents(of: number)
          redactor.learn(secretsOf: intents)
          return (run, intents)
        }
      }
    } catch {
      throw Failure(error, at: span)
    }
    throw failure(.noSuchRun(number, connection.profile, span))
  }
}

extension Failure {
  init(_ problem: ConnectionProblem, at span: Span) {
    self.init(problem.kind, Diagnostic(problem.code, problem.message, at: span, label: problem.label))
  }

  init(_ problem: LockProblem, at span: Span) {
    switch problem {
    case .unusable(let error): self.init(error, at: span)
    case .interrupted: self.init(.stopped, .interrupted(span))
    case .held:
      self.init(
        .journal,
        Diagnostic(.locked, problem.description, at: span, label: problem.advice, notes: ["nothing was sent"]))
    }
  }

  package init(_ problem: JournalError, at span: Span) {
    if case .noSuchRun = problem.kind {
      self.init(.failed, Diagnostic(.unknownRun, problem.description, at: span, label: problem.advice))
    } else {
      self.init(
        .journal,
        Diagnostic(
          .journalUnusable, problem.description, at: span, label: problem.advice, notes: ["nothing was sent"]))
    }
  }
}

// MARK: - Wording

extension Diagnostic {
  fileprivate static func noWebhooks(_ span: Span) -> Diagnostic {
    Diagnostic(.noWebhooks, "no webhooks selected", at: span, label: "run `webhook` first, such as `webhook *`")
  }

  fileprivate static func noApps(_ span: Span) -> Diagnostic {
    Diagnostic(.noApps, "no apps selected", at: span, label: "run `use app` first, such as `use app *`")
  }

  fileprivate static func noSuchRun(_ number: Int, _ profile: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownRun, "profile \(profile) has no run \(number) on this server", at: span,
      label: "run `show runs` for a list")
  }

  static func notRebased(_ refusal: StagingRefused, _ span: Span) -> Diagnostic {
    Diagnostic(
      .editRefused, "a staged edit can't be applied to the current state of webhook \(refusal.key.webhook)", at: span,
      label: "the result \(refusal.problem.reason)")
  }
}
