import Foundation
import Synchronization
import Testing
import WhTestSupport

@Suite("Runs that stop part-way")
struct StoppedTests {
  private static func updates(_ server: FakeService) -> [String] {
    server.requests.filter { $0.method == "PUT" }.map { String($0.path.split(separator: "/").last ?? "") }
  }

  /// Busy, and to be asked again at once.
  private static let busy = CannedAnswer(
    503, fields: [("Retry-After", "0")], body: Array(#"{"error":{"type":"api_error","message":"Out of order"}}"#.utf8))

  @Test("If the API fails after some updates, the report shows what is done and what is not: 75")
  func partWay() async throws {
    let server = try ManyWebhooks(count: 12, update: { $0 < 3 ? nil : Self.busy }).serve()
    let run = try await Home().wh(
      "--jobs", "1", "-c", ManyWebhooks.script, environment: WhRun.environment(server))
    #expect(run.exit == 75, "\(run.testDescription)")
    let counts = try #require(
      run.output.firstMatch(of: /committed: 2 updated, (\d+) unknown, (\d+) not attempted/), "\(run.testDescription)")
    #expect((Int(counts.1) ?? 0) + (Int(counts.2) ?? 0) == 10)
    #expect(run.error.contains("stopped part-way") && run.error.contains("Out of order"), "\(run.testDescription)")
    #expect(Set(Self.updates(server)).count == 2 + (Int(counts.1) ?? 0), "the others were not begun")
    #expect(Self.updates(server).filter { $0 == "whk_3" }.count > 1, "it was tried again")
  }

  @Test("A transient fault is not a failure")
  func passing() async throws {
    let isFirst = Once()
    let server = try ManyWebhooks(count: 3, update: { $0 == 2 && isFirst.take() ? Self.busy : nil }).serve()
    let run = try await Home().wh("-c", ManyWebhooks.script, environment: WhRun.environment(server))
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(run.output.contains("committed: 3 updated"), "\(run.testDescription)")
    #expect(Self.updates(server).sorted() == ["whk_1", "whk_2", "whk_2", "whk_3"])
  }

  @Test("A lost answer is retried, and a refusal is not")
  func lostAndRefused() async throws {
    let isFirst = Once()
    let refusal = CannedAnswer.json(400, #"{"error":{"type":"invalid_request_error","message":"Not this one"}}"#)
    let server = try ManyWebhooks(
      count: 3, update: { $0 == 1 && isFirst.take() ? .silence : $0 == 3 ? refusal : nil }
    ).serve()
    let run = try await Home().wh("-c", ManyWebhooks.script, environment: WhRun.environment(server))
    #expect(run.exit == 1, "\(run.testDescription)")
    #expect(run.output.contains("committed: 2 updated, 1 failed"), "\(run.testDescription)")
    #expect(run.output.contains("Not this one"), "\(run.testDescription)")
    #expect(Self.updates(server).sorted() == ["whk_1", "whk_1", "whk_2", "whk_3"])
  }

  /// The limit is used up by the first update, for an hour.
  private static func limited(_ count: Int, then hold: @escaping @Sendable (Int) -> Void = { _ in }) throws
    -> FakeService
  {
    let service = ManyWebhooks(count: count)
    // The server's own clock makes the reset one to be believed, and it is near enough to be waited for.
    let now = Date()
    let reset = String(Int(now.timeIntervalSince1970) + 600)
    let clock = DateFormatter()
    clock.locale = Locale(identifier: "en_US_POSIX")
    clock.timeZone = TimeZone(identifier: "GMT")
    clock.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    let date = clock.string(from: now)
    return try FakeService { request in
      var answer = service.answer(request)
      guard request.method == "PUT" else { return answer }
      hold(Int(request.path.split(separator: "_").last ?? "") ?? 0)
      answer.fields += [
        ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", reset), ("Date", date),
      ]
      return answer
    }
  }

  @Test(
    "When interrupted, it lets requests in flight end, reports, and exits with 75",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func interrupted(signal: Int32) async throws {
    let gate = Gate()
    let server = try Self.limited(3) { _ in gate.pass() }
    let child = try WhChild(
      Home(), ["--jobs", "1", "-c", ManyWebhooks.script], environment: WhRun.environment(server))
    try await gate.reached()
    child.signal(signal)
    // Whether the signal or the answer comes first: the second update waits an hour for the limit.
    gate.open()
    let run = try await child.finished()
    #expect(run.exit == 75, "\(run.testDescription)")
    #expect(run.output.contains("1 updated") && run.output.contains("2 not attempted"), "\(run.testDescription)")
    #expect(run.error.contains("interrupted"), "\(run.testDescription)")
    #expect(Set(Self.updates(server)) == ["whk_1"])
  }

  @Test(
    "Two signals that come together are one",
    arguments: [[SIGINT, SIGINT], [SIGTERM, SIGTERM], [SIGINT, SIGTERM, SIGHUP]])
  func together(signals: [Int32]) async throws {
    let gate = Gate()
    let server = try Self.limited(3) { _ in gate.pass() }
    let child = try WhChild(
      Home(), ["--jobs", "1", "-c", ManyWebhooks.script], environment: WhRun.environment(server))
    try await gate.reached()
    for signal in signals { child.signal(signal) }
    gate.open()
    let run = try await child.finished()
    #expect(run.exit == 75, "\(run.testDescription)")
    #expect(run.output.contains("1 updated"), "\(run.testDescription)")
  }

  @Test("Interrupted before anything was sent, nothing is sent")
  func interruptedWhileReading() async throws {
    let gate = Gate()
    defer { gate.open() }
    let service = ManyWebhooks(count: 3)
    let server = try FakeService { request in
      gate.pass()
      return service.answer(request)
    }
    let child = try WhChild(Home(), ["-c", ManyWebhooks.script], environment: WhRun.environment(server))
    try await gate.reached()
    child.signal(SIGINT)
    let run = try await child.finished()
    #expect(run.exit == 75, "\(run.testDescription)")
    #expect(run.error.contains("interrupted"), "\(run.testDescription)")
    #expect(Self.updates(server).isEmpty)
  }
}

/// True the first time.
private final class Once: Sendable {
  private let wasTaken = Atomic(false)

  func take() -> Bool { !wasTaken.exchange(true, ordering: .relaxed) }
}
