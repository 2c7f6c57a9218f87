import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// Applies the scripts of a folder in order, each once to each app, and keeps a ledger of it.
package struct Migrator: Sendable {
  private let folder: MigrationFolder
  private let session: Interpreter
  private let binder: Binder
  private let scope: Scope
  private let runner: any MigrationRunner

  package init(
    _ folder: MigrationFolder, session: Interpreter, binder: Binder, scope: Scope, runner: any MigrationRunner
  ) {
    self.folder = folder
    self.session = session
    self.binder = binder
    self.scope = scope
    self.runner = runner
  }

  /// One script of the folder: what it is, where it stands, and its statements.
  private struct Item {
    let source: Source
    let script: MigrationScript
    let status: MigrationStatus
    let statements: [Statement]

    var entry: LedgerEntry? {
      switch status.state {
      case .applied(let entry), .failed(let entry), .baseline(let entry), .edited(let entry, _), .vanished(let entry):
        entry
      case .pending: nil
      }
    }

    var appliedApps: Set<AppID> { Set((entry?.apps ?? []).filter { $0.outcome == .applied }.map(\.id)) }

    var commitCount: Int { statements.count { $0.command.work.kind == .commits } }
  }

  // MARK: What is asked for

  /// Shows where each script stands.
  ///
  /// - Returns: the result, and true while any script is pending, for all apps or for some.
  package func status() async -> (failure: Failure.Kind?, isPending: Bool) {
    await perform { ledger throws(MigrationStop) in
      let items = try await self.items(ledger)
      var rows: [MigrationRow] = []
      for item in items {
        let waiting = try await self.waitingApps(item)
        rows.append(MigrationRow(item.status, waiting: waiting.count))
      }
      rows += try await self.vanished(ledger).map { MigrationRow($0, waiting: 0) }
      await self.runner.report(.status(rows))
      return rows.contains(where: \.isPending)
    }
  }

  /// Runs what is pending, up to a script, and stops at the first failure.
  package func up(to last: String?) async -> Failure.Kind? {
    await perform { ledger throws(MigrationStop) in
      if let last { _ = try await self.place(of: last) }
      try await self.refuseContradictions(ledger)
      try await self.step { () async throws(Failure) in try await self.session.lockForMigration() }
      try await self.takeOver(ledger)
      var count = 0
      for item in try await self.items(ledger) {
        if try await self.apply(item, ledger) { count += 1 }
        if item.script.name == last { break }
      }
      if count == 0 { await self.runner.report(.nothingPending) }
      return false
    }.failure
  }

  /// Runs the `expect` statements of all scripts that were applied, and sends nothing.
  package func verify() async -> Failure.Kind? {
    await perform { ledger throws(MigrationStop) in
      var worst: Failure.Kind?
      for item in try await self.items(ledger) where item.entry != nil {
        await self.startOver(item, excluding: [])
        let failure = await self.runner.run(item.statements.compactMap(\.withoutWrites))
        await self.runner.report(.verified(script: item.script.name, isAsExpected: failure == nil))
        if let failure { worst = max(worst ?? failure, failure) }
      }
      if let worst { throw MigrationStop(kind: worst) }
      return false
    }.failure
  }

  /// Takes the scripts up to one for applied, without running them.
  package func baseline(through name: String) async -> Failure.Kind? {
    await perform { ledger throws(MigrationStop) in
      let last = try await self.place(of: name)
      try await self.journal { () async throws(JournalError) in
        try await ledger.baseline(Array(self.folder.scripts[...last]))
      }
      await self.runner.report(.baselined(count: last + 1))
      return false
    }.failure
  }

  /// Where a script that is named stands in the order.
  private func place(of name: String) async throws(MigrationStop) -> Int {
    guard let place = folder.scripts.firstIndex(where: { $0.name == name }) else {
      throw await stop(.unknownScript(name, folder: folder.path))
    }
    return place
  }

  // MARK: Applying

  /// Runs a script for the apps that it was not applied to yet.
  ///
  /// - Returns: false when there was nothing to do.
  private func apply(_ item: Item, _ ledger: any ScriptLedger) async throws(MigrationStop) -> Bool {
    if case .baseline = item.status.state { return false }
    let waiting = try await waitingApps(item)
    if case .applied = item.status.state, waiting.isEmpty { return false }
    let isNew = item.entry == nil
    await runner.report(isNew ? .applying(script: item.script.name) : .catchingUp(script: item.script.name))
    let isDone = !isNew && waiting.isEmpty
    await startOver(item, excluding: isDone ? [] : item.appliedApps)
    // Of a script that was done everywhere and failed at what it expects, only that is left to be seen.
    let failure = await runner.run(isDone ? item.statements.compactMap(\.withoutWrites) : item.statements)
    try await record(item, failure, isDone, ledger)
    if let failure { throw MigrationStop(kind: failure) }
    return true
  }

  private func record(_ item: Item, _ failure: Failure.Kind?, _ isDone: Bool, _ ledger: any ScriptLedger)
    async throws(MigrationStop)
  {
    let record = await session.record()
    let run = await session.runNumber()
    var apps: [AppID: LedgerEntry.Outcome] = [:]
    if !isDone {
      let isThrough = failure == nil || item.commitCount > 0 && record.commits >= item.commitCount
      for app in record.chosen { apps[app] = isThrough && !record.failed.contains(app) ? .applied : .failed }
    }
    let outcome: LedgerEntry.Outcome = failure == nil ? .applied : .failed
    try await journal { [apps] () async throws(JournalError) in
      try await ledger.record(item.script, outcome, run: run ?? item.entry?.run, apps: apps)
    }
  }

  /// Takes over what an earlier `up` did and could not write into the ledger, because it was killed: first its run is
  /// finished, then the apps in it count as done.
  private func takeOver(_ ledger: any ScriptLedger) async throws(MigrationStop) {
    let (log, profile, host) = try await step { () async throws(Failure) in
      try await self.session.migrationJournal()
    }
    let items = try await items(ledger)
    for item in items.reversed() where item.commitCount == 1 {
      let runs = try await self.journal { () async throws(JournalError) in
        try await log.runs(profile: profile, host: host, limit: 200)
      }
      let known = Set([item.entry?.run].compactMap(\.self) + (item.entry?.apps ?? []).compactMap(\.run))
      let run = runs.first { run in
        run.metadata.script == item.source.name && run.metadata.scriptSHA256 == item.script.sha256
          && run.undoneBy == nil && run.state != .abandoned && (run.isUnfinished || !known.contains(run.number))
      }
      guard let run else { continue }
      if run.isUnfinished {
        await runner.report(.finishing(script: item.script.name, run: run.number))
        let failure = await runner.perform { () async throws(Failure) in try await self.session.resume(run.number) }
        if let failure, failure != .failed { throw MigrationStop(kind: failure) }
      }
      let intents = try await self.journal { () async throws(JournalError) in
        try await log.intents(of: run.number, .all, from: 0, limit: .max)
      }
      var apps: [AppID: LedgerEntry.Outcome] = [:]
      for intent in intents {
        let isFine = intent.state.isFine
        let app = intent.change.app.id
        apps[app] = isFine && apps[app] != .failed ? .applied : .failed
      }
      try await self.journal { [apps] () async throws(JournalError) in
        try await ledger.record(item.script, .failed, run: run.number, apps: apps)
      }
    }
  }

  /// The apps that a script is for and was not applied to. Only its choice of apps is run.
  private func waitingApps(_ item: Item) async throws(MigrationStop) -> Set<AppID> {
    if case .baseline = item.status.state { return [] }
    await startOver(item, excluding: item.appliedApps)
    // TEMP
    for statement in item.statements
    where statement.command.work.kind == .chooses && !(statement.command is ChooseWebhooks) {
      try await step { () async throws(Failure) in _ = try await self.session.execute(statement) }
    }
    return await session.record().chosen
  }

  private func startOver(_ item: Item, excluding apps: Set<AppID>) async {
    await session.startOver(script: item.source.name, sha256: item.script.sha256, scope: scope, excluding: apps)
  }

  // MARK: The folder and the ledger

  private func items(_ ledger: any ScriptLedger) async throws(MigrationStop) -> [Item] {
    let statuses = try await statuses(ledger)
    var items: [Item] = []
    var hasErrors = false
    for source in folder.sources {
      let script = binder.bind(source, in: scope)
      for diagnostic in script.diagnostics where diagnostic.severity == .error {
        await runner.report(.diagnostic(diagnostic))
      }
      hasErrors = hasErrors || script.hasErrors
      let identity = folder.script(source)
      guard let status = statuses.first(where: { $0.name == identity.name }) else { continue }
      items.append(Item(source: source, script: identity, status: status, statements: script.statements))
    }
    if hasErrors { throw MigrationStop(kind: .script) }
    return items
  }

  private func statuses(_ ledger: any ScriptLedger) async throws(MigrationStop) -> [MigrationStatus] {
    try await journal { () async throws(JournalError) in try await ledger.statuses(of: self.folder.scripts) }
  }

  private func vanished(_ ledger: any ScriptLedger) async throws(MigrationStop) -> [MigrationStatus] {
    try await statuses(ledger).filter { if case .vanished = $0.state { true } else { false } }
  }

  private func refuseContradictions(_ ledger: any ScriptLedger) async throws(MigrationStop) {
    let refused = try await statuses(ledger).filter(\.isRefused)
    for status in refused {
      switch status.state {
      case .edited(let entry, let found):
        await runner.report(.problem(.edited(script: status.name, recorded: entry.sha256, found: found)))
      case .vanished(let entry):
        await runner.report(
          .problem(.vanished(script: status.name, recorded: entry.sha256, folder: folder.path)))
      case .pending, .applied, .baseline, .failed: continue
      }
    }
    if !refused.isEmpty { throw await stop(.contradictions) }
  }

  // MARK: Errors

  private func perform(
    _ work: @Sendable (any ScriptLedger) async throws(MigrationStop) -> Bool
  ) async -> (failure: Failure.Kind?, isPending: Bool) {
    do {
      let (log, profile, host) = try await step { () async throws(Failure) in
        try await self.session.migrationJournal()
      }
      let ledger = log.ledger(profile: profile, host: host, folder: folder.identity)
      return (nil, try await work(ledger))
    } catch {
      return (error.kind, false)
    }
  }

  private func step<Value: Sendable>(
    _ work: @Sendable () async throws(Failure) -> Value
  ) async throws(MigrationStop) -> Value {
    do {
      return try await work()
    } catch {
      await runner.report(.diagnostic(error.diagnostic))
      throw MigrationStop(kind: error.kind)
    }
  }

  private func journal<Value: Sendable>(
    _ work: @Sendable () async throws(JournalError) -> Value
  ) async throws(MigrationStop) -> Value {
    do {
      return try await work()
    } catch {
      throw await stop(.journal(error))
    }
  }

  private func stop(_ problem: MigrationProblem) async -> MigrationStop {
    await runner.report(.problem(problem))
    return MigrationStop(kind: .failed)
  }
}

/// The end of a migration before its time; what is wrong was said.
private struct MigrationStop: Error {
  let kind: Failure.Kind
}

extension Statement {
  /// The statement as far as it changes nothing; nil for one that would change something, also a file or by a command.
  fileprivate var withoutWrites: Statement? {
    if let printing, !printing.isOnScreen { return nil }
    return command.harmless.map { Statement($0, span, origin) }
  }
}
