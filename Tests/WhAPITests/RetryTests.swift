import Synchronization
import Testing
import WhDeterminism
import WhDomain

@testable import WhAPI

struct RetryTests {
  /// Sends one request through retries over a script; the last step repeats.
  private func send(
    method: HTTPMethod = .put, policy: RetryPolicy = RetryPolicy(), budget: RetryBudget = RetryBudget(),
    chance: Double = 1, hasFoundServer: Bool = true, _ steps: [StubTransport.Outcome]
  ) throws -> (effect: Effect, attempts: [Int], taken: Duration) {
    let time = VirtualTime(random: { chance })
    if hasFoundServer { budget.noteAnswer() }
    let stub = StubTransport { _, number in steps[min(number, steps.count) - 1] }
    let sender = RetryingSender(stub, policy: policy, budget: budget, environment: time.environment)
    let start = time.now
    let effect = try time.run { await sender.send(HTTPRequest(method, "/", body: [])) }
    return (effect, stub.requests.map(\.attempt), time.now - start)
  }

  private static func status(_ status: Int, _ fields: [HTTPField] = [], body: String = "{}") -> StubTransport.Outcome {
    .success(HTTPResponse(status: status, fields: fields, body: Array(body.utf8)))
  }

  private static func failure(_ kind: TransportError.Kind, wasSent: Bool = true) -> StubTransport.Outcome {
    .failure(TransportError(kind, wasSent: wasSent))
  }

  private static let good = status(200)

