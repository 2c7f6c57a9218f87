import WhDomain
import WhJournal
import WhSession
import WhSyntax

/// What the ledger says of a folder of scripts, at the place where the session's connection has it.
struct LedgerDesk: Sendable {
  /// The journal, with the profile and the server that a ledger is of.
  struct Place {
    /// Nil where there is no journal yet.
    let log: (any RunLog)?
    let profile: String
    let host: String
  }

  /// The ledger of a folder that has its identity.
  struct Established {
    let log: any RunLog
    let ledger: any ScriptLedger
    let identity: FolderIdentity
  }

  let folder: MigrationFolder
  let scripts: [BoundScript]
  let session: Interpreter
  let steps: MigrationSteps
  /// Writes the file of the folder's identity; of the one that is handed in, else of a new one.
  let identify: @Sendable (FolderIdentity?) throws(FileProblem) -> FolderIdentity

  /// - Parameter isMade: true to create a missing journal.
  func place(isMade: Bool) async throws(MigrationStop) -> Place {
    let (log, profile, host) = try await steps.session { () async throws(Failure) in
      try await self.session.migrationJournal(isMade: isMade)
    }
    return Place(log: log, profile: profile, host: host)
  }

  /// Nil where there is no journal yet.
  private func ledger(_ place: Place, _ scripts: [BoundScript]) -> FolderLedger? {
    place.log.map { FolderLedger($0, profile: place.profile, host: place.host, folder, scripts) }
  }

  /// Holds the scripts against the ledger.
  func plan(_ place: Place) async throws(MigrationStop) -> MigrationPlan {
    let ledger = ledger(place, scripts)
    let entries = try await steps.journal { () async throws(JournalError) in try await ledger?.entries() ?? [] }
    return MigrationPlan(scripts, entries)
  }

  /// The same, refused where the folder contradicts the ledger.
  func soundPlan(_ place: Place) async throws(MigrationStop) -> MigrationPlan {
    let plan = try await plan(place)
    let sources = Dictionary(plan.steps.map { ($0.script.name, $0.script.source) }, uniquingKeysWith: { $1 })
    for status in plan.contradictions {
      switch (status.state, sources[status.name]) {
      case (.edited(let entry, let found), let source?):
        await steps.report(.edited(script: source, name: status.name, recorded: entry.sha256, found: found))
      case (.vanished(let entry), _):
        await steps.report(.vanished(script: status.name, recorded: entry.sha256, folder: folder.path))
      default: continue
      }
    }
    guard plan.contradictions.isEmpty else { throw MigrationStop(kind: .failed) }
    return plan
  }

  /// Refuses to run scripts whose changes the run of a kept plan may have made, where the ledger does not say so yet.
  func refuseUnrecorded(_ plan: MigrationPlan, _ place: Place) async throws(MigrationStop) {
    guard let log = place.log, let ledger = ledger(place, scripts) else { return }
    let run = try await steps.journal { () async throws(JournalError) -> WhJournal.Run? in
      guard let identity = try await ledger.identity() else { return nil }
      let last = plan.lastRun
      return try await log.runs(profile: place.profile, host: place.host, limit: 200).first { run in
        PlannedMigration.isRun(of: identity.id, note: run.metadata.note) && run.undoneBy == nil
          && run.state != .abandoned && (run.isUnfinished || run.number > last)
      }
    }
    if let run { throw await steps.stop(.unrecorded(run, folder: folder.path)) }
  }

  /// Gives the folder an identity, where it has none, and its ledger what was known of it before.
  func establish(_ place: Place, _ plan: MigrationPlan) async throws(MigrationStop) -> Established {
    guard let log = place.log, let ledger = ledger(place, plan.steps.map(\.script)) else {
      throw await steps.stop(.noJournal)
    }
    let identity = try await identity(at: place)
    return Established(
      log: log,
      ledger: try await steps.journal { () async throws(JournalError) in try await ledger.establish(identity) },
      identity: identity)
  }

  /// The folder's identity; one that has none gets the one that it had here, or a new one.
  func identity(at place: Place) async throws(MigrationStop) -> FolderIdentity {
    if let identity = folder.identity { return identity }
    let ledger = ledger(place, scripts)
    let known = try await steps.journal { () async throws(JournalError) in try await ledger?.identity() }
    let file = folder.path + "/" + FolderIdentity.fileName
    do {
      let identity = try identify(known)
      await steps.runner.report(.identified(file: file))
      return identity
    } catch {
      throw await steps.stop(.unwritable(file: file, error))
    }
  }
}
