/// Sends a request again as long as its policy and the run's budget allow.
///
/// A refusal (429) is tried again at once, because the transport below is one that paces, and holds all requests back.
package struct RetryingTransport: HTTPTransport {
  private let next: any HTTPTransport
  private let policy: RetryPolicy
  private let budget: RetryBudget
  private let environment: APIEnvironment

  package init(
    _ next: any HTTPTransport, policy: RetryPolicy = RetryPolicy(), budget: RetryBudget = RetryBudget(),
    environment: APIEnvironment = .live
  ) {
    self.next = next
    self.policy = policy
    self.budget = budget
    self.environment = environment
  }

  package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let start = environment.monotonic()
    var request = request
    var isUncertain = false
    var failures = 0
    while true {
      let outcome = await attempt(request)
      let verdict = policy.verdict(on: outcome, of: request)
      let asked = outcome.retryAfter(now: environment.now())
      switch verdict {
      case .done:
        if case .response = outcome { budget.giveBack() }
        // What was cancelled while it waited for another try may have had its effect by an earlier one.
        if case .error(.cancelledUnsent) = outcome, isUncertain { throw .cancelled }
        return try outcome.result(followsUncertainTry: isUncertain)
      case .again:
        let waited = environment.monotonic() - start
        if waited + (asked ?? .zero) > policy.maximumDelay { throw outcome.exhausted(tries: request.attempt) }
      case .againAfterPause:
        failures += 1
        let isUseless = failures >= maximumTries(outcome) || (asked ?? .zero) > policy.maximumDelay
        if isUseless || !budget.take() { throw outcome.exhausted(tries: request.attempt) }
        isUncertain = isUncertain || outcome.mayHaveBeenApplied
        // What may have been applied is sent again whatever the hour, so that it becomes known.
        if isUncertain { request.notAfter = nil }
        let pause = policy.pause(afterTries: failures, asked: asked, chance: environment.random())
        try await sleep(pause, isUncertain: isUncertain)
      }
      request.attempt += 1
    }
  }

  private func attempt(_ request: HTTPRequest) async -> RetryPolicy.Outcome {
    do throws(TransportError) {
      let response = try await next.send(request)
      budget.noteAnswer()
      return .response(response)
    } catch {
      return .error(error)
    }
  }

  private func maximumTries(_ outcome: RetryPolicy.Outcome) -> Int {
    switch outcome {
    case .error(.couldNotResolve), .error(.couldNotConnect):
      budget.hasFoundServer ? policy.maximumTries : min(policy.maximumTriesToFind, policy.maximumTries)
    default: policy.maximumTries
    }
  }

  private func sleep(_ pause: Duration, isUncertain: Bool) async throws(TransportError) {
    do throws(CancellationError) {
      try await environment.sleep(pause)
    } catch {
      throw isUncertain ? .cancelled : .cancelledUnsent
    }
  }
}

extension RetryPolicy.Outcome {
  fileprivate func retryAfter(now: Duration) -> Duration? {
    if case .response(let response) = self { response.retryAfter(now: now) } else { nil }
  }

  fileprivate var mayHaveBeenApplied: Bool {
    switch self {
    case .response: true
    case .error(let error): error.mayHaveBeenApplied
    }
  }

  fileprivate func result(followsUncertainTry: Bool) throws(TransportError) -> HTTPResponse {
    switch self {
    case .response(var response):
      response.followsUncertainTry = followsUncertainTry
      return response
    case .error(let error): throw error
    }
  }

  fileprivate func exhausted(tries: Int) -> TransportError {
    switch self {
    case .response(let response): .exhausted(last: .response(response), tries: tries)
    case .error(let error): .exhausted(last: .error(error), tries: tries)
    }
  }
}