  @Test(
    arguments: [
      failure(.timedOut), failure(.timedOut, wasSent: false), failure(.connectionLost("reset")), failure(.truncated),
      failure(.garbled("x")), failure(.couldNotConnect("x"), wasSent: false),
      failure(.couldNotResolve(host: "x"), wasSent: false), failure(.proxyRefused(status: 502), wasSent: false),
      status(408), status(425), status(500), status(502), status(503), status(504), status(507), status(520),
      status(524), status(530), status(429), status(403, [HTTPField("Retry-After", "1")]),
      status(424, body: #"{"error":{"type":"api_error"}}"#),
    ] as [StubTransport.Outcome])
  func triesAgain(fault: StubTransport.Outcome) throws {
    for method in [HTTPMethod.get, .put, .delete] {
      let (effect, attempts, _) = try send(method: method, [fault, fault, Self.good])
      #expect(effect == .applied(try Self.good.get()))
      #expect(attempts == [1, 2, 3])
    }
  }

  @Test(
    arguments: [
      failure(.tls("x"), wasSent: false), failure(.cancelled), failure(.tooLarge("x", limit: 1)),
      failure(.libraryUnavailable("x"), wasSent: false), failure(.internalFailure("x")),
      failure(.proxyRefused(status: 407), wasSent: false), failure(.expired, wasSent: false),
      failure(.heldBack(.seconds(1000)), wasSent: false), status(400), status(401), status(403), status(404),
      status(405), status(407), status(409), status(422), status(302), status(501), status(505), status(200),
      status(204, body: "{}"),
    ] as [StubTransport.Outcome])
  func triesOnlyOnce(outcome: StubTransport.Outcome) throws {
    let (_, attempts, taken) = try send([outcome])
    #expect(attempts == [1])
    #expect(taken == .zero)
  }

  /// Only a read is for the answer's body: a write is done.
  @Test(arguments: ["", "{\"ha", "<html>"])
  func anAnswerThatIsNotJSON(body: String) throws {
    let half = Self.status(200, body: body)
    #expect(try send(method: .get, [half, half, Self.good]).attempts == [1, 2, 3])
    // A server that answers so three times does so always.
    let (effect, attempts, _) = try send(method: .get, [half])
    #expect(attempts == [1, 2, 3])
    #expect(effect.error?.category == .malformed)
    // Other faults do not count for that.
    let mixed = [Self.status(503), half, Self.failure(.timedOut), half, Self.good]
    #expect(try send(method: .get, mixed).attempts.count == 5)
    for method in [HTTPMethod.put, .post, .delete] {
      let (effect, attempts, _) = try send(method: method, [half])
      #expect(effect == .applied(try half.get()))
      #expect(attempts == [1])
    }
  }

  @Test func aReadThatIsAPutWantsItsAnswer() throws {
    let time = VirtualTime()
    let stub = StubTransport { _, number in number == 1 ? Self.status(200, body: "{\"ha") : Self.good }
    let sender = RetryingSender(stub, environment: time.environment)
    let effect = try time.run { await sender.send(HTTPRequest(.put, "/", body: [], isRead: true)) }
    #expect(effect == .applied(try Self.good.get()))
    #expect(stub.requests.count == 2)
  }

  @Test func givesUpAndSaysSo() throws {
    let (effect, attempts, taken) = try send([Self.status(503)])
    #expect(effect.error?.tries == 8 && effect.error?.category == .server && effect.error?.status == 503)
    #expect(effect.error?.description == "HTTP 503: the response has no error message (gave up after 8 tries)")
    #expect(attempts == Array(1...8))
    // 0.5 + 0.5 + 1 + 2 + 4 + 8 + 16 s, at the top of the jitter.
    #expect(taken == .seconds(32))
    #expect(try send([Self.failure(.truncated)]).effect.error?.tries == 8)
  }

  @Test func jitterIsFullAndCapped() {
    let policy = RetryPolicy()
    for tries in 1...100 {
      #expect(policy.pause(afterTries: tries, asked: nil, chance: 0) == .milliseconds(500))
      #expect(policy.pause(afterTries: tries, asked: nil, chance: 0.999) < .seconds(20))
    }
    #expect(policy.pause(afterTries: 3, asked: nil, chance: 0.5) == .milliseconds(500))
    #expect(policy.pause(afterTries: 60, asked: nil, chance: 0.5) == .seconds(10))
    #expect(policy.pause(afterTries: 1, asked: .zero, chance: 1) == .milliseconds(500))
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
    let fault = Self.failure(.couldNotConnect("refused"), wasSent: false)
    #expect(try send(hasFoundServer: false, [fault]).attempts.count == 3)
    #expect(try send(hasFoundServer: false, [Self.failure(.timedOut)]).attempts.count == 3)
    #expect(try send(hasFoundServer: true, [fault]).attempts.count == 8)
    #expect(try send(hasFoundServer: false, [Self.status(500), fault]).attempts.count == 8)
  }

  /// Sends one request through a governor, which waits out each refusal.
  private func sendPaced(
    _ method: HTTPMethod, _ time: VirtualTime = VirtualTime(),
    _ script: @escaping @Sendable (Int) -> StubTransport.Outcome
  ) throws -> (effect: Effect, tries: Int, taken: Duration) {
    let stub = StubTransport { _, number in script(number) }
    let sender = RetryingSender(
      PacedTransport(stub, governor: Governor(environment: time.environment)), environment: time.environment)
    let start = time.now
    let effect = try time.run { await sender.send(HTTPRequest(method, "/", body: [])) }
    return (effect, stub.requests.count, time.now - start)
  }

  @Test func refusalsAreNoTries() throws {
    let (effect, _, taken) = try sendPaced(.post) { number in
      number <= 20 ? Self.status(429, [HTTPField("Retry-After", "30")]) : Self.good
    }
    #expect(effect == .applied(try Self.good.get()))
    #expect(taken >= .seconds(600) && taken < .seconds(610))
  }

  /// A server that refuses always is asked twice a second at most, and for 15 minutes at most.
  @Test(arguments: ["", "0", "-5", "nan", "0.01", "0.5", "7", "60", "soon", "Thu, 01 Jan 1970 00:00:00 GMT"])
  func refusalsHaveAnEnd(retryAfter: String) throws {
    for status in [429, 403] where status == 429 || !retryAfter.isEmpty {
      let fields = retryAfter.isEmpty ? [] : [HTTPField("Retry-After", retryAfter)]
      let (effect, tries, taken) = try sendPaced(.get) { _ in Self.status(status, fields, body: #"{"error":"no"}"#) }
      #expect(effect.error?.category == .rateLimited)
      #expect(effect.error?.status == status && effect.error?.message.hasPrefix("no") == true)
      #expect(taken > .seconds(800) && taken <= .seconds(900), "\(taken)")
      #expect(Double(tries) <= taken.inSeconds / 0.5 + 2)
    }
  }

  @Test func awaitsAMomentThatIsGivenAsANumber() throws {
    let time = VirtualTime()
    let moment = time.wall.components.seconds + 40
    let (effect, tries, taken) = try sendPaced(.put, time) { number in
      number == 1 ? Self.status(429, [HTTPField("Retry-After", "\(moment)")]) : Self.good
    }
    #expect(effect == .applied(try Self.good.get()))
    #expect(tries == 2)
    #expect(taken >= .seconds(40) && taken < .seconds(41))
  }

  @Test func theRunsBudgetEndsAllRetries() throws {
    let budget = RetryBudget(capacity: 3)
    #expect(try send(budget: budget, [Self.status(503)]).attempts.count == 4)
    #expect(try send(budget: budget, [Self.status(503)]).attempts.count == 1)
    _ = try send(budget: budget, [Self.good])
    #expect(try send(budget: budget, [Self.status(503)]).attempts.count == 2)
  }

  @Test func cancellationEndsAPause() throws {
    for (method, first, isUnknown) in [
      (HTTPMethod.get, Self.failure(.couldNotConnect("x"), wasSent: false), false), (.put, Self.status(503), true),
    ] {
      let time = VirtualTime(random: { 1 })
      let stub = StubTransport { _, _ in first }
      let budget = RetryBudget()
      budget.noteAnswer()
      let sender = RetryingSender(stub, budget: budget, environment: time.environment)
      let effect = try time.run {
        let task = Task(executorPreference: time) { await sender.send(HTTPRequest(method, "/")) }
        try await time.sleep(.seconds(5))
        task.cancel()
        return await task.value
      }
      #expect(effect.error?.category == .cancelled)
      #expect(effect.isUnknown == isUnknown)
      #expect(stub.requests.count == 5)
    }
  }

  @Test func tellsWhatIsTriedAgain() throws {
    let told = Mutex<[PacingWait?]>([])
    let time = VirtualTime(random: { 1 })
    let stub = StubTransport { _, number in number < 3 ? Self.status(500) : Self.good }
    let waits = WaitBoard { wait in told.withLock { $0.append(wait) } }
    let sender = RetryingSender(stub, environment: time.environment, waits: waits)
    let start = time.wall
    _ = try time.run { await sender.send(HTTPRequest(.put, "/", body: [])) }
    #expect(
      told.withLock(\.self) == [
        PacingWait(reason: .retry("HTTP 500", nextTry: 2, of: 8), until: start + .milliseconds(500)), nil,
        PacingWait(reason: .retry("HTTP 500", nextTry: 3, of: 8), until: start + .milliseconds(1000)), nil,
      ])
  }

  /// Many workers against a server that fails at random: all is done in the end, with no failure passed on.
  @Test(arguments: Seeds.first(4))
  func aRunThroughAStorm(seed: UInt64) throws {
    let random = Mutex(SeededGenerator(seed: seed))
    let chance: @Sendable () -> Double = { random.withLock { $0.chance() } }
    let time = VirtualTime(random: chance)
    let applied = Mutex<[String: Int]>([:])
    let faults: [StubTransport.Outcome] = [
      Self.failure(.timedOut), Self.failure(.connectionLost("x")), Self.failure(.truncated),
      Self.status(500), Self.status(503, [HTTPField("Retry-After", "1")]),
      Self.status(429, [HTTPField("Retry-After", "1")]),
      Self.status(408), Self.status(520),
    ]
    let stub = StubTransport { request, _ in
      // So few that none of 500 requests meets one at each of its eight tries.
      if chance() < 0.1 { return faults[Int(chance() * Double(faults.count))] }
      applied.withLock { $0[request.path, default: 0] += 1 }
      return Self.good
    }
    let paced = PacedTransport(stub, governor: Governor(environment: time.environment))
    let sender = RetryingSender(paced, environment: time.environment)
    let errors = try time.run {
      await withTaskGroup(of: APIError?.self) { group in
        for number in 0..<500 {
          group.addTask { await sender.send(HTTPRequest(.put, "/\(number)", body: [])).error }
        }
        return await group.reduce(into: [APIError]()) { if let error = $1 { $0.append(error) } }
      }
    }
    #expect(errors.isEmpty, "seed \(seed)")
    #expect(applied.withLock { $0 }.count == 500, "seed \(seed)")
  }
}
