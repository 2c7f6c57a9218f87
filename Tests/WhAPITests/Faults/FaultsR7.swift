import Testing
import WhDeterminism
import WhDomain

@testable import WhAPI

@Suite("R7: statuses and limits mean what they mean")
struct FaultsR7 {
  private static func error(_ status: Int, _ body: String, _ fields: [HTTPField] = []) -> APIError {
    APIError(refused: HTTPResponse(status: status, fields: fields, body: Array(body.utf8)), now: .zero)
  }

  @Test("R7: these may succeed later", arguments: [408, 425, 500, 502, 503, 504, 507] + Array(520...530))
  func temporary(status: Int) {
    let effect = Effect(
      of: .success(HTTPResponse(status: status)), to: HTTPRequest(.put, "/", body: []), now: .zero)
    let verdict = RetryPolicy().verdict(on: effect, nil, of: HTTPRequest(.put, "/", body: []), hasFoundServer: true)
    #expect(verdict == .againAfterPause(.server))
  }

  @Test("R7: these may not", arguments: [400, 402, 404, 405, 409, 410, 413, 422, 501, 505])
  func final(status: Int) {
    let effect = Effect(
      of: .success(HTTPResponse(status: status)), to: HTTPRequest(.put, "/", body: []), now: .zero)
    let verdict = RetryPolicy().verdict(on: effect, nil, of: HTTPRequest(.put, "/", body: []), hasFoundServer: true)
    #expect(verdict == .done)
  }

  @Test(
    "R7: a 403 is about the key, the account or the limit",
    arguments: [
      (#"{"error":{"type":"authentication_error","message":"m"}}"#, APIError.Category.forbidden),
      (#"{"error":{"type":"permission_error","message":"m"}}"#, .forbidden), (#"{"error":"Forbidden"}"#, .forbidden),
      ("", .forbidden), ("<html>", .forbidden),
      (#"{"error":{"type":"provider_error","code":"account_restricted","message":"m"}}"#, .invalid),
      (#"{"error":{"type":"provider_error","message":"m"}}"#, .invalid),
      (#"{"error":{"code":"account_restricted","message":"m"}}"#, .invalid),
      (#"{"code":"account_restricted","message":"m"}"#, .invalid),
      (#"{"error":{"type":"authentication_error","code":"account_restricted","message":"m"}}"#, .invalid),
      (#"{"error":{"type":"invalid_request_error","message":"m"}}"#, .invalid),
    ])
  func forbidden(body: String, category: APIError.Category) {
    #expect(Self.error(403, body).category == category)
    #expect(Self.error(403, body, [HTTPField("Retry-After", "7")]).category == .rateLimited)
  }

  @Test(
    "R7: all forms of the limit's fields are read",
    arguments: [
      [("X-RateLimit-Limit", "120"), ("X-RateLimit-Remaining", "7"), ("X-RateLimit-Reset", "1700000030")],
      [("RateLimit-Limit", "120"), ("RateLimit-Remaining", "7"), ("RateLimit-Reset", "30")],
      [("RateLimit-Limit", "120, 120;w=60"), ("RateLimit-Remaining", "7"), ("RateLimit-Reset", "30")],
      [("ratelimit", "limit=120, remaining=7, reset=30")],
      [("RateLimit-Policy", "\"a\";q=120;w=60"), ("RateLimit", "\"a\";r=7;t=30")],
      [("RateLimit-Policy", "a;q=500;w=60, b;q=120;w=60"), ("RateLimit", "a;r=90;t=3, b;r=7;t=30")],
      [("X-RateLimit-Limit", " 120 "), ("X-RateLimit-Remaining", "7.0"), ("X-RateLimit-Reset", "30")],
    ])
  func forms(fields: [(String, String)]) {
    let response = HTTPResponse(status: 200, fields: fields.map { HTTPField($0.0, $0.1) })
    let reading = RateLimitReading(response, serverTime: .seconds(1_700_000_000))
    #expect(reading == RateLimitReading(limit: 120, remaining: 7, reset: .seconds(1_700_000_030)))
  }

  @Test(
    "R7: what can't be a limit says nothing",
    arguments: [
      ("120", "-1", "30"), ("0", "0", "30"), ("-1", "-1", "-1"), ("120", "x", "30"), ("nan", "7", "30"),
      ("120", "7", "inf"), ("120", "7", ""), ("1e99", "7", "30"),
    ])
  func nonsense(limit: String, remaining: String, reset: String) {
    let response = HTTPResponse(
      status: 200,
      fields: [
        HTTPField("X-RateLimit-Limit", limit), HTTPField("X-RateLimit-Remaining", remaining),
        HTTPField("X-RateLimit-Reset", reset),
      ])
    #expect(RateLimitReading(response, serverTime: .seconds(1_700_000_000)) == nil)
  }

  /// A server whose clock is wrong and that sends no `Date` is not paced; one that sends it is.
  @Test("R7: a reset beyond any window is one of another clock", arguments: [901, 3600, 86_400, 100_000_000])
  func otherClock(ahead: Int) {
    let wall = Duration.seconds(1_700_000_000)
    let fields = [
      HTTPField("X-RateLimit-Limit", "120"), HTTPField("X-RateLimit-Remaining", "0"),
      HTTPField("X-RateLimit-Reset", "\(1_700_000_000 + ahead)"),
    ]
    #expect(PacingAnswer(HTTPResponse(status: 200, fields: fields), received: .zero, wall: wall).reading == nil)
    let dated = HTTPResponse(status: 200, fields: fields + [HTTPField("Date", "Tue, 14 Nov 2023 22:13:20 GMT")])
    #expect(PacingAnswer(dated, received: .zero, wall: wall).reading != nil)
  }

  @Test(
    "R7: an encoding that can't be undone is tried three times, and is the read's problem alone",
    arguments: ["gzip", "frob"])
  func encoding(name: String) throws {
    let policy = RetryPolicy()
    let failure = TransportError(
      .garbled("Unrecognized content encoding type: \(name)"), wasSent: true, partial: HTTPResponse(status: 200))
    let read = HTTPRequest(.get, "/")
    let effect = Effect(of: .failure(failure), to: read, now: .zero)
    #expect(policy.verdict(on: effect, failure, of: read, hasFoundServer: true) == .againAfterPause(.unreadable))
    #expect(policy.mostTries(.unreadable) == 3)
    let write = HTTPRequest(.put, "/", body: [])
    #expect(Effect(of: .failure(failure), to: write, now: .zero) == .applied(HTTPResponse(status: 200)))
  }
}
