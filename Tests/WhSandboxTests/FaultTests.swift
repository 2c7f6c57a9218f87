import Foundation
import Synchronization
import Testing

@testable import WhSandbox

@Suite("Faults")
struct FaultTests {
  static let change = #"{"url": "https://new.example.com/a"}"#

  /// Every `PUT` meets `fault`; other methods don't, so that they can look at what came of it.
  static func options(_ fault: Fault) -> Options {
    Options(faults: Options.Faults(seed: 1, shares: [fault: 1], stallSeconds: 5, methods: ["PUT"]))
  }

  /// Whether the webhook has the url of `change`.
  static func isApplied(_ service: Harness) async throws -> Bool {
    try await service.call("GET", Harness.path).object["url"] as? String == "https://new.example.com/a"
  }

  @Test(
    "that answer in the service's place apply nothing",
    arguments: [
      (Fault.tooManyRequests, 429, "application/json"), (.internalError, 500, "application/json"),
      (.unavailable, 503, "application/json"), (.errorPage, 502, "text/html"),
    ])
  func answered(fault: Fault, status: Int, type: String) async throws {
    try await Harness.run(Self.options(fault)) { service in
      let reply = try await service.call("PUT", Harness.path, body: Self.change)
      #expect(reply.status == status)
      #expect(reply.headers["content-type"] == type)
      switch fault {
      case .tooManyRequests:
        #expect(reply.headers["retry-after"] == "1")
        #expect(reply.text == #"{"error":"Rate limit exceeded. Try again in 1 seconds."}"#)
      case .errorPage: #expect(reply.text.contains("<h1>502 Bad Gateway</h1>"))
      default: #expect(try reply.error("type") == "api_error")
      }
      #expect(try await !Self.isApplied(service))
    }
  }

  @Test(
    "that reset the connection send nothing but a RST", arguments: [(Fault.resetBefore, false), (.resetAfter, true)])
  func reset(fault: Fault, applied: Bool) async throws {
    try await Harness.run(Self.options(fault)) { service in
      let received = try await service.raw("PUT", Harness.path, body: Self.change)
      #expect(received.end == .reset)
      #expect(received.bytes.isEmpty)
      #expect(try await Self.isApplied(service) == applied)
    }
  }

  @Test("that reset a connection which was used before leave its earlier answers alone")
  func resetOnKeepAlive() async throws {
    try await Harness.run(Self.options(.resetAfter)) { service in
      let bytes = Harness.request("GET", Harness.path) + Harness.request("PUT", Harness.path, body: Self.change)
      let received = try await RawClient(port: service.port).exchange(bytes)
      #expect(received.end == .reset)
      #expect(try await Self.isApplied(service))
    }
  }

