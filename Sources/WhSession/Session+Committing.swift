import WhAPI
import WhDomain
import WhSyntax

/// Sending what is staged.
extension Session {
  func commit() async throws(Failure) -> Reply {
    _ = try await connection()
    if mode == .plan { return commitToPlan() }
    var conflicts: [Outcome] = []
    if options.conflicts != .overwrite { conflicts = try await findConflicts() }
    let changes = workspace.changes
    let conflicting = Set(conflicts.compactMap(\.key))
    let unchanged = changes.filter { $0.isEmpty && !conflicting.contains($0.key) }
    let plan = Plan(changes.filter { !conflicting.contains($0.key) })
    let isHeld = options.conflicts == .stop && !conflicts.isEmpty
    guard !plan.isEmpty || !conflicts.isEmpty else {
      workspace.rollback()
      return [.commit(CommitReport(outcomes: [], unchanged: unchanged.count))]
    }
    try await confirm(plan)
    let sent = isHeld ? plan.changes.map { Outcome($0, .notAttempted) } : try await send(plan)
    let report = CommitReport(outcomes: conflicts + sent, unchanged: unchanged.count)
    absorb(report, unchanged)
    return Reply([.commit(report)], failure: failure(of: report))
  }

  /// Takes the staged edits for done, so that the statements below see what they would see.
  private func commitToPlan() -> Reply {
    let changes = workspace.plan.changes
    planned += changes
    for change in changes {
      if change.isDeletion { workspace.assumeGone(change.key) }
      if case .update(_, let patch) = change.action { workspace.assume(patch, at: change.key) }
    }
    workspace.rollback()
    return []
  }

  /// Asks before webhooks are deleted.
  private func confirm(_ plan: Plan) async throws(Failure) {
    let deletions = plan.changes.count(where: \.isDeletion)
    guard deletions > 0 else { return }
    guard await ask(.deletions(deletions)) else { throw failure(.notConfirmed(deletions, place)) }
  }

  // MARK: Conflicts

  /// Reads anew what is older than `recheck`, and gives those that somebody changed in the meantime.
  private func findConflicts() async throws(Failure) -> [Outcome] {
    let now = effects.monotonic()
    let bases = workspace.base
    let old = workspace.changes.filter { change in
      guard !change.isEmpty, let base = bases[change.key] else { return false }
      return now - base.readAt > .seconds(options.recheck)
    }
    guard !old.isEmpty else { return [] }
    let before = workspace
    do throws(Failure) {
      try await reread(old.map(\.key))
    } catch {
      workspace = before
      throw error
    }
    var conflicts: [Outcome] = []
    for change in old {
      guard let before = bases[change.key]?.webhook else { continue }
      guard let now = workspace.base[change.key]?.webhook else {
        conflicts.append(Outcome(change, .conflict, message: "somebody deleted it"))
        continue
      }
      guard now.holdsTheSame(as: before) else {
        conflicts.append(Outcome(change, .conflict, message: "somebody changed it", answer: now))
        workspace.restore(bases[change.key], at: change.key)
        continue
      }
    }
    return conflicts
  }

  // MARK: Sending

  /// Sends each change as one request, many at once, and gives each an outcome.
  ///
  /// - Throws: `Failure` only where nothing was sent, for the API is out of reach or refuses the key.
  private func send(_ plan: Plan) async throws(Failure) -> [Outcome] {
    let client = try await connection().client
    var exhaustedInRow = 0
    let answers = await inParallel(
      plan.changes, .writing, state: { $0.state },
      stop: { answer in
        exhaustedInRow = answer.error?.isExhausted ?? false ? exhaustedInRow + 1 : 0
        return answer.error?.endsRun ?? false || exhaustedInRow >= Self.mostExhaustedInRow
      }
    ) { change in await Self.send(change, with: client) }
    var outcomes: [Outcome] = []
    outcomes.reserveCapacity(answers.count)
    for (change, answer) in zip(plan.changes, answers) {
      switch answer {
      case .success(let webhook)?:
        if let webhook { redactor.learn(headersOf: webhook) }
        outcomes.append(Outcome(change, .updated, answer: webhook))
      case .failure(let error)?: outcomes.append(Outcome(change, error.outcome, message: error.said))
      case nil: outcomes.append(Outcome(change, .notAttempted))
      }
    }
    let errors = answers.lazy.compactMap(\.?.error)
    let last = errors.first(where: \.endsRun) ?? errors.first(where: \.isExhausted)
    if let last, !last.isCancellation, outcomes.allSatisfy({ $0.state == .notAttempted }) { throw failure(last) }
    stoppedBy = last ?? (Task.isCancelled ? APIError(.transport(.cancelledUnsent), message: "interrupted") : nil)
    return outcomes
  }

  /// So many webhooks one after the other that the server fails again and again mean that it is the server.
  private static let mostExhaustedInRow = 3

  /// The service's answer; nil to a deletion.
  private static func send(_ change: Change, with client: any APIClient) async -> Result<Webhook?, APIError> {
    let app = change.app.requestID
    do {
      switch (change.action, change.webhookID) {
      case (.update(_, let patch), let id?):
        let answer = try await client.update(app: app, id: id, patch: patch)
        return .success(change.after.map(answer.sharing) ?? answer)
      case (.create(let url, let events, let headers), _):
        let draft = WebhookDraft(url: url, events: events, headers: headers)
        return .success(try await client.create(app: app, draft: draft))
      case (.delete, let id?):
        try await client.delete(app: app, id: id)
        return .success(nil)
      case (.update, nil), (.delete, nil):
        return .failure(APIError(.unsupported, message: "the change names no webhook"))
      }
    } catch {
      return .failure(error)
    }
  }

