import WhDomain
import WhJournal
import WhSyntax

/// What a statement has that stages something else than an edit, or drops what is staged.
@SessionActor package struct StageContext {
  let look: LookContext
  /// This machine's share of the apps; nil for all of them.
  let shard: Shard?

  func stage(creations: [Change]) {
    // A value for each app may make a secret of what is none in the script.
    for change in creations { look.redactor.learn(secretsOf: change.action) }
    look.bench.draft.stage(creations: creations)
  }

  func stageDeletion(of keys: [WebhookKey]) {
    look.bench.draft.stageDeletion(look.origin, of: keys, of: look.view.holdings)
  }

  /// Drops what is staged on some webhooks.
  ///
  /// - Returns: of how many.
  func unstage(_ keys: [WebhookKey]) -> Int {
    let staged = keys.filter { look.bench.draft.staged[$0] != nil }
    look.bench.draft.unstage(staged)
    return staged.count
  }

  /// Drops what one statement staged, on all webhooks.
  func unstage(_ origin: Origin) throws(Failure) {
    var draft = look.bench.draft
    do throws(StagingRefused) {
      try draft.unstage(origin, in: look.view.holdings)
    } catch {
      throw look.failure(.notRebased(error, look.span))
    }
    look.bench.draft = draft
  }

  /// Discards all staged changes.
  ///
  /// - Returns: how many changes that were.
  func rollback() -> Int {
    let count = look.bench.draft.changeCount
    look.bench.draft.rollback()
    return count
  }

  /// Stages edits that revert a run, based on the current state of the service. What can't be reverted is a conflict.
  ///
  /// - Parameters:
  ///   - number: the run; nil for the newest one that changed something.
  ///   - part: which of its webhooks; nil for all of them.
  /// - Returns: the run, and notes.
  func stageUndo(of number: Int?, where part: Predicate?) async throws(Failure) -> (run: Int, notes: [String]) {
    let connection = try await look.connected().connection
    let run: WhJournal.Run
    let reversals: [Reversal]
    let recreated: [Recreation: Int]
    do {
      guard let log = try await look.book.find() else { throw look.failure(.nothingToUndo(look.span)) }
      run = try await find(number, in: log, connection)
      // An undo closes what the run left open, and a part of one must not.
      if part != nil, run.openCount > 0 {
        throw look.failure(.partOfUnfinishedRun(run.number, finishCommand(run, connection), look.span))
      }
      let all = try await log.intents(of: run.number, .all, from: 0, limit: .max)
      let mine = all.filter { shard?.contains($0.change.app.id) ?? true }
      look.redactor.learn(secretsOf: mine)
      reversals = Inverse.reversals(of: mine, isMasked: \.isMasked)
      recreated = try await recreations(by: run.undoneBy, in: log)
    } catch let error as JournalError {
      throw Failure(error, at: look.span)
    } catch {
      throw error as? Failure ?? look.failure(.nothingToUndo(look.span))
    }
    _ = try await look.reading { (catalog) async throws(ReadFailure) in
      try await Rereading(catalog).reread(reversals.compactMap(\.key).uniqued())
    }
    var staging = UndoStaging(look.view.holdings, look.origin, recreated: recreated)
    if part?.needsAppDetails ?? false {
      try await look.requireDetails(of: reversals.compactMap(\.key))
    }
    for reversal in reversals where part.map({ isIn($0, reversal) }) ?? true { staging.add(reversal) }
    var draft = look.bench.draft
    try staging.stage(in: &draft, look.span)
    draft.stageUndo(of: run.number, besides: staging.conflicts)
    look.bench.draft = draft
    return (run.number, staging.notes)
  }

  private func finishCommand(_ run: WhJournal.Run, _ connection: Connection) -> String {
    look.book.finishCommand(
      run: run.abandonedAt == nil ? nil : run.number, profile: connection.profile, host: connection.host)
  }

  /// Whether a predicate holds for the webhook of a reversal, as it is now or else as the run knew it.
  private func isIn(_ part: Predicate, _ reversal: Reversal) -> Bool {
    let current = reversal.key.flatMap { look.view.holdings.webhook($0) } ?? reversal.reference
    return part.holds(for: look.view.app(reversal.app.id), current)
  }

  /// How often an earlier undo of the run, which stands, created each webhook again.
  private func recreations(by undo: Int?, in log: any RunLog) async throws(JournalError) -> [Recreation: Int] {
    guard let undo, try await log.run(undo).undoneBy == nil else { return [:] }
    var counts: [Recreation: Int] = [:]
    for intent in try await log.intents(of: undo, .all, from: 0, limit: .max) where intent.mayHaveBeenDone {
      if let recreation = Recreation(intent.change) { counts[recreation, default: 0] += 1 }
    }
    return counts
  }

  /// The run that is named, or the newest one that changed something.
  private func find(_ number: Int?, in log: any RunLog, _ connection: Connection) async throws -> WhJournal.Run {
    if let number {
      let run = try await log.run(number)
      guard run.metadata.profile == connection.profile, run.metadata.host == connection.host else {
        throw look.failure(.runOfOtherProfile(run, look.span))
      }
      return run
    }
    let runs = try await log.runs(profile: connection.profile, host: connection.host, limit: 100)
    guard let run = runs.first(where: { $0.mayHaveChangedSomething }) else {
      throw look.failure(.nothingToUndo(look.span))
    }
    return run
  }
}

