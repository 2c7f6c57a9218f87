import Testing
import WhDomain

@testable import WhAPI

/// Answers of the service, honest and hostile, through the client.
struct HTTPAPIClientTests {
  private static let app = AppID(unchecked: "b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22")
  private static let hook = WebhookID(unchecked: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
  private static let seed = """
    {"id": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "appId": "b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22",
    "url": "https://example.com/webhook", "events": ["MESSAGE_CREATED", "MESSAGE_SENT"],
    "headers": {"X-Custom-Header": "value"},
    "createdAt": "2021-08-01T00:00:00Z", "updatedAt": "2021-08-01T00:00:00Z"}
    """

  private func client(_ transport: StubTransport, key: String = "sk_admin_x") throws -> HTTPAPIClient {
    HTTPAPIClient(transport: transport, key: try APIKey(key))
  }

  private func failure(_ status: Int, _ body: String, _ fields: [HTTPField] = []) async throws -> APIError? {
    let client = try client(StubTransport(status, body, fields))
    do throws(APIError) {
      _ = try await client.webhook(app: Self.app, id: Self.hook)
      return nil
    } catch {
      return error
    }
  }

  @Test func readsTheDocumentedAnswer() async throws {
    let transport = StubTransport(200, Self.seed)
    let webhook = try await client(transport).update(app: Self.app, id: Self.hook, patch: WebhookPatch(events: ["A"]))
    #expect(
      webhook
        == Webhook(
          id: Self.hook, appID: Self.app, url: "https://example.com/webhook",
          events: ["MESSAGE_CREATED", "MESSAGE_SENT"],
          headers: Headers([Header(name: "X-Custom-Header", value: "value")]),
          createdAt: try Timestamp("2021-08-01T00:00:00Z"), updatedAt: try Timestamp("2021-08-01T00:00:00Z")))
    #expect(transport.requests.first?.authorization == Secret("sk_admin_x"))
  }

  @Test(arguments: [
    #"{"id":"w","appId":"a","url":"u","events":[],"headers":null,"createdAt":null,"updatedAt":null}"#,
    #"{"id":"w","url":"u","events":[],"extra":{"deep":[1,2,{"x":null}]},"id2":1e400}"#,
    #"{"id":"w","appId":"a","url":"u","events":["A","B","A"],"headers":{}}"#,
    "\n\t {\"id\":\"w\",\"appId\":\"a\",\"url\":\"\\u0075\",\"events\":[],\"updatedAt\":\"2021-08-01T00:00:00.123456Z\"}\n",
  ])
  func toleratesWhatIsNotRequired(body: String) async throws {
    let webhook = try await client(StubTransport(200, body)).webhook(
      app: AppID(unchecked: "a"), id: WebhookID(unchecked: "w"))
    #expect(webhook.appID == AppID(unchecked: "a"))
    #expect(webhook.url == "u")
    #expect(webhook.events == [] || webhook.events == ["A", "B"])
    #expect(webhook.headers.isEmpty)
  }