  /// Takes over what the service answered. Edits that are not done stay staged, for the next commit.
  private func absorb(_ report: CommitReport, _ unchanged: [Change]) {
    var done = Set(unchanged.map(\.key))
    for outcome in report.outcomes where outcome.state == .updated {
      let app = outcome.change.app.id
      if let key = outcome.key { done.insert(key) }
      if let answer = outcome.answer {
        workspace.remember(answer, of: app, at: effects.monotonic())
        if outcome.key == nil { workspace.list(answer.id, in: app) }
      } else if let key = outcome.key {
        workspace.remove(key)
      }
    }
    workspace.unstage(done)
    workspace.unstage(creations: report.outcomes.filter { $0.state == .updated && $0.key == nil }.map(\.change))
  }

  private func failure(of report: CommitReport) -> Failure? {
    if let stoppedBy {
      self.stoppedBy = nil
      return Failure(stoppedBy.category == .authentication ? .keyRefused : .stopped, .stopped(report, stoppedBy, place))
    }
    return report.isFine ? nil : Failure(.failed, .commitFailed(report, place))
  }

  func curlCommands(for plan: Plan) async throws(Failure) -> [String] {
    let connection = try await connection()
    var commands: [String] = []
    for change in plan.changes {
      guard let operation = change.operation else { continue }
      do {
        commands.append(try operation.curlCommand(for: connection.client.keyKind, at: connection.baseURL))
      } catch {
        throw failure(Diagnostic(.editRefused, error.description, at: place))
      }
    }
    return commands
  }
}

extension Change {
  /// The webhook that is changed. A creation has none yet.
  package var key: WebhookKey { WebhookKey(app.id, webhookID ?? WebhookID(unchecked: "")) }
}

extension Change {
  /// The call that makes the change.
  fileprivate var operation: APIOperation? {
    switch (action, webhookID) {
    case (.update(_, let patch), let id?): .updateWebhook(app: app.requestID, id: id, patch: patch)
    case (.create(let url, let events, let headers), _):
      .createWebhook(app: app.requestID, draft: WebhookDraft(url: url, events: events, headers: headers))
    case (.delete, let id?): .deleteWebhook(app: app.requestID, id: id)
    case (.update, nil), (.delete, nil): nil
    }
  }
}

extension Outcome {
  package var key: WebhookKey? { change.webhookID.map { WebhookKey(change.app.id, $0) } }
}

extension Webhook {
  /// True when url, events and headers are the same, whatever the times say.
  func holdsTheSame(as other: Webhook) -> Bool { WebhookPatch(from: self, to: other).isEmpty }
}

extension APIError {
  /// True where further requests would fare no better: the server is away, the key is refused, or the run is interrupted.
  fileprivate var endsRun: Bool {
    switch category {
    case .authentication, .transport: true
    case .rateLimited: isExhausted
    case .server, .notFound, .methodNotAllowed, .conflict, .invalid, .redirect, .malformed, .unsupported: false
    }
  }

  /// True where the request was tried as often as it may be.
  fileprivate var isExhausted: Bool { tries > 1 }

  /// How a change whose write ended so is counted.
  fileprivate var outcome: Outcome.State { endsRun && !mayHaveBeenApplied ? .notAttempted : .failed }

  /// What is said of it. After a write without an answer nobody knows whether it had its effect.
  fileprivate var said: String {
    let isUnknown = mayHaveBeenApplied && (isCancellation || isExhausted)
    return isUnknown ? "\(self); it may have been applied" : "\(self)"
  }
}

extension Result where Success == Webhook?, Failure == APIError {
  fileprivate var error: APIError? { if case .failure(let error) = self { error } else { nil } }

  fileprivate var state: Outcome.State { error?.outcome ?? .updated }
}

extension Diagnostic {
  fileprivate static func notConfirmed(_ count: Int, _ span: Span) -> Diagnostic {
    Diagnostic(
      .confirmationNeeded, "the commit deletes \(count) \(count == 1 ? "webhook" : "webhooks"), and nobody said yes",
      at: span,
      label: "nothing was sent; in a script, run with `--yes`")
  }

  fileprivate static func commitFailed(_ report: CommitReport, _ span: Span) -> Diagnostic {
    let unsent = Outcome.State.allCases.filter { $0 != .updated && $0 != .unchanged }
      .compactMap { state in report.count(state) > 0 ? "\(report.count(state)) \(state.rawValue)" : nil }
    let different = report.outcomes.count(where: \.isAppliedDifferently)
    let wrong = unsent + (different > 0 ? ["\(different) applied differently"] : [])
    return Diagnostic(
      .commitFailed, "not every webhook is as asked for: " + wrong.joined(separator: ", "), at: span,
      label: unsent.isEmpty ? nil : "their edits are still staged")
  }

  fileprivate static func stopped(_ report: CommitReport, _ error: APIError, _ span: Span) -> Diagnostic {
    let code: DiagnosticCode =
      error.isCancellation ? .interrupted : error.category == .authentication ? .keyRefused : .apiUnreachable
    return Diagnostic(
      code, "stopped part-way: \(error)", at: span,
      label: "\(report.count(.updated)) updated, \(report.count(.notAttempted)) not attempted")
  }
}
