import Foundation
import Testing

@testable import WhSandbox

@Suite("Refusals")
struct RefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var method = "PUT"
    var path = Harness.path
    var key: String? = Server.demoKey
    var body: String?
    var status = 400
    var type = "invalid_request_error"
    var message: String
    var param: String?
    var testDescription: String { "\(method) \(path) \(body ?? "") → \(status) \(message)" }
  }

  static let badURL = "The url must be an absolute https URL."

  static let bodies = [
    Case(body: "{", message: "The request body is not valid JSON."),
    Case(body: "", message: "The request body is not valid JSON."),
    Case(body: "{\"url\": \"\u{1}\"", message: "The request body is not valid JSON."),
    Case(body: "[]", message: "The request body must be a JSON object."),
    Case(body: "null", message: "The request body must be a JSON object."),
    Case(body: #""text""#, message: "The request body must be a JSON object."),
    Case(body: #"{"url": "http://example.com"}"#, message: badURL, param: "url"),
    Case(body: #"{"url": "example.com"}"#, message: badURL, param: "url"),
    Case(body: #"{"url": "https://"}"#, message: badURL, param: "url"),
    Case(body: #"{"url": "https://example.com/a b"}"#, message: badURL, param: "url"),
    Case(body: #"{"url": "https://example.com/\r\n"}"#, message: badURL, param: "url"),
    Case(body: #"{"url": "https://example.com/\u0000"}"#, message: badURL, param: "url"),
    Case(body: #"{"url": null}"#, message: badURL, param: "url"),
    Case(body: #"{"url": 1}"#, message: badURL, param: "url"),
    Case(body: #"{"events": "MESSAGE_SENT"}"#, message: "The events must be an array of strings.", param: "events"),
    Case(body: #"{"events": null}"#, message: "The events must be an array of strings.", param: "events"),
    Case(body: #"{"events": [""]}"#, message: "An event is a non-empty string.", param: "events[0]"),
    Case(body: #"{"events": ["MESSAGE_SENT", 7]}"#, message: "An event is a non-empty string.", param: "events[1]"),
    Case(
      body: #"{"events": ["MESSAGE_SENT", "messages.sms.sent", "NOPE"]}"#, message: "Unknown event: NOPE",
      param: "events[2]"),
    Case(body: #"{"headers": []}"#, message: "The headers must be an object of strings, or null.", param: "headers"),
    Case(body: #"{"headers": {"A": 1}}"#, message: "A header's value must be a string.", param: "headers.A"),
    Case(body: #"{"headers": {"A": null}}"#, message: "A header's value must be a string.", param: "headers.A"),
    Case(
      body: #"{"headers": {"A": "x\ny"}}"#, message: "A header's value must not hold control characters.",
      param: "headers.A"),
    Case(
      body: #"{"headers": {"A": "\u0007"}}"#, message: "A header's value must not hold control characters.",
      param: "headers.A"),
    Case(body: #"{"headers": {"A b": "x"}}"#, message: "Not a header's name.", param: "headers.A b"),
    Case(body: #"{"headers": {"": "x"}}"#, message: "Not a header's name.", param: "headers."),
    Case(method: "POST", path: Harness.webhooks, body: "{}", message: "Missing required parameter: url", param: "url"),
    Case(method: "POST", path: Harness.webhooks, body: #"{"url": "ftp://a.b"}"#, message: badURL, param: "url"),
  ]

  static let routes = [
    Case(
      method: "GET", path: "/v1/organization/apps/nope/webhooks", status: 404, message: "App not found"),
    Case(
      method: "POST", path: "/v1/organization/apps/nope/webhooks", body: #"{"url": "https://a.b"}"#, status: 404,
      message: "App not found"),
    Case(method: "GET", path: "\(Harness.webhooks)/nope", status: 404, message: "Webhook not found"),
    Case(path: "\(Harness.webhooks)/nope", body: "{}", status: 404, message: "Webhook not found"),
    Case(
      method: "DELETE", path: "\(Harness.webhooks)/no%2Fpe", status: 404, message: "Webhook not found"),
    Case(
      path: "/v1/webhooks/nope", key: Harness.appKey, body: "{}", status: 404, message: "Webhook not found"),
    Case(method: "GET", path: "/", status: 404, message: "Unrecognized request URL."),
    Case(method: "GET", path: "/v2/webhooks", status: 404, message: "Unrecognized request URL."),
    Case(method: "GET", path: "\(Harness.webhooks)/", status: 404, message: "Unrecognized request URL."),
    Case(method: "GET", path: "\(Harness.path)/more", status: 404, message: "Unrecognized request URL."),
    Case(method: "DELETE", path: "/v1/organization/apps", status: 405, message: "Method DELETE is not allowed here."),
    Case(method: "PATCH", path: Harness.path, body: "{}", status: 405, message: "Method PATCH is not allowed here."),
    Case(method: "PUT", path: Harness.webhooks, body: "{}", status: 405, message: "Method PUT is not allowed here."),
    Case(
      method: "POST", path: "/v1/webhooks/a", key: Harness.appKey, body: "{}", status: 405,
      message: "Method POST is not allowed here."),
  ]

  static let pages =
    ["0", "101", "-1", "+5", "%2B5", "ten", "", "1e1", "99999999999999999999"].map {
      Case(
        method: "GET", path: "\(Harness.webhooks)?limit=\($0)", message: "limit must be a whole number from 1 to 100.",
        param: "limit")
    }
    + ["-1", "x", ""].map {
      Case(
        method: "GET", path: "/v1/organization/apps?offset=\($0)",
        message: "offset must be a whole number from 0 to 2147483647.", param: "offset")
    }

  static let keys =
    [
      nil, "", "sk_admin_", "sk_admin", "nonsense", "sk_admin_a b", "sk_live_app_", "sk_live_app_no-such-slug",
      "sk_test_app_no-such-slug", "SK_ADMIN_x",
    ].map {
      Case(
        method: "GET", path: $0?.contains("_app_") == true ? "/v1/webhooks" : Harness.path, key: $0, status: 401,
        type: "authentication_error", message: "Invalid or missing API key.")
    } + [
      Case(
        method: "GET", path: "/v1/webhooks", status: 401, type: "authentication_error",
        message: "This operation takes an app key, not an admin key."),
      Case(
        method: "GET", path: Harness.path, key: Harness.appKey, status: 401, type: "authentication_error",
        message: "This operation takes an admin key, not an app key."),
      Case(
        method: "GET", path: "/v1/organization/apps", key: Harness.appKey, status: 401, type: "authentication_error",
        message: "This operation takes an admin key, not an app key."),
    ]

  @Test("have the documented form, and change nothing", arguments: bodies + routes + pages + keys)
  func refused(_ expected: Case) async throws {
    try await Harness.run { (service) async throws in
      let before = try await service.call("GET", "\(Harness.webhooks)?limit=100").text
      let reply = try await service.call(expected.method, expected.path, key: expected.key, body: expected.body)
      #expect(reply.status == expected.status)
      #expect(reply.headers["content-type"] == "application/json")
      #expect(try reply.error("type") == expected.type)
      #expect(try reply.error("message") == expected.message)
      #expect(try reply.error("param") == expected.param)
      #expect(!reply.text.contains("code"), "the service publishes no code for these")
      #expect(!reply.text.contains("doc_url"), "which only a code has")
      #expect(try await service.call("GET", "\(Harness.webhooks)?limit=100").text == before)
    }
  }

  @Test("a refused method names those that are allowed")
  func allow() async throws {
    try await Harness.run { (service) async throws in
      #expect(try await service.call("PATCH", Harness.path, body: "{}").headers["allow"] == "GET, PUT, DELETE")
      #expect(try await service.call("PUT", Harness.webhooks, body: "{}").headers["allow"] == "GET, POST")
    }
  }

  @Test("a body over 1 MiB is refused, and the connection stays open", arguments: [1 << 20 + 1, 3 << 20])
  func tooLarge(size: Int) async throws {
    try await Harness.run { (service) async throws in
      let body = #"{"url": "https://example.com/"# + String(repeating: "a", count: size) + #""}"#
      let bytes =
        Harness.request("PUT", Harness.path, body: body)
        + Harness.request("GET", Harness.path, headers: ["Connection": "close"])
      let replies = try Reply.all(in: try await RawClient(port: service.port).exchange(bytes).bytes)
      #expect(replies.map(\.status) == [413, 200])
    }
  }

  @Test("keys that the options name are the only ones")
  func exactKeys() async throws {
    let options = Options(keys: ["sk_admin_one", "sk_live_app_my-app"])
    try await Harness.run(options) { (service) async throws in
      #expect(try await service.call("GET", Harness.path, key: "sk_admin_one").status == 200)
      #expect(try await service.call("GET", Harness.path, key: Server.demoKey).status == 401)
      #expect(try await service.call("GET", "/v1/webhooks", key: "sk_live_app_my-app").status == 200)
      #expect(try await service.call("GET", "/v1/webhooks", key: "sk_live_app_prod-logistics").status == 401)
    }
  }

  @Test("the scheme's letter case does not matter, another scheme does")
  func scheme() async throws {
    try await Harness.run { (service) async throws in
      for (value, status) in [("bearer sk_admin_x", 200), ("Basic sk_admin_x", 401), ("sk_admin_x", 401)] {
        let reply = try await service.call("GET", Harness.path, key: nil, headers: ["Authorization": value])
        #expect(reply.status == status)
      }
    }
  }

  @Test("unknown events are accepted if the options say so")
  func unknownEvents() async throws {
    try await Harness.run(Options(events: .any)) { (service) async throws in
      let reply = try await service.call("PUT", Harness.path, body: #"{"events": ["messages.rcs.sent"]}"#)
      #expect(try reply.object["events"] as? [String] == ["messages.rcs.sent"])
      #expect(try await service.call("PUT", Harness.path, body: #"{"events": [""]}"#).status == 400)
    }
  }
}
