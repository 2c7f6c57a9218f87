import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// What a statement has that sends.
@SessionActor package struct CommitContext {
  let look: LookContext
  /// Answers what is asked before something that can't be taken back.
  let ask: @Sendable (Question) async -> Bool
  let effects: Effects
  let report: @Sendable (ProgressEvent) -> Void

  /// Sends what is staged.
  func commit() async throws(Failure) -> Reply {
    let (connection, catalog) = try await look.connected()
    return try await locked(connection) { () async throws(Failure) in
      var leftovers = try await journal { (book) async throws(JournalError) in try await book.leftovers() }
      look.bench.draft.drop(creations: leftovers.done.map(\.change))
      leftovers.supersede(try await readUnknown(catalog))
      let plan = look.view.plan
      return try await perform(plan, PlanSource(plan.purpose), connection, catalog, leftovers)
    }
  }

  /// Reads the staged webhooks again of which the last commit left unknown whether they were changed: what is staged is done to
  /// what they are.
  private func readUnknown(_ catalog: Catalog) async throws(Failure) -> Set<WebhookKey> {
    let bench = look.bench
    let keys = bench.draft.stagedKeys.filter { bench.unmet[$0]?.state == .unknown }
    guard !keys.isEmpty else { return [] }
    do throws(ReadFailure) {
      try await Rereading(catalog).reread(keys)
    } catch {
      throw Failure(error, at: look.span)
    }
    do throws(StagingRefused) {
      try bench.draft.rebase(keys, on: catalog.holdings)
    } catch {
      throw look.failure(.notRebased(error, look.span))
    }
    return Set(keys)
  }

  /// Sends a plan, once it is confirmed and nothing of an earlier run stands against it.
  private func perform(
    _ plan: Plan, _ source: PlanSource, _ connection: Connection, _ catalog: Catalog,
    _ leftovers: Leftovers = Leftovers()
  ) async throws(Failure) -> Reply {
    try await refuseOverUnfinishedRuns(connection, plan, leftovers.open)
    guard !plan.isEmpty || !plan.settled.isEmpty else {
      let result = RunResult(outcomes: [], unchanged: plan.unchanged)
      try await closeUndone(plan.purpose)
      try await close(leftovers, takenOverBy: plan, nil)
      look.bench.absorb(result)
      return connection.isDryRun ? [] : [.commit(result)]
    }
    try await confirm(plan, connection)
    var entry: Run.Entry?
    let result = try await execute(plan, connection, catalog) { (changes) async throws(Failure) in
      entry = try await begin(changes + plan.settled.map(\.change), plan.purpose, connection)
      // What staging found already, such as the conflicts of an undo, belongs to the run.
      for (place, outcome) in zip(entry?.places.dropFirst(changes.count) ?? [], plan.settled) {
        entry?.writer.record(outcome, at: place, tries: 0)
      }
      // What is reverted, and what is sent now, must not be sent again by a later resume.
      try await closeUndone(plan.purpose)
      if entry != nil { try await close(leftovers, takenOverBy: plan, entry) }
      return entry
    }
    let outcomes = result.outcomes.suffix(plan.changes.count)
    look.book.noteLeft(zip(entry?.places ?? [], outcomes).filter { !$1.closesIntent }.map(\.0))
    // The result of a dry run is printed once, when the script has ended.
    return connection.isDryRun ? [] : reply(result, of: source, connection)
  }

  // MARK: A plan of a file

  /// Does exactly what a plan says: a webhook that is not as it was when the plan was made is a conflict.
  ///
  /// - Parameter variables: those of the command line, among which are the plan's secrets.
  func apply(_ file: PlanFile, variables: [String: String]) async throws(Failure) -> Reply {
    let (connection, catalog) = try await look.connected()
    guard file.source.profile == connection.profile, file.source.host == connection.host else {
      throw Failure(.script, .planOfOther(file.source, connection, look.span))
    }
    return try await locked(connection) { () async throws(Failure) in
      let earlier = try await journal { (book) async throws(JournalError) in
        try await book.intents(ofRunsWithNote: file.runNote, connection.profile, connection.host)
      }
      do throws(ReadFailure) {
        try await Rereading(catalog).reread(file.keys)
      } catch {
        throw Failure(error, at: look.span)
      }
      let resolution = PlanResolution(file, variables: variables, earlier: earlier) { catalog.holdings.webhook($0) }
      guard resolution.missing.isEmpty else {
        throw look.failure(.secretsMissing(resolution.missing.uniqued(), look.span))
      }
      return try await perform(Plan(resolution.changes, settled: resolution.settled), .file, connection, catalog)
    }
  }

  /// Executes a plan, and takes over what came of it, so that the statements below see it.
  func execute(
    _ plan: Plan, unknown: Set<Int> = [], _ connection: Connection, _ catalog: Catalog,
    _ begin: (_ changes: [Change]) async throws(Failure) -> Run.Entry?
  ) async throws(Failure) -> RunResult {
    // Where nothing is sent, nothing is overwritten. A plan counts what its run will read again.
    let isUnchecked = look.options.conflicts == .overwrite || connection.isDryRun
    let limit: Duration? = isUnchecked ? nil : .seconds(look.options.recheck)
    let run = Run(
      plan: plan, unknown: unknown, sender: connection.client,
      freshness: Freshness(
        catalog, limit: limit, plan.changes,
        isOlder: CreationSearch.isOlder(than: look.book.now, clockOffset: connection.clockOffset)),
      // A plan lists its changes in their order.
      options: Run.Options(jobs: connection.isDryRun ? 1 : look.options.jobs, conflicts: look.options.conflicts),
      report: report, redact: { [redactor = look.redactor] in redactor.redact($0) })
    var result = try await run.execute(begin)
    result.profile = connection.profile
    if case .resume = plan.purpose { look.bench.absorb(resumed: result) } else { look.bench.absorb(result) }
    return result
  }

  private func begin(
    _ changes: [Change], _ purpose: Plan.Purpose, _ connection: Connection
  ) async throws(Failure) -> Run.Entry? {
    do {
      return try await look.book.begin(changes, purpose, connection)
    } catch {
      throw Failure(error, at: look.span)
    }
  }

  func reply(_ result: RunResult, of source: PlanSource, _ connection: Connection) -> Reply {
    let isStaged = look.book.isInteractive && !look.view.plan.isEmpty
    // Where the service turned the first request away, there is nothing to report but that.
    if let error = result.stop?.error, result.problem == nil,
      result.outcomes.allSatisfy({ $0.state == .notAttempted && $0.closesIntent })
    {
      return Reply([], failure: Failure(stoppedBy: error, at: look.span))
    }
    // The command is looked up only where a failure names it: it reads the configuration.
    return Reply(
      [.commit(result)],
      failure: Failure(
        result, of: source, isStaged: isStaged, interruptedBy: effects.interruptionCause(),
        resumeCommand: resumeCommand(connection), at: look.span))
  }

  private func resumeCommand(_ connection: Connection) -> String {
    look.book.finishCommand(profile: connection.profile, host: connection.host)
  }

  // MARK: Before anything is sent

  func locked(
    _ connection: Connection, _ work: @SessionActor () async throws(Failure) -> Reply
  ) async throws(Failure) -> Reply {
    try await look.book.locked(connection, work) { Failure($0, at: look.span) }
  }

  /// Refuses to commit while earlier runs are unfinished. Runs of this session are ignored, unless it would stay unknown at the
  /// prompt the outcome of a webhook, and so is one that is being undone.
  private func refuseOverUnfinishedRuns(
    _ connection: Connection, _ plan: Plan, _ leftovers: [Intent]
  ) async throws(Failure) {
    if look.book.ignoresUnfinished { return }
    let runs = try await journal { (book) async throws(JournalError) in
      var runs = try await book.runsInTheWay(connection.profile, connection.host)
      if case .undo(let number) = plan.purpose { runs.removeAll { $0.number == number } }
      let changes = ChangeIndex(leftovers.isEmpty ? [] : plan.changes)
      let isUnknown = leftovers.contains { $0.mayHaveBeenDone && !changes.covers($0.change) }
      if !book.isInteractive || !isUnknown { runs.removeAll { $0.number == book.runNumber } }
      return runs
    }
    if runs.isEmpty { return }
    if look.book.isInteractive, await ask(.unfinished(runs.map(\.number))) { return }
    throw look.failure(
      .unfinishedRuns(runs, resumeCommand(connection), isInteractive: look.book.isInteractive, look.span))
  }

  /// Asks the journal; what fails is blamed on the statement.
  func journal<Value: Sendable>(
    _ work: @SessionActor (RunBook) async throws(JournalError) -> Value
  ) async throws(Failure) -> Value {
    do {
      return try await work(look.book)
    } catch {
      throw Failure(error, at: look.span)
    }
  }

  /// Closes what the undone run left open.
  private func closeUndone(_ purpose: Plan.Purpose) async throws(Failure) {
    guard case .undo(let number) = purpose, !look.book.isReadOnly else { return }
    try await journal { (book) async throws(JournalError) in
      guard let log = try await book.find(), try await log.run(number).isUnfinished else { return }
      try await log.abandon(number)
    }
  }

  /// Closes what the last run of this session left open and this plan sends, or what it need not send as the service has shown.
  /// At the prompt the rest is given up too once something is sent, unless it may have been done.
  private func close(
    _ leftovers: Leftovers, takenOverBy plan: Plan, _ entry: Run.Entry?
  ) async throws(Failure) {
    let (changes, isOver) = (ChangeIndex(plan.changes), entry != nil && look.book.isInteractive)
    let closed =
      leftovers.superseded + leftovers.open.filter { changes.covers($0.change) || isOver && !$0.mayHaveBeenDone }
    guard let run = closed.first?.run, !look.book.isReadOnly else { return }
    try await journal { (book) async throws(JournalError) in
      guard let log = try await book.find() else { return }
      let own = entry?.writer.number == run ? entry?.writer : nil
      let writer = if let own { own } else { try await log.reopen(run) }
      for intent in closed {
        let outcome = Outcome(intent.change, intent.state, message: Self.leftToNextCommit, closesIntent: true)
        writer.record(outcome, at: intent.index, tries: 0)
      }
      if own != nil { try await writer.flush() } else { _ = try await writer.finish() }
    }
  }

  /// Refuses to delete more webhooks than the session may. Asks before webhooks are deleted, and before a commit with a
  /// protected profile.
  private func confirm(_ plan: Plan, _ connection: Connection) async throws(Failure) {
    if connection.isProtected, !plan.isEmpty {
      guard await ask(.protected(connection.profile, plan)) else {
        throw declined(.notConfirmed("profile \(connection.profile) is protected", look.span))
      }
    }
    let deletions = plan.changes.count(where: \.isDeletion)
    guard deletions > 0 else { return }
    if let most = look.options.mostDeletions, look.bench.deletionCount + deletions > most {
      throw look.failure(.tooManyDeletions(deletions, before: look.bench.deletionCount, most, look.span))
    }
    guard await ask(.deletions(deletions)) else {
      let webhooks = deletions.counting("webhook")
      throw declined(.notConfirmed("the commit deletes \(webhooks)", look.span))
    }
  }

  /// A no at the prompt is not an error; in batch there was no one to ask.
  private func declined(_ diagnostic: Diagnostic) -> Failure {
    look.failure(look.book.isInteractive ? diagnostic.asWarning : diagnostic)
  }
}

