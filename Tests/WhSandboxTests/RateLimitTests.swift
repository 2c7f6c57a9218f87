import Foundation
import Testing

@testable import WhSandbox

@Suite("The rate limit")
struct RateLimitTests {
  @Test("without one, there are no headers for it")
  func none() async throws {
    try await Harness.run { (service) async throws in
      let reply = try await service.call("GET", Harness.path)
      #expect(!reply.headers.keys.contains { $0.hasPrefix("x-ratelimit") })
    }
  }

  @Test("every answer has the remaining requests; above the limit it is 429 until the window has passed")
  func window() async throws {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_790_000_000.4))
    let options = Options(rateLimits: .every(Options.RateLimit(limit: 3, window: 60)))
    try await Harness.run(options, effects: clock.effects) { (service) async throws in
      let calls = [
        ("GET", Harness.path, 200), ("GET", "\(Harness.webhooks)/nope", 404), ("PATCH", Harness.path, 405),
      ]
      for (used, (method, path, status)) in calls.enumerated() {
        let reply = try await service.call(method, path)
        #expect(reply.status == status)
        #expect(reply.headers["x-ratelimit-limit"] == "3")
        #expect(reply.headers["x-ratelimit-remaining"] == String(2 - used))
        #expect(reply.headers["x-ratelimit-reset"] == "1790000060")
      }
      clock.advance(by: 30)
      let refused = try await service.call("PUT", Harness.path, body: #"{"url": "https://new.example.com"}"#)
      #expect(refused.status == 429)
      #expect(refused.headers["retry-after"] == "30")
      #expect(refused.headers["x-ratelimit-remaining"] == "0")
      #expect(refused.text == #"{"error":"Rate limit exceeded. Try again in 30 seconds."}"#)

      clock.advance(by: 30)
      let reply = try await service.call("GET", Harness.path)
      #expect(reply.status == 200)
      #expect(try reply.object["url"] as? String == "https://old.example.com/my-app/messages")
      #expect(reply.headers["x-ratelimit-remaining"] == "2")
      #expect(reply.headers["x-ratelimit-reset"] == "1790000120")
    }
  }

  @Test("each key has its own; those without a key share one")
  func keys() async throws {
    let options = Options(rateLimits: .every(Options.RateLimit(limit: 1)))
    try await Harness.run(options, effects: ManualClock().effects) { (service) async throws in
      for key in ["sk_admin_a", "sk_admin_b"] {
        #expect(try await service.call("GET", Harness.path, key: key).status == 200)
        #expect(try await service.call("GET", Harness.path, key: key).status == 429)
      }
      #expect(try await service.call("GET", "/v1/webhooks", key: Harness.appKey).status == 200)
      #expect(try await service.call("GET", Harness.path, key: "bad").status == 401)
      #expect(try await service.call("GET", Harness.path, key: nil).status == 429)
    }
  }

  @Test("each family of routes has windows of its own, as documented")
  func families() async throws {
    try await Harness.run(Options(rateLimits: .documented), effects: ManualClock().effects) { (service) async throws in
      let inbound = #"{"from": "+15551234567", "to": "+15559876543", "text": "hello"}"#
      let calls: [(method: String, path: String, key: String?, body: String?, limit: String)] = [
        ("GET", Harness.path, Server.demoKey, nil, "60"), ("GET", "/v1/organization/apps", Server.demoKey, nil, "60"),
        ("GET", "/v1/organization/settings", Server.demoKey, nil, "120"),
        ("GET", "/v1/webhooks", Harness.appKey, nil, "60"),
        ("POST", "/v1/playground/sms/inbound", Harness.appKey, inbound, "120"), ("GET", "/", nil, nil, "120"),
      ]
      let left = ["59", "58", "119", "59", "119", "119"]
      for (call, left) in zip(calls, left) {
        let reply = try await service.call(call.method, call.path, key: call.key, body: call.body)
        #expect(reply.headers["x-ratelimit-limit"] == call.limit, "\(call)")
        #expect(reply.headers["x-ratelimit-remaining"] == left, "\(call)")
      }
    }
  }

  @Test("a family that is used up leaves the others alone, and one without a limit says nothing of limits")
  func oneFamily() async throws {
    let options = Options(rateLimits: Options.RateLimits([.apps: Options.RateLimit(limit: 1)]))
    try await Harness.run(options, effects: ManualClock().effects) { (service) async throws in
      #expect(try await service.call("GET", Harness.path).status == 200)
      #expect(try await service.call("GET", Harness.path).status == 429)
      let other = try await service.call("GET", "/v1/webhooks", key: Harness.appKey)
      #expect(other.status == 200)
      #expect(!other.headers.keys.contains { $0.hasPrefix("x-ratelimit") })
    }
  }

  @Test("a client that waits as Retry-After says is accepted", arguments: [0, 0.001, 0.5, 0.999, 59.0, 59.999])
  func retryAfter(elapsed: TimeInterval) throws {
    for start in [0, 0.001, 0.5, 0.999] {
      let limiter = RateLimiter(.every(Options.RateLimit(limit: 1, window: 60)))
      let first = Date(timeIntervalSince1970: 1000 + start)
      #expect(limiter.take(nil, .general, at: Timestamp(first))?.retryAfter == nil)
      let second = first + elapsed
      let refusal = try #require(limiter.take(nil, .general, at: Timestamp(second)))
      // A window starts on a whole second, so that it may end up to a second early.
      guard let seconds = refusal.retryAfter else {
        #expect(second.timeIntervalSince1970 >= Double(refusal.reset - 60))
        continue
      }
      #expect((1...60).contains(seconds))
      #expect(limiter.take(nil, .general, at: Timestamp(second + Double(seconds)))?.retryAfter == nil)
    }
  }

  @Test("windows that have ended do not pile up, and those that run are kept")
  func pruning() {
    let limiter = RateLimiter(.every(Options.RateLimit(limit: 1, window: 60)))
    let early = Timestamp(milliseconds: 1_000_000)
    let late = Timestamp(milliseconds: 1_030_000)
    for number in 0..<1000 { _ = limiter.take(.admin("early\(number)"), .general, at: early) }
    for number in 0..<2000 { _ = limiter.take(.admin("late\(number)"), .general, at: late) }
    for number in 0..<2000 { #expect(limiter.take(.admin("late\(number)"), .general, at: late)?.retryAfter != nil) }
  }
}
