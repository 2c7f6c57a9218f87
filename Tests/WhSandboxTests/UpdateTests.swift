import Foundation
import Testing

@testable import WhSandbox

@Suite("The update of a webhook")
struct UpdateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var body: String
    var url = "https://old.example.com/my-app/messages"
    var events = ["MESSAGE_CREATED", "MESSAGE_DELIVERED"]
    var headers: [String: String]? = ["X-Custom-Header": "value"]
    var moves = true
    var testDescription: String { body }
  }

  static let cases = [
    Case(body: #"{"url": "https://new.example.com/a?b=c"}"#, url: "https://new.example.com/a?b=c"),
    Case(body: #"{"url": "HTTPS://new.example.com"}"#, url: "HTTPS://new.example.com"),
    Case(body: #"{"events": ["MESSAGE_SENT"]}"#, events: ["MESSAGE_SENT"]),
    Case(
      body: #"{"events": ["messages.whatsapp.read", "MESSAGE_SENT"]}"#,
      events: ["messages.whatsapp.read", "MESSAGE_SENT"]),
    Case(body: #"{"events": []}"#, events: []),
    Case(body: #"{"headers": {"A": "1", "b": "é"}}"#, headers: ["A": "1", "b": "é"]),
    Case(body: #"{"headers": {}}"#, headers: [:]),
    Case(body: #"{"headers": null}"#, headers: nil),
    Case(
      body: #"{"url": "https://n.example.com", "events": ["MESSAGE_SENT"], "headers": null}"#,
      url: "https://n.example.com", events: ["MESSAGE_SENT"], headers: nil),
    Case(body: "{}", moves: false),
    Case(body: #"{"unknown": [1, {"a": null}], "id": "other"}"#, moves: false),
    Case(body: #"{"url": "https://old.example.com/my-app/messages"}"#, moves: false),
    Case(body: #"{"events": ["MESSAGE_CREATED", "MESSAGE_DELIVERED"]}"#, moves: false),
    Case(body: #"{"headers": {"X-Custom-Header": "value"}}"#, moves: false),
  ]

  @Test("replaces the fields that are given, and answers with the whole webhook", arguments: cases)
  func partial(_ expected: Case) async throws {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_790_000_000.25))
    try await Harness.run(effects: clock.effects) { service in
      let reply = try await service.call("PUT", Harness.path, body: expected.body)
      #expect(reply.status == 200)
      let webhook = try reply.object
      #expect(Set(webhook.keys) == ["id", "appId", "url", "events", "headers", "createdAt", "updatedAt"])
      #expect(webhook["id"] as? String == Harness.webhook)
      #expect(webhook["url"] as? String == expected.url)
      #expect(webhook["events"] as? [String] == expected.events)
      #expect(webhook["headers"] as? [String: String] == expected.headers)
      #expect(webhook["createdAt"] as? String == "2021-08-01T00:00:00.000Z")
      let updatedAt = expected.moves ? "2026-09-21T14:13:20.250Z" : "2021-08-01T00:00:00.000Z"
      #expect(webhook["updatedAt"] as? String == updatedAt)
      #expect(try await service.call("GET", Harness.path).text == reply.text)
    }
  }

  @Test("moves updatedAt even while the clock stands still")
  func standingClock() async throws {
    try await Harness.run(effects: ManualClock().effects) { service in
      var times: [String] = []
      for number in 1...3 {
        let reply = try await service.call("PUT", Harness.path, body: #"{"url": "https://example.com/\#(number)"}"#)
        times.append(try #require(try reply.object["updatedAt"] as? String))
      }
      #expect(times == ["2026-09-21T14:13:20.000Z", "2026-09-21T14:13:20.001Z", "2026-09-21T14:13:20.002Z"])
    }
  }

  @Test("loses none of many updates at once")
  func concurrent() async throws {
    try await Harness.run(data: .generate(apps: 1, webhooksPerApp: 32)) { service in
      let webhooks = DemoData.generate(apps: 1, webhooksPerApp: 32).webhooks
      try await withThrowingTaskGroup(of: Int.self) { group in
        for webhook in webhooks {
          group.addTask {
            let path = "/v1/organization/apps/\(webhook.appID)/webhooks/\(webhook.id)"
            return try await service.call("PUT", path, body: #"{"url": "https://new.example.com/\#(webhook.id)"}"#)
              .status
          }
        }
        for try await status in group { #expect(status == 200) }
      }
      let list = try await service.call("GET", "/v1/webhooks?limit=100", key: "sk_live_app_app-0001").items("webhooks")
      #expect(list.map { $0["url"] as? String } == webhooks.map { "https://new.example.com/\($0.id)" })
    }
  }
}
