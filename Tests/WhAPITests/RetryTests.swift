import Synchronization
import Testing
import WhDomain
import WhTestSupport

@testable import WhAPI

struct RetryTests {
  private typealias Step = StubTransport.Outcome

  /// Sends one request through retries over a script; the last step repeats.
  private func send(
    method: HTTPMethod = .put, policy: RetryPolicy = RetryPolicy(), budget: RetryBudget = RetryBudget(),
    chance: Double = 1, hasFoundServer: Bool = true, _ steps: [StubTransport.Outcome]
  ) throws -> (outcome: StubTransport.Outcome, attempts: [Int], taken: Duration) {
    let time = VirtualTime(random: { chance })
    if hasFoundServer { budget.noteAnswer() }
    let stub = StubTransport { _, number in steps[min(number, steps.count) - 1] }
    let transport = RetryingTransport(stub, policy: policy, budget: budget, environment: time.environment)
    let start = time.now
    let outcome = try time.run { () -> StubTransport.Outcome in
      do throws(TransportError) {
        return .success(try await transport.send(HTTPRequest(method, "/", body: [])))
      } catch {
        return .failure(error)
      }
    }
    return (outcome, stub.requests.map(\.attempt), time.now - start)
  }

  private static func status(_ status: Int, _ fields: [HTTPField] = [], body: String = "{}") -> StubTransport.Outcome {
    .success(HTTPResponse(status: status, fields: fields, body: Array(body.utf8)))
  }

  private static let good = status(200)

  @Test(
    arguments: [
      .failure(.timedOut(sent: true)), .failure(.timedOut(sent: false)), .failure(.connectionLost("reset", sent: true)),
      .failure(.truncatedBody), .failure(.garbled("x")), .failure(.couldNotConnect("x")),
      .failure(.couldNotResolve(host: "x")), status(500), status(502), status(503), status(504),
      status(200, body: "{\"ha"),
      status(200, body: "<html>"), status(201, body: ""), status(429),
    ] as [StubTransport.Outcome])
  func triesAgain(fault: StubTransport.Outcome) throws {
    for method in [HTTPMethod.get, .put] {
      let (outcome, attempts, _) = try send(method: method, [fault, fault, Self.good])
      #expect((try? outcome.get().status) == 200)
      #expect(attempts == [1, 2, 3])
    }
  }

  @Test(
    arguments: [
      .failure(.tls("x")), .failure(.cancelled), .failure(.tooLarge(limit: 1)), .failure(.libraryUnavailable("x")),
      .failure(.internalFailure("x")), status(400), status(401), status(403), status(404), status(405), status(409),
      status(422), status(302), status(501), status(505), status(200), status(204, body: "{}"),
    ] as [StubTransport.Outcome])
  func triesOnlyOnce(outcome: StubTransport.Outcome) throws {
    let (seen, attempts, taken) = try send([outcome])
    #expect(seen == outcome)
    #expect(attempts == [1])
    #expect(taken == .zero)
  }

  @Test func aDeletionMayAnswerWithAnything() throws {
    #expect(try send(method: .delete, [Self.status(204, body: "")]).attempts == [1])
    #expect(try send(method: .delete, [Self.status(200, body: "gone")]).attempts == [1])
  }

