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
    HTTPAPIClient(sender: RetryingSender(transport, policy: .once), base: .service, key: try APIKey(key))
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
    let change = Change(
      app: App(id: Self.app), webhookID: Self.hook, action: .update(before: nil, WebhookPatch(events: ["A"])))
    #expect(
      try await client(transport).send(change, SendingTerms())
        == .applied(
          Webhook(
            id: Self.hook, appID: Self.app, url: "https://example.com/webhook",
            events: ["MESSAGE_CREATED", "MESSAGE_SENT"],
            headers: Headers([Header(name: "X-Custom-Header", value: "value")]),
            createdAt: try Timestamp("2021-08-01T00:00:00Z"), updatedAt: try Timestamp("2021-08-01T00:00:00Z"))))
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

  /// What common servers make of a field.
  @Test(
    arguments: [
      (#""events":null"#, [], [:]), (#""events":{}"#, [], [:]), (#""events":["A",2],"headers":[]"#, ["A", "2"], [:]),
      (#""events":["A"],"headers":{"X":3,"Y":1.50,"Z":true}"#, ["A"], ["X": "3", "Y": "1.50", "Z": "true"]),
      (#""events":["A"],"createdAt":"yesterday","updatedAt":"""#, ["A"], [:]),
      (#""events":["A"],"createdAt":"0000-01-01T00:00:00Z","updatedAt":1700000000"#, ["A"], [:]),
      (#""events":["A"],"events":["B"]"#, ["B"], [:]),
    ] as [(String, [String], [String: String])])
  func toleratesOddFields(fields: String, events: [String], headers: [String: String]) async throws {
    let body = #"{"id":"w","appId":"a","url":"u",\#(fields)}"#
    let webhook = try await client(StubTransport(200, body)).webhook(
      app: AppID(unchecked: "a"), id: WebhookID(unchecked: "w"))
    #expect(webhook.events == events)
    #expect(webhook.headers == Headers(headers.map { Header(name: $0.key, value: $0.value) }))
    #expect(webhook.createdAt == nil && webhook.updatedAt == nil)
  }

  @Test func aTimeOfAnyYearIsRead() async throws {
    let body =
      #"{"id":"w","url":"u","events":[],"createdAt":"0001-01-01T00:00:00Z","updatedAt":"9999-12-31T23:59:59Z"}"#
    let webhook = try await client(StubTransport(200, body)).webhook(
      app: AppID(unchecked: "a"), id: WebhookID(unchecked: "w"))
    #expect(webhook.createdAt?.text == "0001-01-01T00:00:00Z")
    #expect(webhook.updatedAt?.text == "9999-12-31T23:59:59Z")
  }

  @Test(arguments: [
    ("", "not JSON"), ("<html>", "not JSON"), ("null", "null"), ("[]", "not an object"), ("{}", "`id` is missing"),
    ("{\"id\":\"w\"", "not JSON"), ("\"w\"", "not an object"), ("1", "not an object"), ("\u{0}", "not JSON"),
    (#"{"id":true,"appId":"a","url":"u","events":[]}"#, "`id` is not a string"),
    (#"{"id":null,"appId":"a","url":"u","events":[]}"#, "`id` is null"),
    (#"{"id":1,"appId":"a","url":"u","events":[]}"#, "for webhook 1, not for w"),
    (#"{"id":"w","appId":"a","url":"u"}"#, "`events` is missing"),
    (#"{"id":"w","appId":"a","url":"u","events":"A"}"#, "`events` is not a list"),
    (#"{"id":"w","appId":"a","url":"u","events":{"A":1}}"#, "`events` is not a list"),
    (#"{"id":"w","appId":"a","url":"u","events":["A",null]}"#, "`events[1]` is not a string"),
    (#"{"id":"w","appId":"a","url":null,"events":[]}"#, "`url` is null"),
    (#"{"id":"w","appId":"a","url":"u","events":[],"headers":{"X":{}}}"#, "`headers.X` is not a string"),
    (#"{"id":"w","appId":"a","url":"u","events":[],"headers":{"X":null}}"#, "`headers.X` is not a string"),
    (#"{"id":"w","appId":"a","url":"u","events":[],"headers":["X"]}"#, "`headers` is not an object"),
    (#"{"id":"../w","appId":"a","url":"u","events":[]}"#, "not allowed in an id"),
    (#"{"id":"w\r\nX: y","appId":"a","url":"u","events":[]}"#, "not allowed in an id"),
    (#"{"id":"w","appId":"","url":"u","events":[]}"#, "is empty"),
    (#"{"id":"other","appId":"a","url":"u","events":[]}"#, "for webhook other, not for w"),
    (#"{"id":"W","appId":"a","url":"u","events":[]}"#, "for webhook W, not for w"),
    (#"{"id":"w","appId":"A","url":"u","events":[]}"#, "belongs to app A, not to a"),
    (#"{"id":"\ud800","appId":"a","url":"u","events":[]}"#, "`id` is not a string"),
    (String(repeating: "[", count: 100_000), "not JSON"),
    (#"{"id":"# + String(repeating: "{\"a\":", count: 5000), "not JSON"),
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
      #expect(error.description.hasPrefix("HTTP 200: cannot read the response: "))
      #expect(error.message.count < 600)
    }
  }

  @Test(arguments: [
    (#"{"webhooks":[HOOK],"totalCount":7}"#, 1, 7), (#"{"totalCount":0,"webhooks":[],"more":1}"#, 0, 0),
    (#"{"webhooks":[HOOK]}"#, 1, nil), (#"{"webhooks":[],"totalCount":null}"#, 0, nil), ("[HOOK]", 1, nil),
    ("[]", 0, nil), (#"{"data":[HOOK],"totalCount":7}"#, 1, 7), (#"{"webhooks":null,"totalCount":0}"#, 0, 0),
    (#"{"webhooks":[],"data":[HOOK],"nextCursor":"x"}"#, 0, nil),
    // Numbers that can't count a list's items say nothing.
    (#"{"webhooks":[HOOK],"totalCount":"3"}"#, 1, 3), (#"{"webhooks":[HOOK],"totalCount":"x"}"#, 1, nil),
    (#"{"webhooks":[HOOK],"totalCount":-9223372036854775808}"#, 1, nil),
    (#"{"webhooks":[HOOK],"totalCount":9223372036854775807}"#, 1, nil),
    (#"{"webhooks":[HOOK],"totalCount":1e3}"#, 1, nil),
    (#"{"webhooks":[HOOK],"totalCount":99999999999999999999}"#, 1, nil),
    ("\u{FEFF}[HOOK]", 1, nil),
  ])
  func webhookPages(body: String, count: Int, total: Int?) async throws {
    let transport = StubTransport(200, body.replacing("HOOK", with: Self.seed))
    let page = try await client(transport).listWebhooks(app: Self.app, offset: 0, limit: 100)
    #expect(page.items.count == count)
    #expect(page.totalCount == total)
    #expect(page.rowCount == count)
  }

  @Test(arguments: ["{}", "null", #"{"webhooks":{}}"#, #"{"apps":[]}"#, #"{"data":"x"}"#, "", "true", "[}", "{]"])
  func malformedPages(body: String) async throws {
    await #expect {
      try await client(StubTransport(200, body)).listWebhooks(app: Self.app, offset: 0, limit: 9)
    } throws: { ($0 as? APIError)?.category == .malformed }
  }

  /// One odd row never makes a list unreadable.
  @Test(arguments: [
    (#"{"id":"w","url":"u","events":[null]}"#, "w: `events[0]` is not a string"), ("1", "row 2: it is not an object"),
    (#"{"id":"w","url":null,"events":[]}"#, "w: `url` is null"), (#"{"url":"u"}"#, "row 2: `id` is missing"),
    (#"{"id":"a b","url":"u","events":[]}"#, "a b: the id `a b` contains U+0020, which is not allowed in an id"),
    (#"{"id":"w","appId":"x","url":"u","events":[]}"#, "webhook w belongs to app x, not to \(app)"),
  ])
  func oddRowsAreLeftOutAndTold(row: String, reason: String) async throws {
    let body = #"{"webhooks":[\#(Self.seed),\#(row),\#(Self.seed)],"totalCount":3}"#
    let page = try await client(StubTransport(200, body)).listWebhooks(app: Self.app, offset: 0, limit: 9)
    #expect(page.items.count == 2)
    #expect(page.rowCount == 3)
    #expect(page.unreadable == UnreadableRows([reason]))
  }

  @Test func aListOfAnotherAppIsNone() async throws {
    let client = try client(StubTransport(200, "[\(Self.seed)]"))
    await #expect {
      try await client.listWebhooks(app: AppID(unchecked: "app_2"), offset: 0, limit: 9)
    } throws: { "\($0)".contains("belongs to app \(Self.app), not to app_2") }
    // Of an app key nothing names the app.
    let own = HTTPAPIClient(
      sender: RetryingSender(StubTransport(200, "[\(Self.seed)]"), policy: .once), base: .service,
      key: try APIKey("sk_live_app_1"))
    #expect(try await own.listWebhooks(app: nil, offset: 0, limit: 9).items.count == 1)
  }

  /// Work that grows with the square of the parts would take minutes here.
  @Test func aWebhookOfAHundredThousandPartsIsRead() async throws {
    let events = (0..<100_000).map { "\"calls.e\($0)\"" }.joined(separator: ",")
    let headers = (0..<100_000).map { "\"X-\($0)\":\"v\"" }.joined(separator: ",")
    let body = #"[{"id":"w","url":"u","events":[\#(events)],"headers":{\#(headers)}}]"#
    let client = try client(StubTransport(200, body))
    let page = try await client.listWebhooks(app: Self.app, offset: 0, limit: 9)
    #expect(page.items.first?.events.count == 100_000)
    #expect(page.items.first?.headers.all.count == 100_000)
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
    (405, .methodNotAllowed), (407, .unreachable), (408, .server), (409, .conflict), (410, .notFound), (412, .conflict),
    (413, .invalid), (422, .invalid), (424, .invalid), (425, .server), (429, .rateLimited), (500, .server),
    (501, .methodNotAllowed), (502, .server), (503, .server), (505, .invalid), (507, .server), (520, .server),
    (530, .server), (599, .server), (999, .server), (304, .redirect(host: nil)),
  ])
  func categories(status: Int, category: APIError.Category) async throws {
    let error = try await failure(status, #"{"error": {"type": "t", "message": "m"}}"#)
    #expect(error?.category == category)
    #expect(error?.status == status)
  }

  @Test(arguments: [
    (403, "authentication_error", [], APIError.Category.forbidden), (403, "provider_error", [], .invalid),
    (403, "authentication_error", [HTTPField("Retry-After", "1")], .rateLimited),
    (424, "provider_error", [], .invalid), (424, "api_error", [], .server), (429, "provider_error", [], .rateLimited),
  ])
  func categoriesByType(
    status: Int, type: String, fields: [HTTPField], category: APIError.Category
  ) async throws {
    #expect(try await failure(status, #"{"error":{"type":"\#(type)","message":"m"}}"#, fields)?.category == category)
  }

  @Test(arguments: [
    (
      #"{"error":{"type":"t","code":"bad_enum","message":"Invalid enum value","param":"events[1]","doc_url":"https://d"}}"#,
      "HTTP 400 bad_enum: Invalid enum value (events[1]; see https://d)"
    ),
    (#"{"error":{"type":"t","message":"No","param":null}}"#, "HTTP 400: No"),
    (#"{"error":{"message":"No","doc_url":"https://d"}}"#, "HTTP 400: No (see https://d)"),
    (#"{"error":"No such thing"}"#, "HTTP 400: No such thing"), ("", "HTTP 400: the response has no body"),
  ])
  func allThatWasSaidIsShown(body: String, description: String) async throws {
    #expect(try await failure(400, body)?.description == description)
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
    #expect(
      short?.message.hasPrefix("Rate limit exceeded. Try again in 30 seconds; try again after ") == true)
    #expect(short?.retryAfter == .seconds(30))
  }

  @Test(arguments: [
    ("", "the response has no body"),
    ("<html>bad\u{1B}[31m</html>", "the response is not JSON: <html>bad\u{1B}[31m</html>"),
    ("{}", "the response has no error message"), ("[1]", "the response has no error message"),
    (#"{"error": 5}"#, "the response has no error message"),
    (#"{"error": {"message": 5}}"#, "the response has no error message"),
    (#"{"error": ""}"#, "the response has no error message"),
    (#"{"headers": {"Authorization": "hunter2"#, "the response is not JSON"),
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

  @Test(arguments: [
    (TransportError(.timedOut, wasSent: true), APIError.Category.unreachable, "timed out waiting for the response"),
    (.unsent(.timedOut), .unreachable, "timed out connecting"),
    (.unsent(.couldNotResolve(host: "h")), .unreachable, "cannot resolve host h"),
    (.unsent(.proxyRefused(status: 407)), .unreachable, "the proxy refused the request: HTTP 407"),
    (TransportError(.garbled("x"), wasSent: true), .unreachable, "the response is malformed: x"),
    (.unsent(.cancelled), .cancelled, "cancelled"),
    (
      TransportError(.tooLarge("the response", limit: 5), wasSent: true, partial: HTTPResponse(status: 200)),
      .malformed,
      "HTTP 200: the response is longer than 5 bytes"
    ),
    (
      TransportError(.truncated, wasSent: true, partial: HTTPResponse(status: 400, body: Array("{\"err".utf8))),
      .invalid,
      "HTTP 400: the response is not JSON"
    ),
  ])
  func transportErrorsComeThrough(
    error: TransportError, category: APIError.Category, description: String
  ) async throws {
    let client = try client(StubTransport { _, _ in .failure(error) })
    await #expect { try await client.webhook(app: Self.app, id: Self.hook) } throws: {
      let error = $0 as? APIError
      return error?.category == category && error?.description == description
    }
  }

  @Test func operationErrorsReachNoNetwork() async throws {
    let transport = StubTransport(200, Self.seed)
    let change = Change(
      app: App(id: Self.app), webhookID: Self.hook, action: .update(before: nil, WebhookPatch(url: "a\nb")))
    let result = try await client(transport).send(change, SendingTerms())
    #expect(result == .refused(APIError(.unsupported, message: "the url contains a control character")))
    #expect(transport.requests.isEmpty)
  }
}
