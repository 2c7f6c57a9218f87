import Foundation
import Testing
import WhTestSupport

@testable import WhSandbox

@Suite("H15: no client keeps the sandbox from answering the others")
struct FaultsH15 {
  static let requests: [(start: String, piece: String)] = [
    ("GET /", "a"), ("", "a"), ("GET / HTTP/1.1\r\n", "X-A: b\r\n"), ("GET / HTTP/1.1\r\nX-A: ", "b"),
    (
      "PUT \(Harness.path) HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
      "400\r\n" + String(repeating: "a", count: 1024) + "\r\n"
    ),
    ("GET \(Harness.path) HTTP/1.1\r\nHost: a\r\n\r\nGET /", "a"),
  ]

  @Test("H15: requests that never end are ended, and others are answered all the while", arguments: requests)
  func endless(start: String, piece: String) async throws {
    try await Harness.run { (service) async throws in
      let clients = (0..<4).map { _ in EndlessClient(port: service.port, start: start, piece: piece) }
      for _ in 0..<5 { #expect(try await service.call("GET", Harness.path).status == 200) }
      for client in clients { try await client.end() }
      #expect(try await service.call("GET", Harness.path).status == 200)
    }
  }

  @Test(
    "H15: a long head within the bound is answered, and a longer one is 431", arguments: [10_000, 400_000])
  func longHead(size: Int) async throws {
    try await Harness.run { (service) async throws in
      let path = "\(Harness.path)?x=" + String(repeating: "a", count: size)
      let received = try await service.raw("GET", path)
      let status = size > RequestReader.longestLine ? "431" : "200"
      #expect(String(decoding: received.bytes.prefix(12), as: UTF8.self) == "HTTP/1.1 \(status)")
    }
  }

  @Test("H15: bodies and many requests on one connection are not taken for endless heads")
  func many() async throws {
    try await Harness.run { (service) async throws in
      let body = #"{"url": "https://example.com/"# + String(repeating: "a", count: 30_000) + #""}"#
      var bytes = Data()
      for _ in 0..<40 { bytes += Harness.request("PUT", Harness.path, body: body) }
      bytes += Harness.request("GET", Harness.path, headers: ["Connection": "close"])
      let replies = try Reply.all(in: try await RawClient(port: service.port).exchange(bytes).bytes)
      #expect(replies.map(\.status) == Array(repeating: 200, count: 41))
    }
  }

  @Test(
    "H15: data of a size that can't be held is refused",
    arguments: [
      (Int.max, 5), (-1, 5), (100_001, 0), (1, Int.max), (1, -1), (100_000, 11), (Int.min, 1), (1, 1_000_001),
    ])
  func sizes(apps: Int, webhooksPerApp: Int) {
    #expect(throws: InvalidOptions.self) { try DemoData.validate(apps: apps, webhooksPerApp: webhooksPerApp) }
  }

  @Test("H15: data of a size that can be held is accepted", arguments: [(0, 5), (1, 1_000_000), (100_000, 10), (0, 0)])
  func goodSizes(apps: Int, webhooksPerApp: Int) throws {
    try DemoData.validate(apps: apps, webhooksPerApp: webhooksPerApp)
  }
}
