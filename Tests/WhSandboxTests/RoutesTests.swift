import Foundation
import Testing

@testable import WhSandbox

@Suite("Operations that are left out")
struct RoutesTests {
  static let calls: [(method: String, path: String, key: String, isRead: Bool)] = [
    ("GET", "/v1/organization/apps", Server.demoKey, true),
    ("GET", Harness.webhooks, Server.demoKey, true),
    ("GET", Harness.path, Server.demoKey, true),
    ("POST", Harness.webhooks, Server.demoKey, false),
    ("DELETE", "\(Harness.webhooks)/nope", Server.demoKey, false),
    ("GET", "/v1/webhooks", Harness.appKey, true),
    ("PUT", "/v1/webhooks/\(Harness.webhook)", Harness.appKey, false),
  ]

  @Test("putOnly has only the update by an admin key", arguments: calls)
  func putOnly(method: String, path: String, key: String, isRead: Bool) async throws {
    try await Harness.run(Options(routes: .putOnly)) { service in
      let reply = try await service.call(method, path, key: key, body: "{}")
      #expect(reply.status == 404)
      #expect(try reply.error("message") == APIError.noRoute.message)
      let update = try await service.call("PUT", Harness.path, body: "{}")
      #expect(update.status == 200)
      #expect(try update.object["url"] as? String == "https://old.example.com/my-app/messages")
    }
  }

  @Test("noAdminReads leaves out only the reads by an admin key", arguments: calls)
  func noAdminReads(method: String, path: String, key: String, isRead: Bool) async throws {
    try await Harness.run(Options(routes: .noAdminReads)) { service in
      let reply = try await service.call(method, path, key: key, body: "{}")
      if isRead && key == Server.demoKey {
        #expect(reply.status == 404)
        #expect(try reply.error("message") == APIError.noRoute.message)
      } else if reply.status >= 400 {
        #expect(try reply.error("message") != APIError.noRoute.message)
      }
      #expect(try await service.call("PUT", Harness.path, body: "{}").status == 200)
    }
  }

  @Test("the answer is one of three", arguments: Options.MissingRoute.allCases)
  func answers(missing: Options.MissingRoute) async throws {
    try await Harness.run(Options(routes: .putOnly, missingRoute: missing)) { service in
      let reply = try await service.call("GET", Harness.path)
      switch missing {
      case .json: #expect(reply.status == 404 && reply.headers["content-type"] == "application/json")
      case .html:
        #expect(reply.status == 404 && reply.headers["content-type"] == "text/html")
        #expect(throws: (any Error).self) { try JSONSerialization.jsonObject(with: reply.body) }
      case .methodNotAllowed: #expect(reply.status == 405 && reply.headers["allow"] == "PUT")
      }
    }
  }
}
