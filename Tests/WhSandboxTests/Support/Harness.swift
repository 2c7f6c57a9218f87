import Foundation
import Testing

@testable import WhSandbox

/// A running server and the means to call it.
struct Harness {
  static let app = "b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22"
  static let webhook = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
  static let webhooks = "/v1/organization/apps/\(app)/webhooks"
  static let path = "\(webhooks)/\(webhook)"
  static let appKey = "sk_live_app_my-app"

  let server: Server
  let port: UInt16

  /// Runs `body` with a server, and stops the server whatever happens.
  static func run(
    _ options: Options = Options(),
    data: DemoData = .standard,
    store: Store? = nil,
    effects: Server.Effects = Server.Effects(),
    log: (@Sendable (RequestLog) -> Void)? = nil,
    _ body: (Harness) async throws -> Void
  ) async throws {
    let server = try Server(
      options: options, store: try store ?? Store(demoData: data), effects: effects, log: log)
    try await server.start()
    do {
      try await body(Harness(server: server, port: try #require(server.port)))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  /// Makes a request on a connection of its own, and gives the one answer.
  func call(
    _ method: String, _ path: String, key: String? = Server.demoKey, body: String? = nil,
    headers: [String: String] = [:]
  ) async throws -> Reply {
    let received = try await raw(method, path, key: key, body: body, headers: headers)
    #expect(received.end == .closed)
    let replies = try Reply.all(in: received.bytes)
    #expect(replies.count == 1)
    return try #require(replies.first)
  }

  /// Makes a request on a connection of its own, and gives what came back as it came.
  func raw(
    _ method: String, _ path: String, key: String? = Server.demoKey, body: String? = nil,
    headers: [String: String] = [:]
  ) async throws -> RawClient.Received {
    try await RawClient(port: port).exchange(
      Self.request(method, path, key: key, body: body, headers: headers.merging(["Connection": "close"]) { $1 }))
  }

  /// The bytes of a request.
  static func request(
    _ method: String, _ path: String, key: String? = Server.demoKey, body: String? = nil,
    headers: [String: String] = [:]
  ) -> Data {
    var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    if let key { text += "Authorization: Bearer \(key)\r\n" }
    for (name, value) in headers { text += "\(name): \(value)\r\n" }
    if let body { text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
    return Data((text + "\r\n" + (body ?? "")).utf8)
  }
}