  @Test(arguments: [
    ("", "not JSON"), ("<html>", "not JSON"), ("null", "null"), ("[]", "not an object"), ("{}", "`id` is missing"),
    ("{\"id\":\"w\"", "not JSON"), ("\"w\"", "not an object"), ("1", "not an object"), ("\u{0}", "not JSON"),
    (#"{"id":1,"appId":"a","url":"u","events":[]}"#, "`id` is not a text"),
    (#"{"id":"w","appId":"a","url":"u"}"#, "`events` is missing"),
    (#"{"id":"w","appId":"a","url":"u","events":null}"#, "`events` is null"),
    (#"{"id":"w","appId":"a","url":"u","events":"A"}"#, "`events` is not a list"),
    (#"{"id":"w","appId":"a","url":"u","events":["A",2]}"#, "`events[1]` is not a text"),
    (#"{"id":"w","appId":"a","url":null,"events":[]}"#, "`url` is null"),
    (#"{"id":"w","appId":"a","url":"u","events":[],"headers":{"X":1}}"#, "`headers.X` is not a text"),
    (#"{"id":"w","appId":"a","url":"u","events":[],"headers":[]}"#, "`headers`"),
    (#"{"id":"w","appId":"a","url":"u","events":[],"createdAt":"yesterday"}"#, "is not a time"),
    (#"{"id":"../w","appId":"a","url":"u","events":[]}"#, "which no id has"),
    (#"{"id":"w\r\nX: y","appId":"a","url":"u","events":[]}"#, "which no id has"),
    (#"{"id":"w","appId":"","url":"u","events":[]}"#, "is empty"),
    (#"{"id":"other","appId":"a","url":"u","events":[]}"#, "another webhook"),
    (#"{"id":"\ud800","appId":"a","url":"u","events":[]}"#, ""),
    (String(repeating: "[", count: 100_000), ""),
    (#"{"id":"# + String(repeating: "{\"a\":", count: 5000), ""),
  ])
  func malformedWebhooks(body: String, reason: String) async throws {
    let client = try client(StubTransport(200, body))
    do throws(APIError) {
      _ = try await client.webhook(
        app: AppID(unchecked: "a"), id: WebhookID(unchecked: "w"))
      Issue.record("read \(body.prefix(100))")
    } catch {
      #expect(error.category == .malformed)
      #expect(error.message.contains(reason), "\(error.message.prefix(300))")
      #expect(error.message.count < 600)
    }
  }

  @Test(arguments: [
    (#"{"webhooks":[HOOK],"totalCount":7}"#, 1, 7), (#"{"totalCount":0,"webhooks":[],"more":1}"#, 0, 0),
    (#"{"webhooks":[HOOK]}"#, 1, nil), (#"{"webhooks":[],"totalCount":null}"#, 0, nil), ("[HOOK]", 1, nil),
    ("[]", 0, nil),
  ])
  func webhookPages(body: String, count: Int, total: Int?) async throws {
    let transport = StubTransport(200, body.replacing("HOOK", with: Self.seed))
    let page = try await client(transport).listWebhooks(app: Self.app, offset: 0, limit: 100)
    #expect(page.items.count == count)
    #expect(page.totalCount == total)
  }

  @Test(arguments: [
    "{}", "null", #"{"webhooks":{}}"#, #"{"webhooks":[1]}"#, #"{"apps":[]}"#, #"{"webhooks":[],"totalCount":"x"}"#,
    #"{"webhooks":[{"id":"a b","url":"u","events":[]}]}"#, "", "true",
  ])
  func malformedPages(body: String) async throws {
    await #expect {
      try await client(StubTransport(200, body)).listWebhooks(app: Self.app, offset: 0, limit: 9)
    } throws: { ($0 as? APIError)?.category == .malformed }
  }

  @Test func malformedItemsAreNamed() async throws {
    let body = "[\(Self.seed), {\"id\": \"w\", \"url\": \"u\", \"events\": [1]}]"
    await #expect {
      try await client(StubTransport(200, body)).listWebhooks(app: Self.app, offset: 0, limit: 9)
    } throws: { ($0 as? APIError)?.message.contains("`[1].events[0]` is not a text") == true }
  }

  @Test func appPages() async throws {
    let body = """
      {"apps": [{"id": "a", "slug": "s", "name": "N", "status": "billing_paused", "createdAt": "2021-08-01T00:00:00Z"},
      {"id": "b"}], "totalCount": 2}
      """
    let page = try await client(StubTransport(200, body)).listApps(offset: 0, limit: 100)
    #expect(page.totalCount == 2)
    #expect(
      page.items == [
        App(
          id: AppID(unchecked: "a"), slug: "s", name: "N", status: "billing_paused",
          createdAt: try Timestamp("2021-08-01T00:00:00Z")),
        App(id: AppID(unchecked: "b")),
      ])
  }

  @Test func createAndDelete() async throws {
    for status in [200, 201] {
      let created = try await client(StubTransport(status, Self.seed)).create(
        app: Self.app, draft: WebhookDraft(url: "u", events: []))
      #expect(created.id == Self.hook)
    }
    for (status, body) in [(204, ""), (200, "{\"deleted\":true}"), (200, "gone")] {
      try await client(StubTransport(status, body)).delete(app: Self.app, id: Self.hook)
    }
  }

  @Test func appKeyNamesNoApp() async throws {
    let transport = StubTransport(200, Self.seed)
    let client = try client(transport, key: "sk_live_app_1")
    #expect(client.keyKind == .app)
    #expect(try await client.webhook(app: nil, id: Self.hook).appID == Self.app)
    await #expect { try await client.listApps(offset: 0, limit: 1) } throws: {
      ($0 as? APIError)?.category == .unsupported
    }
    #expect(transport.requests.map(\.path) == ["/v1/webhooks/\(Self.hook)"])
  }

  @Test(arguments: [
    (400, APIError.Category.invalid), (401, .keyRefused), (402, .invalid), (403, .forbidden), (404, .notFound),
    (405, .methodNotAllowed), (409, .conflict), (410, .notFound), (412, .conflict), (422, .invalid), (424, .invalid),
    (429, .rateLimited), (500, .server), (501, .methodNotAllowed), (502, .server), (503, .server),
    (304, .redirect(host: nil)),
  ])
  func categories(status: Int, category: APIError.Category) async throws {
    let error = try await failure(status, #"{"error": {"type": "t", "message": "m"}}"#)
    #expect(error?.category == category)
    #expect(error?.status == status)
  }

  @Test func documentedErrorShapes() async throws {
    let long = try await failure(
      400,
      #"""
      {"error": {"type": "invalid_request_error", "code": "bad_event", "message": "No such event", "doc_url": "https://d",
      "param": "events[0]"}}
      """#)
    #expect(long?.type == "invalid_request_error")
    #expect(long?.code == "bad_event")
    #expect(long?.message == "No such event")
    #expect(long?.docURL == "https://d")
    #expect(long?.param == "events[0]")
    let short = try await failure(
      429, #"{"error": "Rate limit exceeded. Try again in 30 seconds."}"#, [HTTPField("Retry-After", "30")])
    #expect(short?.message == "Rate limit exceeded. Try again in 30 seconds.")
    #expect(short?.retryAfter == .seconds(30))
  }

  @Test(arguments: [
    ("", "HTTP 502 without a body"),
    ("<html>bad\u{1B}[31m</html>", "HTTP 502 with a body that is not JSON: <html>bad\u{1B}[31m</html>"),
    ("{}", "HTTP 502 without a message"), ("[1]", "HTTP 502 without a message"),
    (#"{"error": 5}"#, "HTTP 502 without a message"),
    (#"{"error": {"message": 5}}"#, "HTTP 502 without a message"),
    (#"{"error": ""}"#, "HTTP 502 without a message"),
    (#"{"headers": {"Authorization": "hunter2"#, "HTTP 502 with a body that is not JSON"),
    (#"{"message": "flat"}"#, "flat"), (#"{"error": {"message": "m", "code": 7, "param": null}}"#, "m"),
  ])
  func otherErrorBodies(body: String, message: String) async throws {
    #expect(try await failure(502, body)?.message == message)
  }

  @Test func noErrorShowsHeadersOfAWebhook() async throws {
    for body in [#"{"id": 1, "headers": {"Authorization": "hunter2"}}"#, #" {"headers": {"Authorization": "hunter2"#] {
      for status in [200, 500] {
        let error = try await failure(status, body)
        #expect(error.map { "\($0)" }?.contains("hunter2") == false)
      }
    }
  }

  @Test func excerptsAreShort() async throws {
    let error = try await failure(500, String(repeating: "x", count: 100_000))
    #expect((error?.message.count ?? 0) < 300)
    let told = try await failure(500, "{\"error\": \"\(String(repeating: "x", count: 100_000))\"}")
    #expect((told?.message.count ?? 0) <= 2001)
  }

  @Test(arguments: [
    ("https://evil.example/x", "evil.example"), ("//evil.example:80", "evil.example:80"),
    ("https://u:p@e.example", "e.example"),
    ("/other", nil), ("", nil),
  ])
  func redirectsNameTheHostAndNothingElse(location: String, host: String?) async throws {
    let error = try await failure(302, "", [HTTPField("Location", location)])
    #expect(error?.category == .redirect(host: host))
    #expect(error?.message.contains("not followed") == true)
  }

  @Test func transportErrorsComeThrough() async throws {
    let transport = StubTransport { _, _ in .failure(.timedOut(sent: true)) }
    await #expect { try await client(transport).webhook(app: Self.app, id: Self.hook) } throws: {
      let error = $0 as? APIError
      return error?.category == .unreachable
    }
    let tired = StubTransport { _, _ in
      .failure(
        .exhausted(last: .response(HTTPResponse(status: 503, body: Array("{\"error\":\"down\"}".utf8))), tries: 8))
    }
    await #expect { try await client(tired).webhook(app: Self.app, id: Self.hook) } throws: {
      let error = $0 as? APIError
      return error?.category == .server && error?.tries == 8 && error?.description == "down (gave up after 8 tries)"
    }
  }

  @Test func operationErrorsReachNoNetwork() async throws {
    let transport = StubTransport(200, Self.seed)
    await #expect {
      try await client(transport).update(app: Self.app, id: Self.hook, patch: WebhookPatch(url: "a\nb"))
    } throws: {
      ($0 as? APIError)?.category == .unsupported
    }
    #expect(transport.requests.isEmpty)
  }
}
