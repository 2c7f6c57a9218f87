import Synchronization
import Testing

@testable import WhAPI

/// The governor's own promises: order, cancellation, failures, and what it tells.
struct GovernorTests {
  /// An answer of a server whose clock agrees with ours.
  private static func answer(_ time: VirtualTime, remaining: Int, resetIn: Int) -> HTTPResponse {
    HTTPResponse(
      status: 200,
      fields: [
        HTTPField("X-RateLimit-Limit", "10"), HTTPField("X-RateLimit-Remaining", "\(remaining)"),
        HTTPField("X-RateLimit-Reset", "\(time.wall.components.seconds + Int64(resetIn))"),
      ])
  }

  @Test func theFirstGoesAloneAndTheOthersFollowInOrder() throws {
    let time = VirtualTime()
    let governor = Governor(environment: time.environment)
    let order = try time.run {
      let first = try await governor.acquire()
      return await withTaskGroup(of: Int.self) { group in
        for number in 0..<5 {
          group.addTask {
            guard let ticket = try? await governor.acquire() else { return -1 }
            defer { governor.answered(ticket, Self.answer(time, remaining: 5, resetIn: 60)) }
            return number
          }
        }
        group.addTask {
          try? await time.sleep(.seconds(1))
          governor.answered(first, Self.answer(time, remaining: 9, resetIn: 60))
          return 100
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(order == [100, 0, 1, 2, 3, 4])
  }

  @Test func aFirstRequestThatFailsLetsTheNextGo() throws {
    let time = VirtualTime()
    let governor = Governor(environment: time.environment)
    try time.run {
      for _ in 0..<3 {
        let ticket = try await governor.acquire()
        governor.failed(ticket, wasSent: true)
      }
    }
  }

  @Test func cancelledWaitersLeaveAndTheirAlarmPassesOn() throws {
    let time = VirtualTime()
    let governor = Governor(environment: time.environment)
    let start = time.now
    let gone = try time.run {
      let ticket = try await governor.acquire()
      governor.answered(ticket, Self.answer(time, remaining: 0, resetIn: 20))
      return await withTaskGroup(of: Duration?.self) { group in
        // The first waiter holds the alarm, and the second relies on it.
        let first = Task(executorPreference: time) { try await governor.acquire() }
        try? await time.sleep(.seconds(1))
        group.addTask {
          guard let ticket = try? await governor.acquire() else { return nil }
          defer { governor.answered(ticket, Self.answer(time, remaining: 9, resetIn: 20)) }
          return time.now - start
        }
        try? await time.sleep(.seconds(1))
        first.cancel()
        let result = await first.result
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(time.now - start < .seconds(3))
        return await group.next() ?? nil
      }
    }
    #expect(gone.map { $0 > .seconds(20) && $0 < .seconds(22) } == true)
  }

  @Test func aCancelledTaskNeverGoes() throws {
    let time = VirtualTime()
    let governor = Governor(environment: time.environment)
    try time.run {
      let task = Task(executorPreference: time) {
        while !Task.isCancelled { try? await time.sleep(.seconds(1)) }
        _ = try await governor.acquire()
      }
      task.cancel()
      let result = await task.result
      #expect(throws: CancellationError.self) { try result.get() }
      // It took no turn: the first one still goes.
      _ = try await governor.acquire()
    }
  }

  @Test func tellsWhenAllWaitAndWhenTheyGoOn() throws {
    let time = VirtualTime()
    let told = Mutex<[PacingWait?]>([])
    let governor = Governor(environment: time.environment) { wait in told.withLock { $0.append(wait) } }
    let end = try time.run {
      var ticket = try await governor.acquire()
      let end = time.wall + .seconds(20)
      governor.answered(ticket, Self.answer(time, remaining: 0, resetIn: 20))
      ticket = try await governor.acquire()
      governor.answered(
        ticket, HTTPResponse(status: 429, fields: [HTTPField("Retry-After", "7")]))
      ticket = try await governor.acquire()
      return end
    }
    let seen = told.withLock { $0 }
    #expect(seen.map { $0?.reason } == [.limit, nil, .refused, nil])
    #expect(seen.first.flatMap { $0 }.map { ($0.until - end).inSeconds < 1.5 } == true)
    #expect(governor.rate?.limit == 10)
  }

  @Test func thousandsOfWaitersThatAreCancelledLeaveNothing() throws {
    let time = VirtualTime()
    let governor = Governor(environment: time.environment)
    try time.run {
      let ticket = try await governor.acquire()
      let tasks = (0..<2000).map { _ in Task(executorPreference: time) { try await governor.acquire() } }
      try await time.sleep(.seconds(1))
      for task in tasks { task.cancel() }
      for task in tasks {
        let result = await task.result
        #expect(throws: CancellationError.self) { try result.get() }
      }
      governor.answered(ticket, Self.answer(time, remaining: 9, resetIn: 20))
      _ = try await governor.acquire()
    }
  }

  @Test(arguments: [
    ("120", "60", "1700000030", 1_700_000_030.0), ("120", "60", "30", 1_700_000_030),
    (" 120 ", "-1", "1700000030.5", 1_700_000_030.5),
    ("120", "60", "1700000030000", 1_700_000_030),
  ])
  func readings(limit: String, remaining: String, reset: String, seconds: Double) throws {
    let response = HTTPResponse(
      status: 200,
      fields: [
        HTTPField("x-ratelimit-limit", limit), HTTPField("x-ratelimit-remaining", remaining),
        HTTPField("x-ratelimit-reset", reset),
      ])
    let reading = try #require(RateLimitReading(response, serverTime: .milliseconds(1_700_000_000_700)))
    #expect(reading.limit == 120)
    #expect(reading.remaining == (remaining == "-1" ? 0 : 60))
    #expect(reading.reset == .seconds(seconds))
  }

  @Test(arguments: [
    ("x", "1", "1"), ("0", "1", "1"), ("-5", "1", "1"), ("1", "", "1"), ("1", "1", "nan"), ("1", "inf", "1"),
    ("1e300", "1", "1"), ("1", "1", "never"),
  ])
  func noReadings(limit: String, remaining: String, reset: String) {
    let response = HTTPResponse(
      status: 200,
      fields: [
        HTTPField("X-RateLimit-Limit", limit), HTTPField("X-RateLimit-Remaining", remaining),
        HTTPField("X-RateLimit-Reset", reset),
      ])
    #expect(RateLimitReading(response, serverTime: .zero) == nil)
  }

  @Test func timeForARun() {
    let rate = PacingRate(limit: 60, window: .seconds(60), remaining: 50)
    #expect(rate.time(for: 50) == .zero)
    #expect(rate.time(for: 51) == .seconds(60))
    #expect(rate.time(for: 110) == .seconds(60))
    #expect(rate.time(for: 1000) == .seconds(960))
  }
}