// MARK: - Wording

extension CommitContext {
  private static let leftToNextCommit = "left for the next commit"
}

extension Diagnostic {
  fileprivate static func notConfirmed(_ message: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .confirmationNeeded, "\(message): the commit was not confirmed", at: span,
      label: "nothing was sent; in scripts, use `--yes`")
  }

  fileprivate static func tooManyDeletions(_ count: Int, before: Int, _ most: Int, _ span: Span) -> Diagnostic {
    let earlier = before == 0 ? "" : " after \(before) of earlier commits"
    return Diagnostic(
      .tooManyDeletions, "the commit deletes \(count.counting("webhook"))\(earlier), and --max-deletes allows \(most)",
      at: span, label: "nothing of this commit was sent")
  }

  fileprivate static func planOfOther(
    _ source: PlanFile.Source, _ connection: Connection, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      .notAvailable,
      "the plan is for profile \(source.profile) on \(source.host), not for \(connection.profile) on \(connection.host)",
      at: span, label: "nothing was sent; name the profile and the server with `--profile` and `--base-url`")
  }

  fileprivate static func secretsMissing(_ secrets: [String], _ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownVariable,
      "the plan does not contain secrets, and \(secrets.count.counting("value is", "values are")) missing",
      at: span, label: "nothing was sent; give each with `--var-env`, `--var-file` or `--var-command`",
      notes: secrets.prefix(20).map { $0 })
  }

  fileprivate static func unfinishedRuns(
    _ runs: [WhJournal.Run], _ resumeCommand: String, isInteractive: Bool, _ span: Span
  ) -> Diagnostic {
    let each = runs.map {
      "run \($0.number) of \($0.metadata.startedAt) is unfinished: \($0.openCount) of \($0.intentCount) webhooks open"
    }
    return Diagnostic(
      .unfinishedRun, each[0], at: span,
      label: "finish it with `\(resumeCommand)`, abandon it with `wh runs abandon \(runs[0].number)`, or "
        + (isInteractive ? "`commit` and answer yes" : "commit anyway with `--ignore-unfinished`"),
      notes: each.dropFirst() + ["nothing was sent"])
  }
}
