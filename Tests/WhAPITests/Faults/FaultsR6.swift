import Synchronization
import Testing
import WhDeterminism
import WhTestSupport

@testable import WhAPI

@Suite("R6: the end of a wait is told before anything else goes on", .timeLimit(.minutes(1)))
struct FaultsR6 {
  private static let used = HTTPResponse(
    status: 200,
    fields: [
      HTTPField("X-RateLimit-Limit", "10"), HTTPField("X-RateLimit-Remaining", "0"),
      HTTPField("X-RateLimit-Reset", "20"),
    ])

  /// A request that waits for the limit and is cancelled leaves nothing on the screen; nor do several, which wait for the same.
  @Test("R6: when what waits for the limit is cancelled", arguments: [1, 2, 8])
  func cancelled(count: Int) throws {
    let time = VirtualTime()
    let told = Mutex<[PacingWait.Reason?]>([])
    let governor = Governor(environment: time.environment) { wait in told.withLock { $0.append(wait?.reason) } }
    try time.run {
      governor.answered(try await governor.acquire(), Self.used)
      let tasks = (0..<count).map { _ in Task(executorPreference: time) { try await governor.acquire() } }
      try await time.sleep(.seconds(1))
      #expect(told.withLock(\.self) == [.limit])
      for task in tasks { task.cancel() }
      for task in tasks {
        let result = await task.result
        #expect(throws: TransportError.unsent(.cancelled)) { try result.get() }
      }
    }
    #expect(told.withLock(\.self).last == .some(nil))
  }

  @Test("R6: when a silent server answers, or the request is given up", arguments: [true, false])
  func silence(isAnswered: Bool) async throws {
    let gate = Gate()
    defer { gate.open() }
    let told = Mutex<[PacingWait.Reason?]>([])
    let server = try FakeService.scripted { _ in [.wait(gate), .answer(200)] }
    var options = CurlOptions()
    options.patience = .milliseconds(20)
    if !isAnswered { options.firstByteTimeout = .milliseconds(200) }
    let transport = CurlTransport(
      base: try BaseURL(server.url), options: options,
      onWait: { wait in
        // On a busy machine the connection is waited for as well.
        if wait?.reason != .connection { told.withLock { $0.append(wait?.reason) } }
        if isAnswered, wait?.reason == .answer { gate.open() }
      })
    let result = try? await transport.send(HTTPRequest(.get, "/"))
    // At once, for what comes next may be printed.
    #expect(told.withLock(\.self) == [.answer, nil])
    #expect((result?.status == 200) == isAnswered)
  }

  @Test("R6: when the task is cancelled in the meantime")
  func cancelledAtTheServer() async throws {
    let gate = Gate()
    defer { gate.open() }
    let told = Watched<[PacingWait.Reason?]>([])
    let server = try FakeService.scripted { _ in [.wait(gate)] }
    var options = CurlOptions()
    options.patience = .milliseconds(20)
    let transport = CurlTransport(
      base: try BaseURL(server.url), options: options,
      onWait: { wait in if wait?.reason != .connection { told.change { $0.append(wait?.reason) } } })
    let task = Task { try await transport.send(HTTPRequest(.get, "/")) }
    try await told.wait(for: "a silence") { $0 == [.answer] }
    task.cancel()
    _ = try? await task.value
    #expect(told.now == [.answer, nil])
  }
}
