import Foundation
import Synchronization
import Testing

@testable import WhSandbox

@Suite("The server")
struct ServerTests {
  @Test("reports where it listens, stops, and starts again")
  func lifecycle() async throws {
    let server = try Server(store: try Store())
    #expect(server.port == nil)
    for _ in 0..<2 {
      let url = try await server.start()
      let port = try #require(server.port)
      #expect(url.absoluteString == "http://127.0.0.1:\(port)")
      #expect(try await server.start() == url)
      let request = Harness.request("GET", Harness.path, headers: ["Connection": "close"])
      #expect(try Reply.all(in: try await RawClient(port: port).exchange(request).bytes).map(\.status) == [200])
      await server.stop()
      #expect(server.port == nil)
      await #expect(throws: RawClient.Failure.self) { try await RawClient(port: port).exchange(request) }
    }
  }

  @Test("says so at once if its port is taken")
  func portTaken() async throws {
    try await Harness.run { service in
      let other = try Server(options: Options(port: service.port), store: try Store(demoData: .empty))
      let error = await #expect(throws: ServerError.self) { try await other.start() }
      #expect(error?.description.contains("can't listen on 127.0.0.1:\(service.port)") == true)
      #expect(other.port == nil)
    }
  }

  @Test("listens on 127.0.0.1 and no other address")
  func loopbackOnly() async throws {
    try await Harness.run { service in
      // All of 127.0.0.0/8 is this machine, so a server on every address would answer here.
      let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(file) }
      let error = #expect(throws: RawClient.Failure.self) {
        try RawClient.connect(file, port: service.port, address: "127.0.0.2")
      }
      #expect(error?.code == ECONNREFUSED)
    }
  }

  @Test("answers many requests on one connection, in order")
  func keepAlive() async throws {
    try await Harness.run { service in
      var bytes = Data()
      for number in 1...20 {
        bytes += Harness.request("PUT", Harness.path, body: #"{"url": "https://example.com/\#(number)"}"#)
      }
      bytes += Harness.request("DELETE", Harness.path)
      bytes += Harness.request("GET", Harness.path, headers: ["Connection": "close"])
      let replies = try Reply.all(in: try await RawClient(port: service.port).exchange(bytes).bytes)
      #expect(replies.map(\.status) == Array(repeating: 200, count: 21) + [404])
      let urls = try replies.prefix(20).map { try $0.object["url"] as? String }
      #expect(urls == (1...20).map { "https://example.com/\($0)" })
    }
  }

  @Test("answers HEAD without a body, so that the next answer is read from its start")
  func head() async throws {
    try await Harness.run { service in
      let bytes =
        Harness.request("HEAD", Harness.path) + Harness.request("GET", Harness.path, headers: ["Connection": "close"])
      let replies = try Reply.all(in: try await RawClient(port: service.port).exchange(bytes).bytes)
      #expect(replies.map(\.status) == [405, 200])
      #expect(replies.first?.body.isEmpty == true)
    }
  }

  @Test("sends the body of an answer without waiting for the head's ACK")
  func noDelay() async throws {
    let port = Mutex<UInt16>(0)
    let seen = Mutex<[Bool]>([])
    let effects = Server.Effects(sleep: { _ in
      let flags = noDelayOfConnections(to: port.withLock { $0 })
      seen.withLock { $0 = flags }
    })
    try await Harness.run(Options(faults: Options.Faults(latency: 1)), effects: effects) { service in
      port.withLock { $0 = service.port }
      let reply = try await service.call("GET", Harness.path)
      #expect(reply.status == 200)
      #expect(seen.withLock { $0 } == [true])
    }
  }

  @Test("reads a body in chunks")
  func chunked() async throws {
    try await Harness.run { service in
      let head = Harness.request(
        "PUT", Harness.path,
        headers: ["Transfer-Encoding": "chunked", "Content-Type": "application/json", "Connection": "close"])
      let body = "10\r\n{\"url\": \"https:/\r\nf\r\n/example.com/a\"\r\n1\r\n}\r\n0\r\n\r\n"
      let reply = try #require(
        try Reply.all(in: try await RawClient(port: service.port).exchange(head + Data(body.utf8)).bytes).first)
      #expect(try reply.object["url"] as? String == "https://example.com/a")
    }
  }

  @Test("has 32 requests in flight at once", .timeLimit(.minutes(1)))
  func inFlight() async throws {
    let gate = Gate(size: 32)
    let effects = Server.Effects(sleep: { _ in await gate.wait() })
    try await Harness.run(Options(faults: Options.Faults(latency: 1)), effects: effects) { service in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<32 { group.addTask { try await service.call("GET", Harness.path).status } }
        for try await status in group { #expect(status == 200) }
      }
    }
  }

  @Test("stops with a request in flight and a connection idle", .timeLimit(.minutes(1)))
  func stopInFlight() async throws {
    let arrived = Gate(size: 2)
    let effects = Server.Effects(sleep: { duration in
      await arrived.wait()
      try await Task.sleep(for: duration)
    })
    let server = try Server(
      options: Options(faults: Options.Faults(latency: 3_600_000)), store: try Store(), effects: effects)
    try await server.start()
    let port = try #require(server.port)
    async let first = RawClient(port: port).exchange(Harness.request("GET", Harness.path))
    async let second = RawClient(port: port).exchange(Harness.request("GET", Harness.path))
    await arrived.whenOpen()
    await server.stop()
    _ = try await (first, second)
  }

  @Test("dates its answers")
  func date() async throws {
    try await Harness.run(effects: ManualClock().effects) { (service) async throws in
      for path in [Harness.path, "/nowhere"] {
        #expect(try await service.call("GET", path).headers["date"] == "Mon, 21 Sep 2026 14:13:20 GMT")
      }
    }
  }

  @Test("logs method, path and status, and nothing that is secret")
  func log() async throws {
    let entries = Mutex<[RequestLog]>([])
    let options = Options(faults: Options.Faults(seed: 1, shares: [.resetAfter: 1], methods: ["DELETE"]))
    try await Harness.run(
      options, effects: ManualClock().effects, log: { entry in entries.withLock { $0.append(entry) } }
    ) { service in
      _ = try await service.call("GET", "/v1/organization/apps?limit=1")
      _ = try await service.call("PUT", Harness.path, key: nil, body: "{}")
      _ = try await service.call("GET", "/\u{1B}[2J")
      _ = try await service.raw("DELETE", Harness.path)
    }
    #expect(
      entries.withLock { $0 } == [
        RequestLog(method: "GET", path: "/v1/organization/apps", status: 200, fault: nil, milliseconds: 0),
        RequestLog(method: "PUT", path: Harness.path, status: 401, fault: nil, milliseconds: 0),
        RequestLog(method: "GET", path: "/?[2J", status: 404, fault: nil, milliseconds: 0),
        RequestLog(method: "DELETE", path: Harness.path, status: nil, fault: .resetAfter, milliseconds: 0),
      ])
  }
}

/// Whether each connection that this process accepted on `port` sends small packets at once.
private func noDelayOfConnections(to port: UInt16) -> [Bool] {
  let files = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")) ?? []
  return files.compactMap(Int32.init).compactMap { file in
    var own = sockaddr_in()
    var peer = sockaddr_in()
    guard address(file, getsockname, &own), own.sin_port == port.bigEndian, address(file, getpeername, &peer) else {
      return nil
    }
    var value: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    return getsockopt(file, Int32(IPPROTO_TCP), TCP_NODELAY, &value, &size) == 0 && value != 0
  }
}

/// Asks for one of the addresses of a socket; false if `file` is not a socket, or has no such address.
private func address(
  _ file: Int32, _ ask: (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?) -> Int32,
  _ address: inout sockaddr_in
) -> Bool {
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  return withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { ask(file, $0, &size) == 0 }
  }
}
