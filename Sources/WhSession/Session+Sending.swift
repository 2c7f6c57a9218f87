import WhAPI
import WhDomain
import WhJournal
import WhSyntax

/// Sending changes, each as one request.
extension Session {
  /// Sends the changes, many at once, and gives each an outcome, which the journal gets as it comes.
  ///
  /// - Throws: `Failure` only where nothing was sent, for the API is out of reach or refuses the key.
  func send(_ changes: [Change], in run: JournaledRun?) async throws(Failure) -> [Outcome] {
    let client = try await connection().client
    var outcomes = changes.map { Outcome($0, .notAttempted) }
    var unanswered = Set(changes.indices)
    var last: APIError?
    var exhaustedInRow = 0
    report(.began(.writing, total: changes.count))
    await parallelForEach(
      changes, limit: options.jobs,
      each: { index, answer in
        let outcome = take(answer, to: changes[index])
        outcomes[index] = outcome
        unanswered.remove(index)
        let error = answer.error
        run?.record(outcome, at: index, tries: error?.tries ?? 1)
        report(.stepped(outcome.state))
        exhaustedInRow = error?.isExhausted ?? false ? exhaustedInRow + 1 : 0
        if let error, error.endsRun || error.isExhausted { last = last?.endsRun ?? false ? last : error }
        return !(error?.endsRun ?? false) && exhaustedInRow < Self.mostExhaustedInRow && !Task.isCancelled
      }
    ) { change in await Self.send(change, with: client) }
    report(.ended)
    for index in unanswered { run?.record(outcomes[index], at: index, tries: 0) }
    if let last, !last.isCancellation, outcomes.allSatisfy({ $0.state == .notAttempted }) {
      await abandon(run)
      throw failure(last)
    }
    stoppedBy = last ?? (Task.isCancelled ? APIError(.transport(.cancelledUnsent), message: "interrupted") : nil)
    return outcomes
  }

  /// So many webhooks one after the other that the server fails again and again mean that it is the server.
  private static let mostExhaustedInRow = 3

  private func take(_ answer: Result<Webhook?, APIError>, to change: Change) -> Outcome {
    switch answer {
    case .success(let webhook):
      if let webhook { redactor.learn(headersOf: webhook) }
      return Outcome(applied: change, answer: webhook)
    case .failure(let error): return Outcome(change, error.outcome, message: error.said)
    }
  }

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

  /// The shell commands that would make the changes of a plan.
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

  /// True where nobody knows whether the write had its effect.
  fileprivate var leavesUnknown: Bool {
    mayHaveBeenApplied && (endsRun || isExhausted || category == .malformed)
  }

  /// How a change whose write ended so is counted.
  fileprivate var outcome: Outcome.State {
    if leavesUnknown { return .unknown }
    return endsRun && !mayHaveBeenApplied ? .notAttempted : .failed
  }

  fileprivate var said: String { leavesUnknown ? "\(self); it may have been applied" : "\(self)" }
}

extension Result where Success == Webhook?, Failure == APIError {
  fileprivate var error: APIError? { if case .failure(let error) = self { error } else { nil } }
}
