import Testing
import WhDeterminism

@testable import WhAPI

/// Whole runs against a limited server, in virtual time.
struct PacingSimulationTests {
  struct Scenario: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var requests = 700
    var workers = 32
    var configuration = LimitedServer.Configuration()

    init(_ description: String, _ change: (inout Scenario) -> Void) {
      testDescription = description
      change(&self)
    }
  }

  /// Sends all requests, each until it is served, and returns how long that took.
  static func run(_ scenario: Scenario, _ time: VirtualTime, _ server: LimitedServer, governor: Governor? = nil)
    async throws -> Duration
  {
    let governor = governor ?? Governor(environment: time.environment)
    let sender = RetryingSender(PacedTransport(server, governor: governor), environment: time.environment)
    let start = time.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<scenario.workers {
        group.addTask {
          for _ in stride(from: worker, to: scenario.requests, by: scenario.workers) {
            #expect(await sender.send(HTTPRequest(.get, "/")).error == nil)
          }
        }
      }
      try await group.waitForAll()
    }
    return time.now - start
  }

  /// What the limit makes necessary: the first window may be cut short, and the last need not end.
  static func floor(_ scenario: Scenario, start: Duration) -> Duration {
    let configuration = scenario.configuration
    let windows = (scenario.requests - 1) / configuration.limit
    guard windows > 0 else { return .zero }
    switch configuration.windows {
    case .fromFirstRequest: return configuration.window * windows
    case .fixed(let phase):
      let length = configuration.window.inSeconds
      let left = length - (start + configuration.skew - phase).inSeconds.truncatingRemainder(dividingBy: length)
      // A window that ends before the first answer is in serves one request.
      let isCutShort = left < 2 * configuration.latency.inSeconds
      let later = isCutShort ? (scenario.requests - 2) / configuration.limit + 1 : windows
      return .seconds(left) + configuration.window * (later - 1)
    }
  }

  static let scenarios: [Scenario] = [
    Scenario("fixed windows, reset exact") { _ in },
    Scenario("fixed windows, one worker, quick server") {
      $0.workers = 1
      $0.configuration.latency = .milliseconds(4)
    },
    Scenario("fixed windows, answers out of order") { $0.configuration.jitter = .milliseconds(400) },
    Scenario("fixed windows, entered in the middle") { $0.configuration.windows = .fixed(phase: .milliseconds(3000)) },
    Scenario("windows from the first request, reset rounded down") {
      $0.configuration.windows = .fromFirstRequest
      $0.configuration.rounding = .down
    },
    Scenario("a clock that is 17.3 s ahead") { $0.configuration.skew = .milliseconds(17_300) },
    Scenario("a clock that is 1 h behind") { $0.configuration.skew = .milliseconds(-3_600_400) },
    Scenario("without Date") { $0.configuration.tellsDate = false },
    Scenario("minutes, reset rounded down, odd phase") {
      $0.configuration.window = .seconds(60)
      $0.configuration.windows = .fixed(phase: .milliseconds(7900))
      $0.configuration.rounding = .down
    },
    Scenario("minutes from the first request, reset rounded up") {
      $0.configuration.window = .seconds(60)
      $0.configuration.windows = .fromFirstRequest
    },
    Scenario("60 a minute") {
      $0.configuration.window = .seconds(60)
      $0.configuration.limit = 60
    },
    Scenario("a limit smaller than the number of workers") {
      $0.requests = 100
      $0.configuration.limit = 5
    },
    Scenario("a limit of one") {
      $0.requests = 10
      $0.configuration.limit = 1
    },
    Scenario("a slow server") {
      $0.requests = 500
      $0.configuration.latency = .milliseconds(800)
    },
    Scenario("1000 per second") {
      $0.requests = 3000
      $0.configuration.limit = 1000
      $0.configuration.window = .seconds(1)
      $0.configuration.latency = .milliseconds(5)
    },
  ]

  @Test(arguments: scenarios, [0, 370, 999])
  func meetsNoRefusalAndTakesTheTimeThatTheLimitTakes(scenario: Scenario, offset: Int) throws {
    let time = VirtualTime(epoch: .seconds(1_700_000_000) + .milliseconds(offset))
    let server = LimitedServer(time, scenario.configuration)
    let floor = Self.floor(scenario, start: time.wall)
    let taken = try time.run { try await Self.run(scenario, time, server) }
    #expect(server.seen.served == scenario.requests)
    #expect(server.seen.refused == 0)
    // The first request and the last one take their time at the server too.
    let bound = floor * 1.05 + .seconds(1) + (scenario.configuration.latency + scenario.configuration.jitter) * 2
    #expect(taken <= bound, "took \(taken), floor \(floor)")
  }

  @Test(arguments: [0.15, 0.5, 0.85])
  func aShortWindowWhoseResetIsRoundedDownIsLearntFromOneRefusalAtMost(phase: Double) throws {
    let scenario = Scenario("") {
      $0.configuration.windows = .fixed(phase: .seconds(phase))
      $0.configuration.rounding = .down
    }
    let time = VirtualTime()
    let server = LimitedServer(time, scenario.configuration)
    _ = try time.run { try await Self.run(scenario, time, server) }
    #expect(server.seen.served == scenario.requests)
    #expect(server.seen.refused <= 1)
  }

  @Test(arguments: [Duration.seconds(6), .seconds(60)], [0.1, 0.33, 0.6])
  func yieldsToAnotherUserOfTheKey(window: Duration, share: Double) throws {
    let scenario = Scenario("") { $0.configuration.window = window }
    let time = VirtualTime()
    let server = LimitedServer(time, scenario.configuration)
    let taken = try time.run {
      try await withThrowingTaskGroup(of: Duration?.self) { group in
        group.addTask {
          while !Task.isCancelled {
            // A steady user that takes its share of each window, evenly.
            try? await time.sleep(window / (120 * share))
            _ = try? await server.send(HTTPRequest(.get, "/foreign"))
          }
          return nil
        }
        group.addTask { try await Self.run(scenario, time, server) }
        while let taken = try await group.next() {
          if let taken {
            group.cancelAll()
            return taken
          }
        }
        return Duration.zero
      }
    }
    let seen = server.seen
    #expect(seen.served == scenario.requests)
    #expect(Double(seen.refused) <= 0.01 * Double(scenario.requests))
    // The other one has most of what it wants, and this one most of the rest.
    #expect(Double(seen.foreignServed) > 0.7 * Double(seen.foreignServed + seen.foreignRefused))
    #expect(taken < window * (Double(scenario.requests) / 120 / (1 - share)) * 1.1)
  }

  @Test func twoRunsWithOneKeyShareIt() throws {
    let scenario = Scenario("") { $0.requests = 600 }
    let time = VirtualTime()
    let server = LimitedServer(time, scenario.configuration)
    _ = try time.run {
      async let one = Self.run(scenario, time, server)
      async let other = Self.run(scenario, time, server)
      return try await [one, other]
    }
    #expect(server.seen.served == 1200)
    #expect(Double(server.seen.refused) <= 0.02 * 1200)
  }

  @Test func aServerWithoutALimitIsNotPaced() throws {
    let scenario = Scenario("") {
      $0.configuration.tellsLimit = false; $0.configuration.limit = 1_000_000
    }
    let time = VirtualTime()
    let server = LimitedServer(time, scenario.configuration)
    let taken = try time.run { try await Self.run(scenario, time, server) }
    #expect(server.seen.most == 32)
    // One alone, then 32 at a time.
    #expect(taken <= .milliseconds(50) * (1 + 32))
  }

  @Test(arguments: [true, false])
  func aServerThatOnlyRefusesIsWaitedOut(tellsRetryAfter: Bool) throws {
    let scenario = Scenario("") {
      $0.configuration.tellsLimit = false
      $0.configuration.tellsRetryAfter = tellsRetryAfter
    }
    let time = VirtualTime()
    let server = LimitedServer(time, scenario.configuration)
    _ = try time.run { try await Self.run(scenario, time, server) }
    #expect(server.seen.served == scenario.requests)
    // At most what was in flight at the end of each window, and one that asked whether it was over.
    #expect(server.seen.refused <= 9 * (32 + 3))
  }
}