/// A webhook that an undo creates again. Its id is the service's choice, so that it is known by its app and its content.
private struct Recreation: Hashable {
  private let app: AppID
  private let action: Change.Action

  /// Nil for all but creations.
  init?(_ change: Change) {
    guard change.isCreation else { return nil }
    app = change.app.id
    action = change.action
  }
}

/// What an undo stages, gathered before any of it is staged.
private struct UndoStaging {
  private let holdings: Holdings
  private let origin: Origin
  private var changes: [Change] = []
  private(set) var conflicts: [Outcome] = []
  private(set) var notes: [String] = []
  /// The creations that an earlier undo made already.
  private var recreated: [Recreation: Int]

  init(_ holdings: Holdings, _ origin: Origin, recreated: [Recreation: Int]) {
    self.recreated = recreated
    self.holdings = holdings
    self.origin = origin
  }

  mutating func add(_ reversal: Reversal) {
    let current = reversal.key.flatMap { holdings.webhook($0) }
    let subject = "\(reversal.app.title)/\(reversal.webhookID?.text ?? "(unknown)")"
    switch reversal.inversion(of: current, origins: [origin]) {
    case .nothing: return
    case .change(let change):
      if let recreation = Recreation(change), let count = recreated[recreation], count > 0 {
        recreated[recreation] = count - 1
        notes.append("\(subject) was created again already")
        return
      }
      changes.append(change)
      if change.isCreation { notes.append("\(subject) will be created again with a new id") }
    case .gone: refuse(reversal, current, subject, "deleted by others since the run")
    case .impossible(let reason): refuse(reversal, current, subject, "can't be reverted: \(reason)")
    case .conflict(let fields):
      let names = fields.map(\.rawValue).joined(separator: " and ")
      refuse(reversal, current, subject, "\(names) changed by others since the run")
    }
  }

  private mutating func refuse(_ reversal: Reversal, _ current: Webhook?, _ subject: String, _ message: String) {
    notes.append("\(subject): \(message)")
    let seen = current ?? reversal.reference
    let change = Change(
      app: reversal.app, webhookID: seen.id, action: reversal.refusedAction(on: seen), origins: [origin])
    conflicts.append(Outcome(change, .conflict, message: message, answer: current))
  }

  func stage(in draft: inout Draft, _ span: Span) throws(Failure) {
    for change in changes {
      switch change.action {
      case .delete: draft.stageDeletion(origin, of: [change.key], of: holdings)
      case .create: draft.stage(creations: [change])
      case .update(_, let patch):
        do {
          for edit in Restoration.edits(for: patch) { try draft.stage(edit, origin, on: [change.key], of: holdings) }
        } catch {
          // Nothing of a restoration is checked, so only a webhook that is staged already is refused.
          throw Failure(.failed, .editsAreStaged(span))
        }
      }
    }
  }
}

extension Reversal {
  /// The webhook, where there is one still.
  fileprivate var key: WebhookKey? { webhookID.map { WebhookKey(app.id, $0) } }

  /// A webhook that no longer exists on the service as the run knew it, or else a substitute.
  fileprivate var reference: Webhook {
    switch step {
    case .remove(let webhook), .recreate(let webhook): webhook
    case .restore, .impossible:
      Webhook(id: webhookID ?? WebhookID(unchecked: "unknown"), appID: app.id, url: "", events: [])
    }
  }
}

extension WhJournal.Run {
  /// True when a webhook was changed, or may have been.
  fileprivate var mayHaveChangedSomething: Bool {
    [.created, .updated, .deleted, .appliedDifferently, .unknown].contains { count($0) > 0 }
  }
}

// MARK: - Wording

extension Diagnostic {
  static func editsAreStaged(_ span: Span) -> Diagnostic {
    Diagnostic(.stagedEdits, "there are staged edits", at: span, label: "run `commit` or `rollback` first")
  }

  fileprivate static func nothingToUndo(_ span: Span) -> Diagnostic {
    Diagnostic(.nothingToUndo, "no run to undo", at: span, label: "run `show runs` for the runs of this profile")
  }

  fileprivate static func partOfUnfinishedRun(_ run: Int, _ command: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unfinishedRun, "run \(run) is unfinished, and a part of it can't be undone", at: span,
      label: "finish it with `\(command)`, or undo all of it")
  }

  fileprivate static func runOfOtherProfile(_ run: WhJournal.Run, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownRun, "run \(run.number) was made with profile \(run.metadata.profile), on \(run.metadata.host)", at: span,
      label: "undo it with that profile")
  }
}
