import Foundation
import WhTestSupport

/// One app with several webhooks, `whk_1` and on, as a function from requests to answers for a `FakeService`.
struct ManyWebhooks: Sendable {
  static let app = "app_many"
  /// Gives each of them an event that they lack.
  static let script = "use app \(app); webhook *; add event MESSAGE_SENT; commit"

  let count: Int
  /// The numbers of those that have the event already.
  var updated: Set<Int> = []
  /// The answer to the update of a webhook by its number, where it differs from the request.
  var update: @Sendable (_ number: Int) -> CannedAnswer? = { _ in nil }

  func serve() throws -> FakeService { try FakeService(answer) }

  func answer(_ request: RecordedRequest) -> CannedAnswer {
    let collection = "/v1/organization/apps/\(Self.app)/webhooks"
    if request.method == "GET", request.path == collection {
      return json(["webhooks": (1...count).map { webhook($0) }, "totalCount": count])
    }
    guard request.path.hasPrefix(collection + "/whk_"), let number = Int(request.path.split(separator: "_").last ?? "")
    else {
      return .text(404, "404 page not found")
    }
    if request.method == "GET" { return json(webhook(number)) }
    return update(number) ?? json(webhook(number).merging(request.json as? [String: Any] ?? [:]) { $1 })
  }

  private func webhook(_ number: Int) -> [String: Any] {
    [
      "id": "whk_\(number)", "appId": Self.app, "url": "https://example.com/\(number)",
      "events": ["MESSAGE_CREATED"] + (updated.contains(number) ? ["MESSAGE_SENT"] : []),
      "headers": NSNull(), "createdAt": "2021-08-01T00:00:00Z", "updatedAt": "2021-08-01T00:00:00Z",
    ]
  }

  private func json(_ object: [String: Any]) -> CannedAnswer {
    let data = try? JSONSerialization.data(withJSONObject: object)
    return CannedAnswer(200, fields: [("Content-Type", "application/json")], body: Array(data ?? Data()))
  }
}
