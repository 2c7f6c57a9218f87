import Foundation
import Testing

@testable import WhSandbox

@Suite("Operations, with either kind of key")
struct OperationTests {
  /// The webhooks of the same app as an admin key and as an app key reach them.
  static let ways: [(list: String, key: String)] = [
    (Harness.webhooks, Server.demoKey), ("/v1/webhooks", Harness.appKey),
  ]

  @Test("lists the apps")
  func listApps() async throws {
    try await Harness.run { service in
      let reply = try await service.call("GET", "/v1/organization/apps")
      #expect(reply.status == 200)
      #expect(reply.headers["content-type"] == "application/json")
      #expect(try reply.object["totalCount"] as? Int == DemoData.standard.apps.count)
      let app = try #require(try reply.items("apps").first)
      #expect(Set(app.keys) == ["id", "slug", "name", "status", "createdAt", "updatedAt"])
      #expect(app["id"] as? String == Harness.app)
      #expect(app["slug"] as? String == "my-app")
      #expect(app["status"] as? String == "active")
      #expect(app["createdAt"] as? String == "2021-08-01T00:00:00.000Z")
    }
  }

  @Test("lists an app's webhooks", arguments: ways)
  func listWebhooks(list: String, key: String) async throws {
    try await Harness.run { service in
      let reply = try await service.call("GET", list, key: key)
      #expect(reply.status == 200)
      #expect(try reply.object["totalCount"] as? Int == 3)
      #expect(try reply.items("webhooks").count == 3)
      #expect(try reply.items("webhooks").allSatisfy { $0["appId"] as? String == Harness.app })
    }
  }

  @Test("gets a webhook whole", arguments: ways)
  func getWebhook(list: String, key: String) async throws {
    try await Harness.run { service in
      let reply = try await service.call("GET", "\(list)/\(Harness.webhook)", key: key)
      #expect(reply.status == 200)
      #expect(
        reply.text == """
          {"id":"\(Harness.webhook)","appId":"\(Harness.app)","url":"https://old.example.com/my-app/messages",\
          "events":["MESSAGE_CREATED","MESSAGE_DELIVERED"],"headers":{"X-Custom-Header":"value"},\
          "createdAt":"2021-08-01T00:00:00.000Z","updatedAt":"2021-08-01T00:00:00.000Z"}
          """)
    }
  }

  @Test("only an admin key sees headers: null")
  func noHeaders() async throws {
    try await Harness.run { service in
      #expect(try await service.call("GET", Harness.webhooks).items("webhooks")[1]["headers"] is NSNull)
      let own = try await service.call("GET", "/v1/webhooks", key: Harness.appKey)
      #expect(try own.items("webhooks")[1]["headers"] as? [String: String] == [:])
    }
  }

  @Test("creates a webhook, which comes last in the list", arguments: ways)
  func create(list: String, key: String) async throws {
    try await Harness.run { service in
      let body = #"{"url": "https://new.example.com/a", "events": ["messages.sms.sent"], "other": 1}"#
      let reply = try await service.call("POST", list, key: key, body: body)
      #expect(reply.status == 201)
      let webhook = try reply.object
      let id = try #require(webhook["id"] as? String)
      #expect(id.wholeMatch(of: /whk_[0-9A-Za-z]{27}/) != nil)
      #expect(webhook["appId"] as? String == Harness.app)
      #expect(webhook["events"] as? [String] == ["messages.sms.sent"])
      #expect(webhook["createdAt"] as? String == webhook["updatedAt"] as? String)
      let after = try await service.call("GET", list, key: key)
      #expect(try after.object["totalCount"] as? Int == 4)
      #expect(try after.items("webhooks").last?["id"] as? String == id)
    }
  }

  @Test("updates a webhook", arguments: ways)
  func update(list: String, key: String) async throws {
    try await Harness.run { service in
      let path = "\(list)/\(Harness.webhook)"
      let reply = try await service.call("PUT", path, key: key, body: #"{"url": "https://new.example.com/a"}"#)
      #expect(reply.status == 200)
      #expect(try reply.object["url"] as? String == "https://new.example.com/a")
      #expect(try await service.call("GET", path, key: key).text == reply.text)
    }
  }

  @Test("deletes a webhook", arguments: ways)
  func delete(list: String, key: String) async throws {
    try await Harness.run { service in
      let path = "\(list)/\(Harness.webhook)"
      let reply = try await service.call("DELETE", path, key: key)
      #expect(reply.status == 200)
      #expect(reply.text == #"{"message":"Webhook deleted"}"#)
      for method in ["GET", "DELETE"] { #expect(try await service.call(method, path, key: key).status == 404) }
      #expect(try await service.call("GET", list, key: key).object["totalCount"] as? Int == 2)
    }
  }

  @Test("an app key reaches no other app's webhooks")
  func otherApp() async throws {
    try await Harness.run { service in
      for method in ["GET", "DELETE"] {
        let reply = try await service.call(
          method, "/v1/webhooks/\(Harness.webhook)", key: "sk_live_app_prod-storefront")
        #expect(reply.status == 404)
      }
      #expect(try await service.call("GET", Harness.path).status == 200)
    }
  }
}
