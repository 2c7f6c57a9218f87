import WhDomain
import WhJournal
import WhSession

/// Does a plan that stands for scripts of a folder, and records these in the ledger, as if they had run.
package struct PlannedMigrator: Sendable {
  private let session: Interpreter
  private let runner: any MigrationRunner
  private let steps: MigrationSteps

  package init(session: Interpreter, runner: any MigrationRunner) {
    self.session = session
    self.runner = runner
    steps = MigrationSteps(runner: runner)
  }

  /// Applies a plan. Nothing is recorded of a run that is not finished: the same plan is applied again then.
  ///
  /// - Parameters:
  ///   - migration: what the plan stands for.
  ///   - name: the name of the plan's file.
  ///   - variables: those of the command line, among which are the plan's secrets.
  /// - Returns: the worst that happened; nil when all is well.
  package func apply(
    _ file: PlanFile, _ migration: PlannedMigration, named name: String, variables: [String: String]
  ) async -> Failure.Kind? {
    do throws(MigrationStop) {
      try await steps.session { () async throws(Failure) in try await session.lockForMigration() }
      let (log, profile, host) = try await steps.session { () async throws(Failure) in
        try await session.migrationJournal(isMade: true)
      }
      guard let log else { throw await steps.stop(.noJournal) }
      let ledger = log.ledger(profile: profile, host: host, folder: migration.folder)
      let earlier = try await steps.journal { () async throws(JournalError) in
        try await log.runs(profile: profile, host: host).filter { $0.metadata.note == file.runNote }.map(\.number)
      }
      // The plan of another profile or server is refused below, with its own words.
      if profile == file.source.profile, host == file.source.host {
        let entries = try await steps.journal { () async throws(JournalError) in try await ledger.entries() }
        for step in migration.steps {
          try await check(step, entries.first { $0.name == step.script.name }, earlier, name)
        }
      }
      let failure = await runner.perform { () async throws(Failure) in
        try await session.apply(file, named: name, variables: variables)
      }
      // Where all is as planned already, an earlier run has done it.
      try await record(migration, await session.runNumber() ?? earlier.max(), log, ledger)
      return failure
    } catch {
      return error.kind
    }
  }

  /// Refuses a plan if a script of it was edited, or was applied by anything but a run of this plan.
  private func check(
    _ step: PlannedMigration.Step, _ entry: LedgerEntry?, _ runs: [Int], _ plan: String
  ) async throws(MigrationStop) {
    guard let entry else { return }
    func stop(_ reason: String) async -> MigrationStop {
      await steps.stop(.otherLedger(script: step.script.name, reason, plan: plan))
    }
    if entry.outcome == .baseline { throw await stop("was marked as applied") }
    if entry.sha256 != step.script.sha256, entry.outcome == .applied {
      throw await stop("was applied with another text")
    }
    let apps = Set(step.apps)
    let done = entry.apps.filter { app in
      apps.contains(app.id) && app.outcome == .applied && !(app.run.map(runs.contains) ?? false)
    }
    if !done.isEmpty { throw await stop("was applied to \(done.count.counting("app"))") }
  }

  /// Records what was applied: to each app all of whose webhooks are as the plan has them. Nothing where the plan was refused.
  private func record(
    _ migration: PlannedMigration, _ number: Int?, _ log: any RunLog, _ ledger: any ScriptLedger
  ) async throws(MigrationStop) {
    let results = await session.appResults()
    if results.commits == 0 { return }
    if let number {
      let run = try await steps.journal { () async throws(JournalError) in try await log.run(number) }
      if run.isUnfinished { return await runner.report(.notRecorded) }
    }
    for step in migration.steps {
      let apps = Dictionary(
        step.apps.map { ($0, results.failed.contains($0) ? LedgerEntry.Outcome.failed : .applied) },
        uniquingKeysWith: { $1 })
      let isDone = apps.values.allSatisfy { $0 == .applied }
      try await steps.journal { () async throws(JournalError) in
        try await ledger.record(step.script, isDone ? .applied : .failed, run: number, apps: apps)
      }
      await runner.report(.recorded(script: step.script.name, apps: apps.values.count { $0 == .applied }))
    }
  }
}
