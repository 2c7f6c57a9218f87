import Testing
import WhDomain
import WhTestSupport

@testable import WhAPI

@Suite("H17: a write is done, whatever its response is too long in", .timeLimit(.minutes(1)))
struct FaultsH17 {
  private static let app = App(id: AppID(unchecked: "a"))
  private static let id = WebhookID(unchecked: "w")
  private static let row = #"{"id":"w","appId":"a","url":"u2","events":["A"]}"#

  private static func field(_ kibibytes: Int) -> (name: String, value: String) {
    ("X-Long", String(repeating: "x", count: kibibytes << 10))
  }

  /// What is too long, after the status has come.
  private static let excesses: [[FakeStep]] = [
    [.answer(200, row, fields: [field(150)])], [.answer(200, row, fields: (0..<8).map { _ in field(60) })],
    [.answer(200, #"{"junk":"\#(String(repeating: "y", count: 9 << 20))"}"#)],
    [.text("HTTP/1.1 200 OK\r\nX: 1\r\n"), .answer(200, row, fields: [field(300)])],
  ]

  @Test("H17: an update is read back and is done", arguments: excesses.indices)
  func update(index: Int) async throws {
    let server = try FakeService.scripted { $0.method == "PUT" ? Self.excesses[index] : [.answer(200, Self.row)] }
    let connection = APIConnection(base: try BaseURL(server.url), key: try APIKey("sk_admin_x"))
    let change = Change(app: Self.app, webhookID: Self.id, action: .update(before: nil, WebhookPatch(url: "u2")))
    guard case .applied(let webhook?) = await connection.client.send(change, SendingTerms()) else {
      Issue.record("not applied")
      return
    }
    #expect(webhook.url == "u2")
    #expect(server.requests.map(\.method) == ["PUT", "GET"])
    await connection.close()
  }

  @Test(
    "H17: a read names the part and its limit",
    arguments: [
      (0, "a header field of the response is longer than 102400 bytes"),
      (1, "the response header is longer than 262144 bytes"),
      (2, "the response is longer than 8388608 bytes"),
    ])
  func read(index: Int, message: String) async throws {
    let server = try FakeService.scripted { _ in Self.excesses[index] }
    let connection = APIConnection(base: try BaseURL(server.url), key: try APIKey("sk_admin_x"))
    await #expect { try await connection.client.webhook(app: Self.app.id, id: Self.id) } throws: {
      "\($0)" == "HTTP 200: \(message)"
    }
    #expect(server.requests.count == 1)
    await connection.close()
  }
}
