import Foundation
import Testing

@testable import WhSandbox

@Suite("R10: the sandbox answers as the service is documented to, and in other forms by option")
struct FaultsR10 {
  static let testKey = "sk_test_app_my-app"
  static let inbound = #"{"from": "+15551234567", "to": "+15559876543", "text": "hello"}"#

  @Test("R10: a deletion is answered with a message, as all its siblings are, or in the form that an option names")
  func deletion() async throws {
    let forms: [(Options.DeleteAnswer, Int, String)] = [
      (.message, 200, #"{"message":"Webhook deleted"}"#), (.noContent, 204, ""), (.empty, 200, ""),
    ]
    for (form, status, text) in forms {
      let options = form == .message ? Options() : Options(deleteAnswer: form)
      try await Harness.run(options) { (service) async throws in
        let reply = try await service.call("DELETE", Harness.path)
        #expect(reply.status == status && reply.text == text, "\(form)")
        #expect(try await service.call("GET", Harness.path).status == 404, "\(form)")
      }
    }
  }

  @Test("R10: the wrong kind of key is 401", arguments: [("/v1/webhooks", Server.demoKey), (Harness.path, testKey)])
  func wrongKey(path: String, key: String) async throws {
    try await Harness.run { (service) async throws in
      let reply = try await service.call("GET", path, key: key)
      #expect(reply.status == 401)
      #expect(try reply.error("type") == "authentication_error")
      #expect(try reply.error("message")?.contains("key, not") == true)
    }
  }

  @Test("R10: only published codes are sent, with their page; the parameter is there, or null")
  func codes() async throws {
    try await Harness.run { (service) async throws in
      let missing = try await service.call("GET", "\(Harness.webhooks)/nope")
      #expect(
        missing.text
          == #"{"error":{"type":"invalid_request_error","message":"Webhook not found","param":null}}"#)
      let inbound = try await service.call(
        "POST", "/v1/playground/sms/inbound", key: Harness.appKey, body: Self.inbound)
      #expect(inbound.status == 400)
      #expect(try inbound.error("code") == "test_app_required")
      #expect(
        try inbound.error("doc_url")
          == "https://docs.buildwithchirp.com/api_reference/error-codes#test_app_required")
    }
  }

  @Test("R10: codes can be left out")
  func noCodes() async throws {
    try await Harness.run(Options(sendsErrorCodes: false)) { (service) async throws in
      let reply = try await service.call("POST", "/v1/playground/sms/inbound", key: Harness.appKey, body: Self.inbound)
      #expect(
        reply.text
          == #"{"error":{"type":"invalid_request_error","message":"The playground takes the key of a test app.","#
          + #""param":null}}"#)
    }
  }

  @Test("R10: errors can be the message alone, those of faults too")
  func shape() async throws {
    let faults = Options.Faults(seed: 1, shares: [.unavailable: 1], methods: ["PUT"])
    try await Harness.run(Options(faults: faults, errorShape: .string)) { (service) async throws in
      let missing = try await service.call("GET", "\(Harness.webhooks)/nope")
      #expect(missing.status == 404 && missing.text == #"{"error":"Webhook not found"}"#)
      let failed = try await service.call("PUT", Harness.path, body: "{}")
      #expect(failed.status == 503 && failed.text == #"{"error":"The service is temporarily unavailable."}"#)
    }
  }

