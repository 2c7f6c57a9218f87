import Foundation
import Synchronization
import Testing
import WhDeterminism
import WhTestSupport

@Suite("Runs that are interrupted at any moment")
struct InterruptedRunTests {
  private static let shape: ServiceShape = {
    var shape = ServiceShape(apps: 20, webhooksPerApp: 10, oldPerApp: 10)
    shape.latency = .milliseconds(5)
    return shape
  }()
  /// 1 page of apps, 20 lists, 200 writes.
  private static let requests = 221
  private static let moments = 30

  @Test(
    "The report of each of 30 runs matches the service, with each webhook once",
    arguments: Seeds.first(1))
  func atRandom(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let moments = (0..<Self.moments).map { index in
      (request: Int.random(in: 1...Self.requests, using: &random), signal: index.isMultiple(of: 2) ? SIGINT : SIGTERM)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, moment) in moments.enumerated() {
        group.addTask {
          try await Self.interrupt(
            at: moment.request, by: moment.signal, resuming: index.isMultiple(of: 5), "seed \(seed), run \(index)")
        }
      }
      try await group.waitForAll()
    }
  }

  private static func interrupt(at request: Int, by signal: Int32, resuming: Bool, _ title: String) async throws {
    let child = Mutex<WhChild?>(nil)
    let server = try CountingService(shape) { number, _ in
      if number == request { child.withLock { $0 }?.signal(signal) }
    }
    let home = try Home()
    let run = try await ChildLimit.shared.with {
      let arguments = ["--output", "json", "-c", ServiceShape.migration]
      let started = try child.withLock { child in
        let started = try WhChild(home, arguments, environment: WhRun.environment(server))
        child = started
        return started
      }
      return try await started.finished()
    }
    let title: Comment = "\(title), \(signal) at request \(request): \(run.testDescription.prefix(4000))"
    let isMigrated = (0..<server.webhookCount).map { server.fields(of: $0).isMigrated }
    let writes = server.log.filter { $0.method == "PUT" }
    let outcomes = try run.objects.filter { $0["type"] as? String == "outcome" }
    #expect(Set(writes.map(\.path)).count == writes.count, title)
    if outcomes.isEmpty {
      #expect(run.exit == 75 && writes.isEmpty, title)
      return
    }
    var states: [Int: String] = [:]
    for outcome in outcomes {
      let number = try #require(WebhookFields.number(in: outcome["webhook"] as? String ?? ""), title)
      #expect(states.updateValue(outcome["state"] as? String ?? "", forKey: number) == nil, title)
    }
    #expect(states.count == server.webhookCount, title)
    for number in isMigrated.indices {
      #expect(states[number] == (isMigrated[number] ? "updated" : "not attempted"), title)
    }
    let isDone = isMigrated.allSatisfy(\.self)
    #expect(isDone ? run.exit == 0 || run.exit == 75 : run.exit == 75, title)
    if resuming, !isDone { try await resume(home, server, title) }
  }

  private static func resume(_ home: Home, _ server: CountingService, _ title: Comment) async throws {
    let resumed = try await home.wh("resume", environment: WhRun.environment(server))
    #expect(resumed.exit == 0, "\(title)\n\(resumed.testDescription)")
    #expect((0..<server.webhookCount).allSatisfy { server.fields(of: $0).isMigrated }, title)
    let writes = server.log.filter { $0.method == "PUT" }
    #expect(Set(writes.map(\.path)).count == writes.count, "\(title)\n\(resumed.testDescription)")
  }

  @Test("A second signal ends it at once, whatever is in flight")
  func twice() async throws {
    let gate = Gate()
    defer { gate.open() }
    let service = ManyWebhooks(count: 3)
    let server = try FakeService { request in
      if request.method == "PUT" { gate.pass() }
      return service.answer(request)
    }
    let child = try WhChild(Home(), ["-c", ManyWebhooks.script], environment: WhRun.environment(server))
    try await gate.reached()
    let end = Task { try await child.finished() }
    // Two signals that come together may count as one, so they are sent until it is over.
    let signals = Task {
      while !Task.isCancelled {
        child.signal(SIGINT)
        try? await Task.sleep(for: .milliseconds(100))
      }
    }
    let run = try await end.value
    signals.cancel()
    #expect(run.exit == 130, "\(run.testDescription)")
  }
}