  @Test func aCreationIsRepeatedOnlyWhenItWasSurelyNotApplied() throws {
    let safe: [StubTransport.Outcome] = [
      .failure(.couldNotConnect("x")), .failure(.couldNotResolve(host: "x")), .failure(.timedOut(sent: false)),
      Self.status(429),
    ]
    for fault in safe { #expect(try send(method: .post, [fault, Self.good]).attempts == [1, 2]) }
    let unsafe: [StubTransport.Outcome] = [
      .failure(.timedOut(sent: true)), .failure(.connectionLost("x", sent: true)), .failure(.truncatedBody),
      .failure(.garbled("x")), Self.status(500), Self.status(503), Self.status(201, body: "{\"ha"),
    ]
    for fault in unsafe {
      let (outcome, attempts, _) = try send(method: .post, [fault, Self.good])
      #expect(outcome == fault)
      #expect(attempts == [1])
    }
  }

  @Test func givesUpAndSaysSo() throws {
    let fault = HTTPResponse(status: 503)
    let (outcome, attempts, taken) = try send([.success(fault)])
    #expect(outcome == .failure(.exhausted(last: .response(fault), tries: 8)))
    #expect(attempts == Array(1...8))
    // 0.25 + 0.5 + 1 + 2 + 4 + 8 + 16 s, at the top of the jitter.
    #expect(taken == .milliseconds(31_750))
    let error = try send([.failure(.truncatedBody)]).outcome
    #expect(error == .failure(.exhausted(last: .error(.truncatedBody), tries: 8)))
  }

  @Test func jitterIsFullAndCapped() {
    let policy = RetryPolicy()
    for tries in 1...100 {
      #expect(policy.pause(afterTries: tries, asked: nil, chance: 0) == .zero)
      #expect(policy.pause(afterTries: tries, asked: nil, chance: 0.999) < .seconds(20))
    }
    #expect(policy.pause(afterTries: 3, asked: nil, chance: 0.5) == .milliseconds(500))
    #expect(policy.pause(afterTries: 60, asked: nil, chance: 0.5) == .seconds(10))
    #expect(policy.pause(afterTries: 1, asked: .seconds(9), chance: 0) == .seconds(9))
    #expect(policy.pause(afterTries: 9, asked: .seconds(9), chance: 1) == .milliseconds(9250))
  }

  @Test func honoursRetryAfterOfABusyServer() throws {
    let busy = Self.status(503, [HTTPField("Retry-After", "40")])
    #expect(try send(chance: 0, [busy, busy, Self.good]).taken == .seconds(80))
    let absurd = Self.status(503, [HTTPField("Retry-After", "86400")])
    #expect(try send([absurd]).attempts == [1])
  }

  @Test func aWrongAddressIsGivenUpSoon() throws {
    let fault: StubTransport.Outcome = .failure(.couldNotConnect("refused"))
    #expect(try send(hasFoundServer: false, [fault]).attempts.count == 3)
    #expect(try send(hasFoundServer: true, [fault]).attempts.count == 8)
    #expect(try send(hasFoundServer: false, [Self.status(500), fault]).attempts.count == 8)
  }

  @Test func refusalsAreNoTriesButHaveAnEnd() throws {
    // 429 by 429 through a governor, which waits each out.
    let time = VirtualTime()
    let stub = StubTransport { _, number in
      number <= 20 ? Self.status(429, [HTTPField("Retry-After", "30")]) : Self.good
    }
    let paced = PacedTransport(stub, governor: Governor(environment: time.environment))
    let transport = RetryingTransport(paced, environment: time.environment)
    let start = time.now
    let response = try time.run { try await transport.send(HTTPRequest(.post, "/", body: [])) }
    #expect(response.status == 200)
    #expect(time.now - start >= .seconds(600) && time.now - start < .seconds(610))

    let endless = StubTransport { _, _ in Self.status(429, [HTTPField("Retry-After", "1000")]) }
    let tired = RetryingTransport(
      PacedTransport(endless, governor: Governor(environment: time.environment)), environment: time.environment)
    #expect(throws: TransportError.self) { try time.run { try await tired.send(HTTPRequest(.get, "/")) } }
    #expect(endless.requests.count == 4)
  }

  @Test func theRunsBudgetEndsAllRetries() throws {
    let budget = RetryBudget(capacity: 3)
    #expect(try send(budget: budget, [Self.status(503)]).attempts.count == 4)
    #expect(try send(budget: budget, [Self.status(503)]).attempts.count == 1)
    _ = try send(budget: budget, [Self.good])
    #expect(try send(budget: budget, [Self.status(503)]).attempts.count == 2)
  }

  @Test func cancellationEndsAPause() throws {
    let time = VirtualTime(random: { 1 })
    let stub = StubTransport { _, _ in Self.status(503) }
    let transport = RetryingTransport(stub, environment: time.environment)
    let result = try time.run {
      let task = Task(executorPreference: time) { try await transport.send(HTTPRequest(.get, "/")) }
      try await time.sleep(.seconds(5))
      task.cancel()
      return await task.result
    }
    #expect(throws: TransportError.cancelled) { try result.get() }
    #expect(stub.requests.count == 5)
  }

  @Test func aDeletionWhoseAnswerWasLostIsNoErrorTheSecondTime() throws {
    for (first, isGone) in [
      (StubTransport.Outcome.failure(.timedOut(sent: true)), true), (.failure(.couldNotConnect("x")), false),
      (Self.status(429), false),
    ] {
      let time = VirtualTime()
      let stub = StubTransport { _, number in number == 1 ? first : Self.status(404) }
      let client = HTTPAPIClient(
        transport: RetryingTransport(stub, environment: time.environment), key: try APIKey("sk_admin_1"))
      let result = try time.run { () -> APIError? in
        do throws(APIError) {
          try await client.delete(app: AppID(unchecked: "a"), id: WebhookID(unchecked: "w"))
          return nil
        } catch {
          return error
        }
      }
      #expect(result?.category == (isGone ? nil : .notFound))
    }
  }

  /// Many workers against a server that fails at random: all is done in the end, with no failure passed on.
  @Test(arguments: Seeds.first(4))
  func aRunThroughAStorm(seed: UInt64) throws {
    let random = Mutex(SeededGenerator(seed: seed))
    let chance: @Sendable () -> Double = { random.withLock { $0.chance() } }
    let time = VirtualTime(random: chance)
    let applied = Mutex<[String: Int]>([:])
    let faults: [StubTransport.Outcome] = [
      .failure(.timedOut(sent: true)), .failure(.connectionLost("x", sent: true)), .failure(.truncatedBody),
      Self.status(500), Self.status(503, [HTTPField("Retry-After", "1")]),
      Self.status(429, [HTTPField("Retry-After", "1")]),
      Self.status(200, body: "{\"half"),
    ]
    let stub = StubTransport { request, _ in
      // So few that none of 500 requests meets one at each of its eight tries.
      if chance() < 0.1 { return faults[Int(chance() * Double(faults.count))] }
      applied.withLock { $0[request.path, default: 0] += 1 }
      return Self.good
    }
    let paced = PacedTransport(stub, governor: Governor(environment: time.environment))
    let transport = RetryingTransport(paced, environment: time.environment)
    try time.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<500 {
          group.addTask { _ = try await transport.send(HTTPRequest(.put, "/\(number)", body: [])) }
        }
        try await group.waitForAll()
      }
    }
    #expect(applied.withLock { $0 }.count == 500, "seed \(seed)")
  }
}
