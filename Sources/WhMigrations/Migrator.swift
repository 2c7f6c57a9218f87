import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// Applies the scripts of a folder in order, each once to each app, and keeps a ledger of it.
package struct Migrator: Sendable {
  private typealias Place = LedgerDesk.Place
  private typealias Established = LedgerDesk.Established

  private let folder: MigrationFolder
  private let session: Interpreter
  private let scripts: [BoundScript]
  private let scope: Scope
  private let runner: any MigrationRunner
  private let steps: MigrationSteps
  private let desk: LedgerDesk

  /// - Parameters:
  ///   - binder: reads the scripts, now.
  ///   - scope: what each of them is read with.
  ///   - identify: writes the file of the folder's identity; of the one that is handed in, else of a new one.
  package init(
    _ folder: MigrationFolder, session: Interpreter, binder: Binder, scope: Scope, runner: any MigrationRunner,
    identify: @escaping @Sendable (FolderIdentity?) throws(FileProblem) -> FolderIdentity
  ) {
    self.folder = folder
    self.session = session
    scripts = folder.sources.map { BoundScript($0, binder, in: scope) }
    self.scope = scope
    self.runner = runner
    steps = MigrationSteps(runner: runner)
    desk = LedgerDesk(folder: folder, scripts: scripts, session: session, steps: steps, identify: identify)
  }

  /// What was read for a plan: its scripts, and those that they include.
  package func sources(of planned: PlannedMigration) -> [Source] {
    let names = Set(planned.steps.map(\.script.name))
    return scripts.filter { names.contains($0.name) }.flatMap { [$0.source] + $0.inclusions }
  }

  // MARK: What is asked for

  /// Shows where each script stands, also where the apps of some can't be told.
  package func status() async -> MigrationResult {
    await perform { () async throws(MigrationStop) in
      let plan = try await self.desk.plan(try await self.desk.place(isMade: false))
      var rows: [MigrationRow] = []
      var worst: Failure.Kind?
      for step in plan.steps {
        await self.note(step)
        var waiting: Int?
        // A script whose selection fails says nothing about the others; a server that fails would fail for all of them.
        if worst ?? .failed == .failed {
          do throws(MigrationStop) {
            waiting = try await self.waitingApps(step).count
          } catch {
            worst = max(worst ?? error.kind, error.kind)
          }
        }
        rows.append(MigrationRow(step.status, waiting: waiting))
      }
      rows += plan.vanished.map { MigrationRow($0, waiting: 0) }
      await self.runner.report(.status(rows))
      if let worst { throw MigrationStop(kind: worst) }
      return MigrationResult(
        isPending: rows.contains(where: \.isPending), isContradicted: !plan.contradictions.isEmpty)
    }
  }

  /// Runs what is pending, up to a script, and stops at the first failure.
  package func up(to last: String?) async -> MigrationResult {
    await perform { () async throws(MigrationStop) in
      let place = try await self.desk.place(isMade: true)
      let plan = try await self.desk.soundPlan(place)
      let end = try await self.end(of: plan, last)
      try await self.steps.session { () async throws(Failure) in try await self.session.lockForMigration() }
      let established = try await self.desk.establish(place, plan)
      let sound = try await self.desk.soundPlan(place)
      try await self.desk.refuseUnrecorded(sound, place)
      try await self.takeOver(established, place)
      var count = 0
      for step in try await self.desk.soundPlan(place).steps[..<end] {
        if try await self.apply(step, established) { count += 1 }
      }
      if count == 0 { await self.runner.report(.nothingPending) }
      return MigrationResult()
    }
  }

  /// Runs what `up` would run on what the service holds, and writes nothing. The session is to be one that sends nothing.
  ///
  /// - Returns: as pending whether there is something to run.
  package func dryRun(to last: String?) async -> MigrationResult {
    await perform { () async throws(MigrationStop) in
      MigrationResult(isPending: !(try await self.rehearse(at: try await self.desk.place(isMade: false), last)).isEmpty)
    }
  }

  /// The same, for a plan that is kept: the ledger is to know the folder when the plan is applied, so that one without an
  /// identity gets it.
  ///
  /// - Returns: what the plan stands for.
  package func keptDryRun(to last: String?) async -> MigrationResult {
    await perform { () async throws(MigrationStop) in
      let place = try await self.desk.place(isMade: false)
      let steps = try await self.rehearse(at: place, last)
      let identity = try await self.desk.identity(at: place)
      return MigrationResult(
        isPending: !steps.isEmpty, planned: PlannedMigration(folder: identity.id, steps: steps))
    }
  }

  /// Runs what is pending, where nothing is sent.
  ///
  /// - Returns: what was run.
  private func rehearse(
    at place: Place, _ last: String?
  ) async throws(MigrationStop) -> [PlannedMigration.Step] {
    let plan = try await desk.soundPlan(place)
    try await desk.refuseUnrecorded(plan, place)
    var run: [PlannedMigration.Step] = []
    for step in plan.steps[..<(try await end(of: plan, last))] {
      guard let outcome = try await self.run(step) else { continue }
      if let kind = outcome.kind { throw MigrationStop(kind: kind) }
      let apps = outcome.work == .look ? [] : await session.appResults().selected.sorted { $0.text < $1.text }
      run.append(PlannedMigration.Step(script: step.script.script, apps: apps))
    }
    if run.isEmpty { await runner.report(.nothingPending) }
    return run
  }

  /// Runs the `expect` statements of all scripts that were applied, and sends nothing.
  package func verify() async -> MigrationResult {
    await perform { () async throws(MigrationStop) in
      let known = try await self.desk.plan(try await self.desk.place(isMade: false)).known
      guard !known.isEmpty else { throw await self.steps.stop(.nothingApplied(folder: self.folder.path)) }
      guard known.contains(where: { $0.script.expectationCount > 0 }) else {
        throw await self.steps.stop(.nothingExpected(folder: self.folder.path, count: known.count))
      }
      var worst: Failure.Kind?
      var checks = 0
      for step in known {
        guard step.script.expectationCount > 0 else {
          await self.runner.report(.expectsNothing(script: step.script.name))
          continue
        }
        await self.startOver(step, excluding: [])
        let failure = await self.runner.run(script: step.script.harmless)
        await self.runner.report(.verified(script: step.script.name, isAsExpected: failure == nil))
        checks += await self.session.appResults().checks
        if let failure { worst = max(worst ?? failure, failure) }
      }
      if worst == nil, checks == 0 { throw await self.steps.stop(.nothingChecked(folder: self.folder.path)) }
      if let worst { throw MigrationStop(kind: worst) }
      return MigrationResult()
    }
  }

  /// Takes the scripts up to one for applied, without running them.
  package func baseline(through name: String) async -> MigrationResult {
    await perform { () async throws(MigrationStop) in
      let place = try await self.desk.place(isMade: true)
      let plan = try await self.desk.plan(place)
      let end = try await self.end(of: plan, name)
      let established = try await self.desk.establish(place, plan)
      try await self.steps.journal { () async throws(JournalError) in
        try await established.ledger.baseline(plan.steps[..<end].map(\.script.script))
      }
      await self.runner.report(.baselined(count: end))
      return MigrationResult()
    }
  }

  /// Where to stop: after a script that is named, or after all of them.
  private func end(of plan: MigrationPlan, _ name: String?) async throws(MigrationStop) -> Int {
    guard let name else { return plan.steps.count }
    guard let place = plan.place(of: name) else {
      throw await steps.stop(.unknownScript(name, folder: folder.path))
    }
    return place + 1
  }

  // MARK: Applying

  /// Runs a script for the apps that it was not applied to yet.
  ///
  /// - Returns: false when there was nothing to do.
  private func apply(_ step: MigrationPlan.Step, _ established: Established) async throws(MigrationStop) -> Bool {
    guard let run = try await run(step, as: established.identity) else { return false }
    try await record(step, run, established.ledger)
    if let kind = run.kind { throw MigrationStop(kind: kind) }
    return true
  }

  /// The outcome of a script that was run.
  private struct Outcome {
    let work: MigrationPlan.Work
    /// Nil when all is well.
    let kind: Failure.Kind?
  }

  /// Runs what is left of a script; nil when there is nothing to do.
  private func run(
    _ step: MigrationPlan.Step, as identity: FolderIdentity? = nil
  ) async throws(MigrationStop) -> Outcome? {
    let work = step.work(waiting: try await waitingApps(step))
    let name = step.script.name
    switch work {
    case .nothing: return nil
    case .apply:
      await note(step)
      await runner.report(.applying(script: name))
    case .catchUp, .look: await runner.report(.catchingUp(script: name))
    }
    await startOver(step, excluding: work == .look ? [] : step.appliedApps, as: identity)
    return Outcome(
      work: work, kind: await runner.run(script: work == .look ? step.script.harmless : step.script.statements))
  }

  private func note(_ step: MigrationPlan.Step) async {
    if let last = step.overtakenBy { await runner.report(.outOfOrder(script: step.script.name, overtakenBy: last)) }
  }

  private func record(
    _ step: MigrationPlan.Step, _ run: Outcome, _ ledger: any ScriptLedger
  ) async throws(MigrationStop) {
    let results = await session.appResults()
    let number = await session.runNumber()
    var apps: [AppID: LedgerEntry.Outcome] = [:]
    if run.work != .look {
      let commits = step.script.commitCount
      let isThrough = run.kind == nil || commits > 0 && results.commits >= commits
      for app in results.selected { apps[app] = isThrough && !results.failed.contains(app) ? .applied : .failed }
    }
    try await steps.journal { [apps] () async throws(JournalError) in
      try await ledger.record(
        step.script.script, run.kind == nil ? .applied : .failed, run: number ?? step.entry?.run, apps: apps)
    }
  }

  /// Takes over what an earlier `up` did and could not write into the ledger, because it was killed: first its run is
  /// finished, then the apps in it count as done.
  private func takeOver(_ established: Established, _ place: Place) async throws(MigrationStop) {
    let log = established.log
    let runs = try await steps.journal { () async throws(JournalError) in
      try await log.runs(profile: place.profile, host: place.host, limit: 200)
    }
    let shard = session.shard
    let known = try await desk.plan(place).steps.reversed().filter { $0.script.commitCount == 1 }
    for (step, run) in known.flatMap({ step in
      runs.reversed().filter { step.isLeft($0, by: established.identity) }.map { (step, $0) }
    }) {
      let intents = try await steps.journal { () async throws(JournalError) in try await log.allIntents(of: run.number)
      }
      // What belongs to another share is left to that.
      guard intents.allSatisfy({ shard?.contains($0.change.app.id) ?? true }) else { continue }
      if run.isUnfinished {
        await runner.report(.finishing(script: step.script.name, run: run.number))
        let failure = await runner.perform { () async throws(Failure) in try await self.session.resume(run.number) }
        if let failure, failure != .failed { throw MigrationStop(kind: failure) }
      }
      try await steps.journal { () async throws(JournalError) in
        var apps: [AppID: LedgerEntry.Outcome] = [:]
        for intent in try await log.allIntents(of: run.number) {
          let app = intent.change.app.id
          apps[app] = intent.state.isFine && apps[app] != .failed ? .applied : .failed
        }
        try await established.ledger.record(step.script.script, .failed, run: run.number, apps: apps)
      }
    }
  }

  /// The apps that a script is for and was not applied to. Only its selection of apps is run.
  private func waitingApps(_ step: MigrationPlan.Step) async throws(MigrationStop) -> Set<AppID> {
    if case .baseline = step.status.state { return [] }
    await startOver(step, excluding: step.appliedApps)
    for statement in step.script.appChoices {
      try await self.steps.session { () async throws(Failure) in _ = try await self.session.execute(statement) }
    }
    return await session.appResults().selected
  }

  private func startOver(
    _ step: MigrationPlan.Step, excluding apps: Set<AppID>, as identity: FolderIdentity? = nil
  ) async {
    await session.startOver(
      script: step.script.source.name, sha256: step.script.script.sha256, note: identity?.runNote, scope: scope,
      excluding: apps)
  }

  // MARK: Errors

  /// Does work with scripts that can run.
  private func perform(
    _ work: @Sendable () async throws(MigrationStop) -> MigrationResult
  ) async -> MigrationResult {
    for diagnostic in scripts.flatMap(\.diagnostics) where diagnostic.severity == .error {
      await runner.report(.diagnostic(diagnostic))
    }
    guard !scripts.contains(where: \.hasErrors) else { return MigrationResult(failure: .script) }
    for name in unusedVariables { await runner.report(.unusedVariable(name)) }
    do {
      return try await work()
    } catch {
      return MigrationResult(failure: error.kind)
    }
  }

  /// The variables of the command line that no script uses, in order.
  private var unusedVariables: [String] {
    scope.unused.filter { name in scripts.allSatisfy { $0.unused.contains(name) } }
  }
}

extension MigrationPlan.Step {
  /// True for a run of this script which is not in the ledger, or whose end is not.
  fileprivate func isLeft(_ run: WhJournal.Run, by identity: FolderIdentity) -> Bool {
    let metadata = run.metadata
    // Version 0.1.0 wrote no note, and knew a folder by its path.
    let isOurs =
      metadata.note.map { $0 == identity.runNote && metadata.script.map(FilePath.name(of:)) == script.name }
      ?? (metadata.script == script.source.name)
    // Another machine is at its share of the script.
    guard isOurs, !run.isOthers, [script.script.sha256, script.formerHash].contains(metadata.scriptSHA256),
      run.undoneBy == nil,
      run.state != .abandoned
    else { return false }
    let known = ([entry?.run] + (entry?.apps ?? []).map(\.run)).compactMap(\.self).max() ?? 0
    return run.isUnfinished || run.number > known
  }
}

extension FolderIdentity {
  /// What the journal keeps with each run of the folder's scripts.
  fileprivate var runNote: String { "migration \(id)" }
}
