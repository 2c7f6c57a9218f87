import Foundation

/// The seed's app with the seed's webhook, as a function from requests to answers for a `FakeService`.
///
/// It is not a sandbox: it stores nothing, and answers an update with the seed's webhook in which the fields of the body are put.
package struct OneWebhook: Sendable {
  /// Which operations there are.
  package enum Routes: CaseIterable, Sendable {
    /// All that an admin key and an app key can use.
    case all
    /// The one that is documented; anything else is 404 in plain text.
    case updateOnlyPlain404
    /// The same, with 404 as JSON of no known shape.
    case updateOnlyJSON404
    /// The same, with 405 for anything but `PUT`.
    case updateOnly405

    package var isUpdateOnly: Bool { self != .all }
  }

  package static let app = "b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22"
  package static let webhook = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"
  package static let adminKey = "sk_admin_0123456789abcdefghijklmn"
  package static let appKey = "sk_live_app_0123456789abcdefghijkl"
  package static let adminPath = "/v1/organization/apps/\(app)/webhooks/\(webhook)"
  package static let appPath = "/v1/webhooks/\(webhook)"
  /// Nothing but an answer to an update holds this moment.
  package static let updateMoment = "2031-02-03T04:05:06Z"

  /// The language's whole example.
  package static let example =
    "use app \(app); webhook \(webhook) set url https://example.com/webhook; add event MESSAGE_SENT; commit"

  package var routes: Routes
  package var url: String
  package var events: [String]
  package var headers: [String: String]
  package var slug: String
  package var name: String
  /// Put into every answer.
  package var fields: [(name: String, value: String)]
  /// The answer to an update with a body that changes something, where it is not to be done.
  package var refusal: CannedAnswer?

  package init(
    routes: Routes = .all, url: String = "https://old.example.com/webhook", events: [String] = ["MESSAGE_CREATED"],
    headers: [String: String] = ["X-Custom-Header": "value"], slug: String = "my-app", name: String = "My App",
    fields: [(name: String, value: String)] = [], refusal: CannedAnswer? = nil
  ) {
    self.routes = routes
    self.url = url
    self.events = events
    self.headers = headers
    self.slug = slug
    self.name = name
    self.fields = fields
    self.refusal = refusal
  }

  package func serve() throws -> FakeService { try FakeService(answer) }

  package func answer(_ request: RecordedRequest) -> CannedAnswer {
    var answer = plainAnswer(request)
    answer.fields += fields
    return answer
  }

  private func plainAnswer(_ request: RecordedRequest) -> CannedAnswer {
    let isOne = request.path == Self.adminPath || request.path == Self.appPath
    if request.method == "PUT", isOne { return update(request) }
    switch routes {
    case .all: break
    case .updateOnlyPlain404: return .text(404, "404 page not found")
    case .updateOnlyJSON404: return .json(404, #"{"error":"Not found"}"#)
    case .updateOnly405: return .text(405, "Method Not Allowed")
    }
    guard request.method == "GET" else { return .text(405, "Method Not Allowed") }
    if isOne { return json(webhook(updatedAt: "2021-08-01T00:00:00Z")) }
    switch request.path {
    case "/v1/organization/apps": return json(["apps": [appObject], "totalCount": 1])
    case "/v1/organization/apps/\(Self.app)/webhooks", "/v1/webhooks":
      return json(["webhooks": [webhook(updatedAt: "2021-08-01T00:00:00Z")], "totalCount": 1])
    default:
      return .json(
        404, #"{"error":{"type":"invalid_request_error","code":"resource_missing","message":"No such thing"}}"#)
    }
  }

  private func update(_ request: RecordedRequest) -> CannedAnswer {
    guard let body = request.json as? [String: Any] else { return .json(400, #"{"error":"The body is not JSON"}"#) }
    if body.isEmpty { return json(webhook(updatedAt: "2021-08-01T00:00:00Z")) }
    if let refusal { return refusal }
    return json(webhook(updatedAt: Self.updateMoment).merging(body) { _, new in new })
  }

  private func webhook(updatedAt: String) -> [String: Any] {
    [
      "id": Self.webhook, "appId": Self.app, "url": url, "events": events, "headers": headers,
      "createdAt": "2021-08-01T00:00:00Z", "updatedAt": updatedAt,
    ]
  }

  private var appObject: [String: Any] {
    [
      "id": Self.app, "slug": slug, "name": name, "status": "active", "createdAt": "2021-08-01T00:00:00Z",
      "updatedAt": "2021-08-01T00:00:00Z",
    ]
  }

  private func json(_ object: [String: Any]) -> CannedAnswer {
    let data = try? JSONSerialization.data(withJSONObject: object)
    return CannedAnswer(200, fields: [("Content-Type", "application/json")], body: Array(data ?? Data()))
  }
}
