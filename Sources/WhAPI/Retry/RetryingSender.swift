import WhDomain

/// Sends a request again as long as its policy and the run's budget allow.
///
/// A refusal by the limit is tried again at once, because the transport below is one that paces, and holds all requests back.
package struct RetryingSender: Sendable {
  private let transport: any HTTPTransport
  private let policy: RetryPolicy
  private let budget: RetryBudget
  private let environment: APIEnvironment
  private let waits: WaitBoard

  package init(
    _ transport: any HTTPTransport, policy: RetryPolicy = RetryPolicy(), budget: RetryBudget = RetryBudget(),
    environment: APIEnvironment = .live, waits: WaitBoard = WaitBoard()
  ) {
    self.transport = transport
    self.policy = policy
    self.budget = budget
    self.environment = environment
    self.waits = waits
  }

  /// What all tries did together. The error of a request that was given up contains the number of tries, and one of the
  /// category `.rateLimited` until when to wait.
  nonisolated(nonsending) func send(_ request: HTTPRequest) async -> Effect {
    var request = request
    var earlier: Effect?
    var failures = FailureCount()
    var firstFailure: Duration?
    while true {
      let last = await attempt(request)
      let effect = combined(earlier, last, request)
      let verdict = policy.verdict(on: last.effect, last.failure, of: request, hasFoundServer: budget.hasFoundServer)
      if verdict == .done {
        if last.response != nil { budget.giveBack() }
        return effect
      }
      let now = environment.time.monotonic()
      let start = firstFailure ?? now
      firstFailure = start
      let asked = last.response?.retryAfter(now: environment.time.now())
      if now - start + (asked ?? .zero) > policy.maximumDelay {
        return effect.describing { error in
          error.tries = request.attempt
          if let asked { error.holdBack(asked, now: environment.time.now()) }
        }
      }
      if case .againAfterPause(let fault) = verdict {
        let most = failures.add(fault, policy)
        guard failures.count < most, budget.take() else { return effect.describing { $0.tries = request.attempt } }
        let pause = policy.pause(afterTries: failures.count, asked: asked, chance: environment.random())
        guard await wait(pause, because: last.effect.error, nextTry: failures.count + 1, of: most) else {
          return combined(effect, Try(.failure(.unsent(.cancelled)), of: request, now: environment.time.now()), request)
        }
      }
      earlier = effect
      request.attempt += 1
    }
  }

  private nonisolated(nonsending) func attempt(_ request: HTTPRequest) async -> Try {
    let outcome: Result<HTTPResponse, TransportError>
    do throws(TransportError) {
      outcome = .success(try await transport.send(request))
    } catch {
      outcome = .failure(error)
    }
    let last = Try(outcome, of: request, now: environment.time.now())
    if last.response != nil { budget.noteAnswer() }
    return last
  }

  private func combined(_ earlier: Effect?, _ last: Try, _ request: HTTPRequest) -> Effect {
    guard let earlier else { return last.effect }
    var effect = last.effect
    // What the server said of an earlier try says more than that no further one may go.
    if case .heldBack(let wait)? = last.failure?.kind, var said = earlier.error {
      said.holdBack(wait, now: environment.time.now())
      said.tries = request.attempt - 1
      effect = effect.describing { $0 = said }
    }
    return earlier.followed(by: effect, isDeletion: request.method == .delete)
  }

  /// False if the task was cancelled in the meantime.
  private nonisolated(nonsending) func wait(_ pause: Duration, because error: APIError?, nextTry: Int, of most: Int)
    async -> Bool
  {
    // A display has little room, so a status replaces the message of the server.
    let what = error?.status.map { "HTTP \($0)" } ?? error?.message ?? "no response"
    let reason = PacingWait.Reason.retry(what, nextTry: nextTry, of: most)
    let id = waits.add(PacingWait(reason: reason, until: environment.time.now() + pause))
    defer { waits.remove(id) }
    do throws(CancellationError) {
      try await environment.time.sleep(pause)
      return true
    } catch {
      return false
    }
  }
}

/// The failures of a request so far.
private struct FailureCount {
  private var byFault: [RetryPolicy.Fault: Int] = [:]

  var count: Int { byFault.values.reduce(0, +) }

  /// The number of tries that there would be if it went on to fail so.
  mutating func add(_ fault: RetryPolicy.Fault, _ policy: RetryPolicy) -> Int {
    byFault[fault, default: 0] += 1
    return min(policy.maximumTries, count + policy.mostTries(fault) - byFault[fault, default: 0])
  }
}

/// How one try of a request ended.
private struct Try {
  let effect: Effect
  /// The answer, or as much of it as came; nil when none did.
  let response: HTTPResponse?
  /// Why there is no complete answer.
  let failure: TransportError?

  init(_ outcome: Result<HTTPResponse, TransportError>, of request: HTTPRequest, now: Duration) {
    effect = Effect(of: outcome, to: request, now: now)
    switch outcome {
    case .success(let response): (self.response, failure) = (response, nil)
    case .failure(let failure): (response, self.failure) = (failure.partial, failure)
    }
  }
}