  @Test("that cut an answer off close the connection before the announced length")
  func cutOff() async throws {
    try await Harness.run(Self.options(.cutOff)) { service in
      let whole = try await service.call("GET", Harness.path).body.count
      let received = try await service.raw("PUT", Harness.path, body: #"{}"#)
      #expect(received.end == .closed)
      let reply = try #require(try Reply.all(in: received.bytes).first)
      #expect(reply.status == 200)
      #expect(reply.headers["content-length"] == String(whole))
      #expect(reply.body.count == whole / 2)
      #expect(throws: (any Error).self) { try reply.object }
      _ = try await service.raw("PUT", Harness.path, body: Self.change)
      #expect(try await Self.isApplied(service))
    }
  }

  @Test("that cut off an answer without a body reset the connection")
  func cutOffWithoutBody() async throws {
    let options = Options(
      faults: Options.Faults(seed: 1, shares: [.cutOff: 1], methods: ["DELETE"]), deleteAnswer: .noContent)
    try await Harness.run(options) { service in
      let received = try await service.raw("DELETE", Harness.path)
      #expect(received.end == .reset && received.bytes.isEmpty)
      #expect(try await service.call("GET", Harness.path).status == 404)
    }
  }

  @Test("that garble an answer return 200 with a body that is not JSON, and leave refusals alone")
  func garbled() async throws {
    try await Harness.run(Self.options(.garbled)) { (service) async throws in
      let reply = try await service.call("PUT", Harness.path, body: Self.change)
      #expect(reply.status == 200)
      #expect(reply.headers["content-type"] == "application/json")
      #expect(throws: (any Error).self) { try JSONSerialization.jsonObject(with: reply.body) }
      #expect(try await Self.isApplied(service))
      let refused = try await service.call("PUT", Harness.path, body: "[]")
      #expect(refused.status == 400)
      #expect(try refused.error("message") == "The request body must be a JSON object.")
    }
  }

  @Test("that stall apply the request, and hold the answer back")
  func stall() async throws {
    let sleeps = Mutex<[Duration]>([])
    let effects = Server.Effects(sleep: { duration in sleeps.withLock { $0.append(duration) } })
    try await Harness.run(Self.options(.stall), effects: effects) { (service) async throws in
      #expect(try await service.call("PUT", Harness.path, body: Self.change).status == 200)
      #expect(try await Self.isApplied(service))
    }
    #expect(sleeps.withLock { $0 } == [.seconds(5)])
  }

  @Test("of latency meet every request, within the jitter")
  func latency() async throws {
    let sleeps = Mutex<[Duration]>([])
    let effects = Server.Effects(sleep: { duration in sleeps.withLock { $0.append(duration) } })
    let options = Options(faults: Options.Faults(seed: 7, latency: 20, jitter: 10))
    try await Harness.run(options, effects: effects) { (service) async throws in
      for _ in 0..<8 { #expect(try await service.call("GET", Harness.path).status == 200) }
    }
    let waited = sleeps.withLock { $0 }
    #expect(waited.count == 8)
    #expect(waited.allSatisfy { (.milliseconds(20)...(.milliseconds(30))).contains($0) })
    #expect(Set(waited).count > 1)
  }

  @Test("come in the same order for the same seed, and in their shares")
  func sequence() {
    let shares: [Fault: Double] = [.tooManyRequests: 0.1, .resetAfter: 0.2, .stall: 0.05]
    let faults = Options.Faults(jitter: 5, shares: shares)
    func draws(_ seed: UInt64) -> [FaultGenerator.Draw] {
      let generator = FaultGenerator(faults, seed: seed)
      return (0..<10000).map { _ in generator.draw(method: "PUT") }
    }
    #expect(draws(42) == draws(42))
    #expect(draws(42) != draws(43))
    for fault in Fault.allCases {
      let share = Double(draws(42).count { $0.fault == fault }) / 10000
      #expect(abs(share - (shares[fault] ?? 0)) < 0.02)
    }
  }

  @Test("use a random seed if the options have none")
  func seed() throws {
    let store = try Store(demoData: .empty)
    #expect(try Server(options: Options(faults: Options.Faults(seed: 9)), store: store).seed == 9)
    #expect(try Server(store: store, effects: Server.Effects(random: { 77 })).seed == 77)
  }

  @Test(
    "are refused if they are out of range",
    arguments: [
      Options(faults: Options.Faults(shares: [.stall: 1.5])), Options(faults: Options.Faults(shares: [.stall: -0.1])),
      Options(faults: Options.Faults(shares: [.stall: .nan])),
      Options(faults: Options.Faults(shares: [.stall: 0.6, .cutOff: 0.6])),
      Options(faults: Options.Faults(latency: -1)), Options(faults: Options.Faults(jitter: .max)),
      Options(faults: Options.Faults(stallSeconds: .infinity)),
      Options(rateLimits: .every(Options.RateLimit(limit: 0))),
      Options(rateLimits: .every(Options.RateLimit(limit: 1, window: 0))),
      Options(keys: ["nonsense"]),
    ])
  func outOfRange(options: Options) throws {
    let store = try Store(demoData: .empty)
    #expect(throws: InvalidOptions.self) { try Server(options: options, store: store) }
    #expect(throws: Never.self) {
      try Options.Faults(shares: Dictionary(uniqueKeysWithValues: Fault.allCases.map { ($0, 1.0 / 9) })).validate()
    }
  }
}
