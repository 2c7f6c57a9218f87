import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// Putting back what a run changed.
extension Session {
  /// Stages the inverse of a run on what the service holds now. What somebody changed since is left as it is, and counts as
  /// a conflict in the commit.
  func undo(_ number: Int?) async throws(Failure) -> Reply {
    let connection = try await connection()
    guard workspace.plan.isEmpty else { throw failure(.editsAreStaged(place)) }
    let run: Run
    let reversals: [Reversal]
    do {
      guard let journal = try context?.findJournal() else { throw failure(.noJournal(place)) }
      run = try await find(number, in: journal, connection)
      reversals = Inverse.reversals(of: try await journal.allIntents(of: run.number))
    } catch let error as JournalError {
      throw failure(Diagnostic(.unknownRun, error.description, at: place, label: error.advice))
    } catch {
      throw error as? Failure ?? failure(.internalError(place))
    }
    try await reread(reversals.compactMap(\.key).uniqued())
    var notes: [Output] = []
    forgetUndo()
    for reversal in reversals {
      try stage(reversal, &notes)
    }
    undoing = run.number
    let count = workspace.plan.changes.count
    notes.append(
      .confirmation("staged what puts back run \(run.number): \(count) \(count == 1 ? "change" : "changes") to commit"))
    return Reply(notes)
  }

  /// The run that is named, or the newest one that changed something.
  private func find(
    _ number: Int?, in journal: Journal, _ connection: Connection
  ) async throws -> Run {
    let host = connection.host
    if let number {
      let run = try await journal.run(number)
      guard run.metadata.profile == connection.profile, run.metadata.host == host else {
        throw failure(.runOfOtherProfile(run, place))
      }
      return run
    }
    let runs = try await journal.runs(profile: connection.profile, host: host, limit: 100)
    guard let run = runs.first(where: { $0.appliedCount > 0 }) else { throw failure(.noJournal(place)) }
    return run
  }

  private func stage(_ reversal: Reversal, _ notes: inout [Output]) throws(Failure) {
    let current = reversal.key.flatMap { workspace.base[$0]?.webhook }
    let subject = "\(reversal.app.title)/\(reversal.webhookID?.text ?? "(unknown)")"
    switch reversal.inversion(of: current, origins: [origin]) {
    case .nothing: return
    case .gone: notes.append(.note("\(subject) was deleted since, and is not put back"))
    case .impossible(let reason): notes.append(.note("\(subject) can't be put back: \(reason)"))
    case .conflict(let fields):
      let names = fields.map(\.rawValue).joined(separator: " and ")
      notes.append(.note("\(subject) is not put back: somebody changed its \(names) since"))
      guard let current else { return }
      let change = Change(
        app: reversal.app, webhookID: current.id, action: reversal.refusedAction(on: current), origins: [origin])
      undoConflicts.append(
        Outcome(change, .conflict, message: "somebody changed its \(names) since the run", answer: current))
    case .change(let change): try stage(change, subject, &notes)
    }
  }

  private func stage(_ change: Change, _ subject: String, _ notes: inout [Output]) throws(Failure) {
    switch change.action {
    case .delete: workspace.stageDeletion(origin, of: [change.key])
    case .create:
      workspace.stage(creations: [change])
      notes.append(.note("\(subject) is created anew, with a new id"))
    case .update(_, let patch):
      do {
        for edit in patch.edits { try workspace.stage(edit, origin, on: [change.key]) }
      } catch {
        throw failure(
          Diagnostic(.editRefused, "\(subject) can't be put back: it \(error.problem.reason)", at: place))
      }
    }
  }
}

extension Reversal {
  /// The webhook, where there is one still.
  fileprivate var key: WebhookKey? { webhookID.map { WebhookKey(app.id, $0) } }
}

extension WebhookPatch {
  /// The patch as edits.
  fileprivate var edits: [Edit] {
    var edits: [Edit] = []
    if let url { edits.append(.setURL(Template(url))) }
    if let events { edits.append(.setEvents(events)) }
    if let headers {
      edits.append(.clearHeaders)
      edits += headers.all.map { .setHeader(name: $0.name, Template($0.value)) }
    }
    return edits
  }
}

extension Diagnostic {
  fileprivate static func editsAreStaged(_ span: Span) -> Diagnostic {
    Diagnostic(.stagedEdits, "edits are staged already", at: span, label: "`commit` or `rollback` first")
  }

  fileprivate static func runOfOtherProfile(_ run: Run, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownRun, "run \(run.number) was with profile \(run.metadata.profile), on \(run.metadata.host)", at: span,
      label: "undo it with that profile")
  }
}
