import Testing
import WhDomain

@testable import WhAPI

struct OperationTests {
  private static let app = AppID(unchecked: "app_1")
  private static let hook = WebhookID(unchecked: "whk_2")
  private static let draft = WebhookDraft(url: "https://a.example/x", events: ["E"])

  @Test(arguments: [
    (APIOperation.listApps(offset: 100, limit: 50), "GET /v1/organization/apps?limit=50&offset=100"),
    (.listWebhooks(app: app, offset: 0, limit: 100), "GET /v1/organization/apps/app_1/webhooks?limit=100&offset=0"),
    (.getWebhook(app: app, id: hook), "GET /v1/organization/apps/app_1/webhooks/whk_2"),
    (
      .updateWebhook(app: app, id: hook, patch: WebhookPatch(url: "u")),
      "PUT /v1/organization/apps/app_1/webhooks/whk_2"
    ),
    (.createWebhook(app: app, draft: draft), "POST /v1/organization/apps/app_1/webhooks"),
    (.deleteWebhook(app: app, id: hook), "DELETE /v1/organization/apps/app_1/webhooks/whk_2"),
  ])
  func adminRoutes(operation: APIOperation, route: String) throws {
    let request = try operation.request(for: .admin)
    #expect("\(request.method.rawValue) \(request.path)" == route)
  }

  @Test(arguments: [nil, app])
  func appRoutes(app: AppID?) throws {
    let table: [(APIOperation, String)] = [
      (.listWebhooks(app: app, offset: 5, limit: 10), "GET /v1/webhooks?limit=10&offset=5"),
      (.getWebhook(app: app, id: Self.hook), "GET /v1/webhooks/whk_2"),
      (.updateWebhook(app: app, id: Self.hook, patch: WebhookPatch()), "PUT /v1/webhooks/whk_2"),
      (.createWebhook(app: app, draft: Self.draft), "POST /v1/webhooks"),
      (.deleteWebhook(app: app, id: Self.hook), "DELETE /v1/webhooks/whk_2"),
    ]
    for (operation, route) in table {
      let request = try operation.request(for: .app)
      #expect("\(request.method.rawValue) \(request.path)" == route)
    }
  }

  @Test func routesThatAreNone() {
    #expect(throws: OperationError.self) { try APIOperation.listApps(offset: 0, limit: 1).request(for: .app) }
    #expect(throws: OperationError.self) {
      try APIOperation.getWebhook(app: nil, id: Self.hook).request(for: .admin)
    }
  }

  @Test(arguments: [
    (WebhookPatch(), "{}"),
    (WebhookPatch(url: "https://a.example/b?c=d&e=é"), #"{"url":"https://a.example/b?c=d&e=é"}"#),
    (WebhookPatch(events: []), #"{"events":[]}"#),
    (WebhookPatch(events: ["B", "A"]), #"{"events":["B","A"]}"#),
    (WebhookPatch(headers: Headers()), #"{"headers":{}}"#),
    (
      WebhookPatch(
        url: "u", events: ["E"],
        headers: Headers([Header(name: "X-B", value: "\"q\""), Header(name: "X-A", value: "1/2")])),
      #"{"events":["E"],"headers":{"X-A":"1/2","X-B":"\"q\""},"url":"u"}"#
    ),
  ])
  func updateBody(patch: WebhookPatch, json: String) throws {
    let request = try APIOperation.updateWebhook(app: Self.app, id: Self.hook, patch: patch).request(for: .admin)
    #expect(String(decoding: request.body ?? [], as: UTF8.self) == json)
    #expect(request.fields.contains(HTTPField("Content-Type", "application/json")))
  }

  @Test func createBody() throws {
    let bare = try APIOperation.createWebhook(app: nil, draft: Self.draft).request(for: .app)
    #expect(String(decoding: bare.body ?? [], as: UTF8.self) == #"{"events":["E"],"url":"https://a.example/x"}"#)
    #expect(try APIOperation.deleteWebhook(app: nil, id: Self.hook).request(for: .app).body == nil)
  }

  @Test(arguments: [
    WebhookPatch(url: "https://a.example/\r\nX: y"),
    WebhookPatch(url: "https://a.example/\0"),
    WebhookPatch(headers: Headers([Header(name: "X", value: "a\nb")])),
    WebhookPatch(headers: Headers([Header(name: "X: Y", value: "a")])),
  ])
  func controlCharactersStayHere(patch: WebhookPatch) {
    let operation = APIOperation.updateWebhook(app: Self.app, id: Self.hook, patch: patch)
    #expect(throws: OperationError.self) { try operation.request(for: .admin) }
  }

  @Test func curlCommandNamesSecretsAndQuotes() throws {
    let patch = WebhookPatch(
      url: "https://a.example/it's",
      headers: Headers([Header(name: "Authorization", value: "hunter2"), Header(name: "X-A", value: "b")]))
    let operation = APIOperation.updateWebhook(app: Self.app, id: Self.hook, patch: patch)
    var curl = CurlCommands(for: .admin, at: .service) { _ in [] }
    let command = try curl.command(for: operation)
    #expect(
      command == "curl --request PUT "
        + "--url 'https://api.buildwithchirp.com/v1/organization/apps/app_1/webhooks/whk_2' "
        + "--header \"Authorization: Bearer ${WH_API_KEY:?}\" --header 'Accept: application/json' "
        + "--header 'Content-Type: application/json' "
        + #"--data '{"headers":{"Authorization":"'"${WH_HEADER_AUTHORIZATION:?}"'","X-A":"b"},"url":"https://a.example/it'\''s"}'"#
    )
    var ofApp = CurlCommands(for: .app, at: .service) { _ in [] }
    let get = try ofApp.command(for: .getWebhook(app: nil, id: Self.hook))
    #expect(!get.contains("--data"))
  }
}
