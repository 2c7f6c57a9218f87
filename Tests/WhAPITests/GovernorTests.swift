import Synchronization
import Testing
import WhDeterminism

@testable import WhAPI

/// The governor's own promises: order, cancellation, failures, and reports.
struct GovernorTests {
  /// An answer of a server whose clock agrees with ours.
  private static func answer(
    _ time: VirtualTime, remaining: Int, resetIn: Int, date: String? = nil
  ) -> HTTPResponse {
    HTTPResponse(
      status: 200,
      fields: [
        HTTPField("X-RateLimit-Limit", "10"), HTTPField("X-RateLimit-Remaining", "\(remaining)"),
        HTTPField("X-RateLimit-Reset", "\(time.wall.components.seconds + Int64(resetIn))"),
      ] + (date.map { [HTTPField("Date", $0)] } ?? []))
  }

  /// The wall clock of `VirtualTime` at its beginning.
  private static let begin = "Tue, 14 Nov 2023 22:30:00 GMT"

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
        #expect(throws: TransportError.unsent(.cancelled)) { try result.get() }
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
      #expect(throws: TransportError.unsent(.cancelled)) { try result.get() }
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
        #expect(throws: TransportError.unsent(.cancelled)) { try result.get() }
      }
      governor.answered(ticket, Self.answer(time, remaining: 9, resetIn: 20))
      _ = try await governor.acquire()
    }
  }

  @Test(arguments: [
    ("120", "60", "1700000030", 1_700_000_030.0), ("120", "60", "30", 1_700_000_030),
    (" 120 ", "60", "1700000030.5", 1_700_000_030.5), ("120, 120;w=60", "60, 60", "30, 30", 1_700_000_030),
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
    #expect(reading.remaining == 60)
    #expect(reading.reset == .seconds(seconds))
  }

  /// The forms of the IETF's drafts, old and new.
  @Test(arguments: [
    [("RateLimit-Limit", "120"), ("RateLimit-Remaining", "60"), ("RateLimit-Reset", "30")],
    [("RateLimit-Limit", "120, 120;w=60"), ("RateLimit-Remaining", "60"), ("RateLimit-Reset", "30")],
    [("RateLimit", "limit=120, remaining=60, reset=30")], [("ratelimit", "limit=120,remaining=60,reset=30")],
    [("RateLimit", #""default";r=60;t=30"#), ("RateLimit-Policy", #""default";q=120;w=60"#)],
    [("RateLimit", "a;r=90;t=5, b;r=60;t=30"), ("RateLimit-Policy", "a;q=100;w=10, b;q=120;w=60")],
  ])
  func otherReadings(fields: [(String, String)]) {
    let response = HTTPResponse(status: 200, fields: fields.map { HTTPField($0.0, $0.1) })
    let reading = RateLimitReading(response, serverTime: .milliseconds(1_700_000_000_700))
    #expect(reading == RateLimitReading(limit: 120, remaining: 60, reset: .seconds(1_700_000_030)))
  }

  @Test(arguments: [
    [("RateLimit", "limit=120")], [("RateLimit", "")], [("RateLimit", ";;=,,=")],
    [("RateLimit", "a;r=1;t=5"), ("RateLimit-Policy", "b;q=100;w=10")], [("RateLimit-Policy", "b;q=100;w=10")],
  ])
  func noOtherReadings(fields: [(String, String)]) {
    let response = HTTPResponse(status: 200, fields: fields.map { HTTPField($0.0, $0.1) })
    #expect(RateLimitReading(response, serverTime: .zero) == nil)
  }

  @Test(arguments: [
    ("x", "1", "1"), ("0", "1", "1"), ("-5", "1", "1"), ("1", "", "1"), ("1", "1", "nan"), ("1", "inf", "1"),
    ("1e300", "1", "1"), ("1", "1", "never"), ("120", "-1", "30"),
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

  // MARK: Waits that are too long

  @Test(arguments: [901, 7200, 90_000_000_000])
  func aWindowThatEndsTooLateStopsAll(resetIn: Int) throws {
    let time = VirtualTime()
    let told = Mutex<[PacingWait?]>([])
    let governor = Governor(environment: time.environment) { wait in told.withLock { $0.append(wait) } }
    let start = time.now
    let errors = try time.run {
      let ticket = try await governor.acquire()
      return try await withThrowingTaskGroup(of: TransportError?.self) { group in
        for _ in 0..<50 {
          group.addTask {
            do throws(TransportError) {
              _ = try await governor.acquire()
              return nil
            } catch {
              return error
            }
          }
        }
        try await time.sleep(.seconds(1))
        governor.answered(ticket, Self.answer(time, remaining: 0, resetIn: resetIn, date: Self.begin))
        return try await group.reduce(into: [TransportError?]()) { $0.append($1) }
      }
    }
    #expect(errors.count == 50)
    for error in errors {
      guard case .heldBack(let wait)? = error?.kind else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(abs(wait.inSeconds - Double(resetIn)) < 3)
    }
    #expect(time.now - start == .seconds(1))
    #expect(told.withLock { $0.last ?? nil } == nil)
  }

  /// If the clock of the server is unknown, an end that is far away means that one of the clocks is wrong.
  @Test func aFarEndWithoutTheServersClockHoldsNothingUp() throws {
    let time = VirtualTime()
    let governor = Governor(environment: time.environment)
    let start = time.now
    try time.run {
      for _ in 0..<3 {
        let ticket = try await governor.acquire()
        governor.answered(ticket, Self.answer(time, remaining: 0, resetIn: 3630))
      }
    }
    #expect(time.now == start)
  }

  @Test func aWindowOfAQuarterOfAnHourIsWaitedFor() throws {
    let time = VirtualTime()
    let governor = Governor(environment: time.environment)
    let start = time.now
    try time.run {
      let ticket = try await governor.acquire()
      governor.answered(ticket, Self.answer(time, remaining: 0, resetIn: 895))
      _ = try await governor.acquire()
    }
    #expect(time.now - start >= .seconds(895))
  }

  @Test func afterALongPauseTheRefusalsAreCountedAfresh() throws {
    let time = VirtualTime()
    let governor = Governor(environment: time.environment)
    try time.run {
      for _ in 0..<10 {
        let ticket = try await governor.acquire()
        governor.answered(ticket, HTTPResponse(status: 429, fields: [HTTPField("Retry-After", "5")]))
        try await time.sleep(.seconds(600))
      }
    }
  }

  // MARK: The server's clock

  @Test(
    arguments: [
      ([], nil), (["Tue, 14 Nov 2023 22:30:00 GMT"], -0.0), (["Tue, 14 Nov 2023 23:30:00 GMT"], 3600.0),
      (["Tue, 14 Nov 2023 22:29:59 GMT", "Tue, 14 Nov 2023 22:30:00 GMT", "Tue, 14 Nov 2023 22:29:59 GMT"], 0),
      (["Tue, 14 Nov 2023 22:00:00 GMT", "Tue, 14 Nov 2023 22:30:00 GMT"], 0), (["never"], nil),
    ] as [([String], Double?)])
  func clockOffset(dates: [String], seconds: Double?) throws {
    // The wall clock says 22:30:00.
    let time = VirtualTime(epoch: .seconds(1_700_001_000 - 1000))
    let governor = Governor(environment: time.environment)
    try time.run {
      for date in dates {
        let ticket = try await governor.acquire()
        governor.answered(ticket, HTTPResponse(status: 200, fields: [HTTPField("Date", date)]))
      }
    }
    #expect(governor.clockOffset?.inSeconds == seconds)
  }

  @Test func timeForARun() {
    let rate = PacingRate(limit: 60, window: .seconds(60), remaining: 50)
    #expect(rate.time(for: 50) == .zero)
    #expect(rate.time(for: 51) == .seconds(60))
    #expect(rate.time(for: 110) == .seconds(60))
    #expect(rate.time(for: 1000) == .seconds(960))
  }
}
