import Synchronization
import Testing
import WhDeterminism
import WhDomain

@testable import WhAPI

/// What is kept back once the limit has let it go.
@Suite("A write whose turn comes while nothing may be sent")
struct ClearanceTests {
  /// What may be sent, and how often it was waited for.
  private final class Journal: Sendable {
    struct State {
      var isInReach = true
      var comesBack = true
      var waits = 0
    }

    let state = Mutex(State())

    /// - Parameter outage: how long it is waited for.
    func clearance(_ time: VirtualTime, outage: Duration) -> Clearance {
      Clearance(
        isGiven: { self.state.withLock(\.isInReach) },
        wait: {
          self.state.withLock { $0.waits += 1 }
          do { try await time.sleep(outage) } catch { return true }
          return self.state.withLock { state in
            state.isInReach = state.comesBack
            return state.comesBack
          }
        })
    }
  }

  private struct Stage {
    let time = VirtualTime()
    let journal = Journal()
    let stub: StubTransport
    let client: HTTPAPIClient

    /// - Parameters:
    ///   - window: after each answer nothing is let go for so many seconds; nil for no limit.
    ///   - status: the status of an answer by its number.
    init(window: Int?, _ status: @escaping @Sendable (Int) -> Int = { _ in 200 }) throws {
      let time = time
      stub = StubTransport { _, number in
        let fields = window.map { window in
          [
            HTTPField("X-RateLimit-Limit", "2"), HTTPField("X-RateLimit-Remaining", "0"),
            HTTPField("X-RateLimit-Reset", "\(time.wall.components.seconds + Int64(window))"),
          ]
        }
        return .success(
          HTTPResponse(status: status(number), fields: fields ?? [], body: Array(WriteResultTests.json.utf8)))
      }
      client = HTTPAPIClient(
        sender: RetryingSender(
          PacedTransport(stub, governor: Governor(environment: time.environment)), environment: time.environment),
        base: .service, key: try APIKey("sk_admin_1"), environment: time.environment)
    }

    func send(_ terms: SendingTerms) async -> WriteResult {
      await client.send(WriteResultTests.Write.put.change, terms)
    }
  }

  /// Writes that wait for the limit when the journal goes.
  private func waiting(_ count: Int, outage: Duration, comesBack: Bool, notAfter: Duration? = nil) throws -> (
    results: [WriteResult], stage: Stage, end: Duration
  ) {
    let stage = try Stage(window: 60)
    let (time, journal) = (stage.time, stage.journal)
    journal.state.withLock { $0.comesBack = comesBack }
    let clearance = journal.clearance(time, outage: outage)
    let start = time.now
    let results = try time.run {
      await withTaskGroup(of: WriteResult.self) { group in
        let terms = SendingTerms(notAfter: notAfter.map { start + $0 }, clearance: clearance)
        for _ in 0..<count { group.addTask { await stage.send(terms) } }
        try? await time.sleep(.seconds(5))
        journal.state.withLock { $0.isInReach = false }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
    return (results, stage, time.now - start)
  }

  @Test("is not sent while it waits, and is sent once the journal is back")
  func back() throws {
    let (results, stage, end) = try waiting(3, outage: .seconds(20), comesBack: true)
    #expect(results.map(\.name) == ["applied", "applied", "applied"])
    #expect(stage.stub.requests.count == 3)
    #expect(stage.journal.state.withLock(\.waits) > 0)
    #expect(end >= .seconds(140), "what the outage took does not count for the limit")
  }

  @Test("is not sent any more where the journal stays away, and neither are those that wait with it")
  func gone() throws {
    let (results, stage, _) = try waiting(4, outage: .seconds(20), comesBack: false)
    #expect(results.map(\.name).sorted() == ["applied", "not sent", "not sent", "not sent"])
    #expect(results.compactMap(\.error?.category) == [.withheld, .withheld, .withheld])
    #expect(stage.stub.requests.count == 1)
  }

  @Test("is held against its other terms again after the wait")
  func expired() throws {
    let (results, stage, _) = try waiting(2, outage: .seconds(20), comesBack: true, notAfter: .seconds(70))
    #expect(results.map(\.name) == ["applied", "not sent"])
    #expect(results[1].error?.category == .expired)
    #expect(stage.stub.requests.count == 1)
  }

  @Test("stays unknown where a try before it may have been applied")
  func unknown() throws {
    let stage = try Stage(window: nil) { $0 == 1 ? 503 : 200 }
    let clearance = stage.journal.clearance(stage.time, outage: .seconds(1))
    stage.journal.state.withLock { $0.comesBack = false }
    let result = try stage.time.run {
      async let result = stage.send(SendingTerms(clearance: clearance))
      try? await stage.time.sleep(.milliseconds(100))
      stage.journal.state.withLock { $0.isInReach = false }
      return await result
    }
    #expect(result.name == "unknown")
    #expect(result.error?.category == .withheld)
    #expect(stage.stub.requests.count == 1)
  }

  @Test("does not keep others from their turn: a read goes, and so does a write that asks for nothing")
  func others() throws {
    let stage = try Stage(window: nil)
    let clearance = stage.journal.clearance(stage.time, outage: .seconds(600))
    let start = stage.time.now
    try stage.time.run {
      _ = await stage.send(SendingTerms())
      stage.journal.state.withLock { $0.isInReach = false }
      async let held = stage.send(SendingTerms(clearance: clearance))
      try? await stage.time.sleep(.seconds(1))
      #expect(await stage.send(SendingTerms()).name == "applied")
      _ = try await stage.client.webhook(app: WriteResultTests.webhook.appID, id: WriteResultTests.webhook.id)
      #expect(stage.time.now - start < .seconds(60) && stage.stub.requests.count == 3)
      #expect(await held.name == "applied")
    }
  }

  @Test("is not waited for once its task is cancelled")
  func cancelled() throws {
    let stage = try Stage(window: nil)
    let clearance = stage.journal.clearance(stage.time, outage: .seconds(600))
    let start = stage.time.now
    let result = try stage.time.run {
      _ = await stage.send(SendingTerms())
      stage.journal.state.withLock { $0.isInReach = false }
      let task = Task(executorPreference: stage.time) { await stage.send(SendingTerms(clearance: clearance)) }
      try? await stage.time.sleep(.seconds(1))
      task.cancel()
      return await task.value
    }
    #expect(result.error?.category == .cancelled)
    #expect(stage.stub.requests.count == 1 && stage.time.now - start < .seconds(10))
  }
}