  @Test("R10: a test key opens a test app of its own, never the live app")
  func testApp() async throws {
    try await Harness.run { (service) async throws in
      let live = try await service.call("GET", "/v1/webhooks", key: Harness.appKey)
      let empty = try await service.call("GET", "/v1/webhooks", key: Self.testKey)
      #expect(try empty.object["totalCount"] as? Int == 0)
      for method in ["GET", "PUT", "DELETE"] {
        let reply = try await service.call(
          method, "/v1/webhooks/\(Harness.webhook)", key: Self.testKey, body: method == "PUT" ? "{}" : nil)
        #expect(reply.status == 404)
      }
      let body = #"{"url": "https://test.example.com/a", "events": ["MESSAGE_SENT"]}"#
      let made = try await service.call("POST", "/v1/webhooks", key: Self.testKey, body: body)
      #expect(made.status == 201)
      #expect(try (made.object["id"] as? String)?.wholeMatch(of: /whk_test_[0-9A-Za-z]{27}/) != nil)
      #expect(try (made.object["appId"] as? String)?.wholeMatch(of: /app_test_[0-9A-Za-z]{27}/) != nil)
      #expect(try await service.call("GET", "/v1/webhooks", key: Self.testKey).items("webhooks").count == 1)
      #expect(try await service.call("GET", "/v1/webhooks", key: Harness.appKey).text == live.text)
      #expect(try await service.call("GET", "/v1/organization/apps").object["totalCount"] as? Int == 13)
    }
  }

  @Test("R10: each live app has one test app, also when its key is first used twice at once")
  func oneTestApp() async throws {
    let store = try Store()
    let ids = try await withThrowingTaskGroup(of: String?.self) { group in
      for _ in 0..<8 { group.addTask { try await store.testApp(ofSlug: "my-app")?.id } }
      return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
    }
    #expect(ids.count == 1)
    #expect(try await store.testApp(ofSlug: "prod-storefront")?.id != ids.first)
    #expect(try await store.testApp(ofSlug: "my-app (test)") == nil)
    #expect(try await store.app(slug: "my-app (test)") == nil)
  }

  @Test("R10: the playground takes messages for a test app alone", arguments: ["sms", "whatsapp"])
  func playground(channel: String) async throws {
    try await Harness.run { (service) async throws in
      let path = "/v1/playground/\(channel)/inbound"
      let reply = try await service.call("POST", path, key: Self.testKey, body: Self.inbound)
      #expect(reply.status == 202)
      #expect(try Set(reply.object.keys) == ["id", "status"] && reply.object["status"] as? String == "QUEUED")
      let bad = #"{"from": "5551234567", "to": "+15559876543", "text": "hello"}"#
      let refused = try await service.call("POST", path, key: Self.testKey, body: bad)
      #expect(refused.status == 400)
      #expect(try refused.error("code") == "invalid_phone_number" && refused.error("param") == "from")
      for body in ["{}", "[]", #"{"from": "+15551234567", "to": "+15559876543", "text": 1}"#] {
        #expect(try await service.call("POST", path, key: Self.testKey, body: body).status == 400)
      }
      #expect(try await service.call("POST", path, body: Self.inbound).status == 401)
    }
  }

  @Test(
    "R10: which events are accepted is an option; a list with a refused name is refused whole",
    arguments: [
      (Options.EventEnum.current, [false, true, true, false]), (.both, [true, true, true, false]),
      (.any, [true, true, true, true]),
    ])
  func events(option: Options.EventEnum, accepted: [Bool]) async throws {
    try await Harness.run(Options(events: option)) { (service) async throws in
      for (name, isAccepted) in zip(["MESSAGE_SENT", "messages.sms.sent", "calls.initiated", "a.b"], accepted) {
        let body = #"{"events": ["messages.sms.failed", "\#(name)"]}"#
        let reply = try await service.call("PUT", Harness.path, body: body)
        #expect(reply.status == (isAccepted ? 200 : 400), "\(name)")
        if !isAccepted { #expect(try reply.error("param") == "events[1]") }
      }
    }
  }

  @Test("R10: a write must say that its body is JSON", arguments: ["text/plain", "", "application/jsonp"])
  func contentType(type: String) async throws {
    try await Harness.run { (service) async throws in
      let reply = try await service.call(
        "PUT", Harness.path, headers: ["Content-Type": type, "Content-Length": "0"])
      #expect(reply.status == 400)
      #expect(try reply.error("message") == "The Content-Type must be application/json.")
    }
  }
}
