import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// Sending what is staged.
extension Session {
  func commit() async throws(Failure) -> Reply {
    let connection = try await connection()
    if mode == .plan { return commitToPlan() }
    let lock = heldLock == nil ? try lockForWriting(connection) : nil
    defer { lock?.release() }
    try await refuseOverUnfinishedRun(connection)
    var conflicts = undoConflicts
    if options.conflicts != .overwrite { conflicts += try await findConflicts() }
    let changes = workspace.changes
    let conflicting = Set(conflicts.compactMap(\.key))
    let unchanged = changes.filter { $0.isEmpty && !conflicting.contains($0.key) }
    let plan = Plan(changes.filter { !conflicting.contains($0.key) })
    let isHeld = options.conflicts == .stop && !conflicts.isEmpty
    guard !plan.isEmpty || !conflicts.isEmpty else {
      workspace.rollback()
      forgetUndo()
      record.note([])
      return [.commit(CommitReport(outcomes: [], unchanged: unchanged.count))]
    }
    var report = CommitReport(outcomes: conflicts, unchanged: unchanged.count)
    if isHeld {
      report.outcomes += plan.changes.map { Outcome($0, .notAttempted) }
    } else if !plan.isEmpty {
      try await confirm(plan, connection)
      let run = try await begin(plan.changes, connection)
      report.run = run?.handle.number
      let sent = try await send(plan.changes, in: run)
      report.outcomes = conflicts.isEmpty ? sent : conflicts + sent
      report.problem = await end(run)
    }
    absorb(report, unchanged)
    record.note(report.outcomes)
    forgetUndo()
    return Reply([.commit(report)], failure: failure(of: report))
  }

  /// Takes the staged edits for done, so that the statements below see what they would see.
  private func commitToPlan() -> Reply {
    let changes = workspace.plan.changes
    record.note([])
    planned += changes
    workspace.rollback()
    for change in changes {
      if change.isDeletion { workspace.assumeGone(change.key) }
      if case .update(_, let patch) = change.action { workspace.assume(patch, at: change.key) }
    }
    return []
  }

  /// Asks before webhooks are deleted, and before the first commit with a protected profile.
  private func confirm(_ plan: Plan, _ connection: Connection) async throws(Failure) {
    if connection.isProtected, !isConfirmed {
      guard await ask(.protected(connection.profile, plan)) else {
        throw failure(.notConfirmed("the profile \(connection.profile) is protected, and nobody confirmed it", place))
      }
      isConfirmed = true
    }
    let deletions = plan.changes.count(where: \.isDeletion)
    guard deletions > 0 else { return }
    guard await ask(.deletions(deletions)) else {
      let webhooks = deletions == 1 ? "1 webhook" : "\(deletions) webhooks"
      throw failure(.notConfirmed("the commit deletes \(webhooks), and nobody said yes", place))
    }
  }

  // MARK: Conflicts

  /// Reads anew what is older than `recheck`, and gives those that somebody changed in the meantime.
  private func findConflicts() async throws(Failure) -> [Outcome] {
    let now = effects.monotonic()
    let before = workspace
    let old = before.stagedOrder.filter { key in
      guard let base = before.base[key], now - base.readAt > .seconds(options.recheck) else { return false }
      return !(before.change(at: key)?.isEmpty ?? true)
    }
    guard !old.isEmpty else { return [] }
    do throws(Failure) {
      try await reread(old)
    } catch {
      workspace = before
      throw error
    }
    var conflicts: [Outcome] = []
    for key in old {
      let (base, current) = (before.base[key], workspace.base[key]?.webhook)
      if let base, current?.holdsTheSame(as: base.webhook) ?? false { continue }
      guard let change = before.change(at: key) else { continue }
      let message = current == nil ? "somebody deleted it" : "somebody changed it"
      conflicts.append(Outcome(change, .conflict, message: message, answer: current))
      if current != nil { workspace.restore(base, at: key) }
    }
    return conflicts
  }

  /// Takes over what the service answered. Edits that are not done stay staged, for the next commit.
  func absorb(_ report: CommitReport, _ unchanged: [Change]) {
    for outcome in report.outcomes where outcome.state.isApplied {
      let app = outcome.change.app.id
      if let answer = outcome.answer {
        workspace.remember(answer, of: app, at: effects.monotonic())
        if outcome.key == nil { workspace.list(answer.id, in: app) }
      } else if let key = outcome.key {
        workspace.remove(key)
      }
    }
    workspace.unstage(unchanged.map(\.key))
    workspace.unstage(report.outcomes.lazy.filter { $0.state.isApplied }.compactMap(\.key))
    workspace.unstage(creations: report.outcomes.filter { $0.state.isApplied && $0.key == nil }.map(\.change))
  }

  func failure(of report: CommitReport) -> Failure? {
    if let stoppedBy {
      self.stoppedBy = nil
      return Failure(stoppedBy.isOfKey ? .keyRefused : .stopped, .stopped(report, stoppedBy, place))
    }
    return report.isFine ? nil : Failure(.failed, .commitFailed(report, isStaged: !workspace.plan.isEmpty, place))
  }
}

extension Change {
  /// The webhook that is changed. A creation has none yet.
  package var key: WebhookKey { WebhookKey(app.id, webhookID ?? WebhookID(unchecked: "")) }
}

extension Outcome {
  package var key: WebhookKey? { change.webhookID.map { WebhookKey(change.app.id, $0) } }
}

extension Webhook {
  /// True when url, events and headers are the same, whatever the times say.
  func holdsTheSame(as other: Webhook) -> Bool { WebhookPatch(from: self, to: other).isEmpty }
}

extension Diagnostic {
  fileprivate static func notConfirmed(_ message: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .confirmationNeeded, message, at: span,
      label: "nothing was sent; in a script, run with `--yes`")
  }

  fileprivate static func commitFailed(_ report: CommitReport, isStaged: Bool, _ span: Span) -> Diagnostic {
    return Diagnostic(
      .commitFailed, "not every webhook is as asked for: " + report.counts { !$0.isFine }, at: span,
      label: isStaged ? "their edits are still staged" : nil)
  }

  fileprivate static func stopped(_ report: CommitReport, _ error: APIError, _ span: Span) -> Diagnostic {
    let code: DiagnosticCode =
      error.category == .cancelled ? .interrupted : error.isOfKey ? .keyRefused : .apiUnreachable
    return Diagnostic(
      code, "stopped part-way: \(error)", at: span,
      label: report.counts { $0 != .unchanged },
      notes: report.run.map { ["`wh resume` finishes run \($0)"] } ?? [])
  }
}
