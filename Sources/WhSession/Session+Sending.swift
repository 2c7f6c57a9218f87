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
    var last: APIError?
    var exhaustedInRow = 0
    report(.began(.writing, total: changes.count))
    await parallelForEach(
      changes, limit: options.jobs,
      each: { index, answer in
        let outcome = take(answer, to: changes[index])
        outcomes[index] = outcome
        let error = answer.error
        run?.record(outcome, at: index, tries: error?.tries ?? 1, isSettled: !answer.isUnknown)
        report(.stepped(outcome.state))
        exhaustedInRow = error?.isExhausted ?? false ? exhaustedInRow + 1 : 0
        if let error, error.endsRun || error.isExhausted { last = last?.endsRun ?? false ? last : error }
        return !(error?.endsRun ?? false) && exhaustedInRow < Self.mostExhaustedInRow && !Task.isCancelled
      }
    ) { change in await Self.send(change, with: client) }
    report(.ended)
    if let last, last.category != .cancelled, outcomes.allSatisfy({ $0.state == .notAttempted }) {
      await abandon(run)
      throw failure(last)
    }
    stoppedBy = last ?? (Task.isCancelled ? APIError(.cancelled, message: "interrupted") : nil)
    return outcomes
  }

  /// So many webhooks one after the other that the server fails again and again mean that it is the server.
  private static let mostExhaustedInRow = 3

  private func take(_ result: WriteResult, to change: Change) -> Outcome {
    switch result {
    case .applied(let webhook):
      if let webhook { redactor.learn(headersOf: webhook) }
      return Outcome(change, .updated, answer: webhook)
    case .refused(let error): return Outcome(change, .failed, message: "\(error)")
    case .notSent(let error): return Outcome(change, .notAttempted, message: error.map { "\($0)" })
    case .unknown(let error): return Outcome(change, .failed, message: "\(error); it may have been applied")
    }
  }

  /// Sends a change; what of the answer is as it was asked for is held once.
  private static func send(_ change: Change, with client: any APIClient) async -> WriteResult {
    let result = await client.send(change, notAfter: nil)
    guard case .applied(let answer?) = result, let after = change.after else { return result }
    return .applied(answer.sharing(after))
  }

  /// The shell commands that would make the changes of a plan.
  func curlCommands(for plan: Plan) async throws(Failure) -> [String] {
    let connection = try await connection()
    var commands: [String] = []
    for change in plan.changes {
      do {
        commands.append(try change.operation().curlCommand(for: connection.client.keyKind, at: connection.baseURL))
      } catch {
        throw failure(Diagnostic(.editRefused, error.description, at: place))
      }
    }
    return commands
  }
}

extension APIError {
  /// True where further requests would fare no better: the server is away, the key is refused, or the run is interrupted.
  fileprivate var endsRun: Bool {
    switch category {
    case .keyRefused, .forbidden, .unreachable, .cancelled, .expired: true
    case .rateLimited: isExhausted
    case .server, .notFound, .methodNotAllowed, .conflict, .invalid, .redirect, .malformed, .unsupported: false
    }
  }

  /// True where the request was tried as often as it may be.
  fileprivate var isExhausted: Bool { tries > 1 }
}

extension WriteResult {
  fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
