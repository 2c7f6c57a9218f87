import WhDomain
import WhSyntax

@testable import WhAPI

/// An answer of the service, as bytes: its header fields, its body as list, webhook or error, and what pacing makes of it.
enum AnswersTarget: FuzzTarget {
  static let words = [
    "HTTP/1.1 200 OK\r\n", "HTTP/1.1 429 \r\n", "HTTP/1.1 403 \r\n", "\r\n\r\n", "Retry-After: ", "Date: ",
    "Location: ",
    "X-RateLimit-Limit: ", "X-RateLimit-Remaining: ", "X-RateLimit-Reset: ", "RateLimit: ", "RateLimit-Policy: ",
    "limit=", "remaining=", "reset=", ";r=", ";t=", ";q=", "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "1764200000", "9223372036854775807", "-1", "1e308", "NaN", "{\"", "\":", "\",\"", "[]", "null", "\\ud800",
    "\\u0000",
    "\"webhooks\":[", "\"apps\":[", "\"data\":[", "\"totalCount\":", "\"id\":\"a\"", "\"appId\":\"b\"", "\"url\":\"",
    "\"events\":[", "\"headers\":{", "\"createdAt\":\"", "\"error\":", "\"message\":\"", "\"code\":\"", "\"param\":\"",
    "\"doc_url\":\"", "\"type\":\"", "provider_error", "api_error", "2026-01-01T00:00:00Z",
  ]

  static func run(_ bytes: [UInt8]) {
    let response = response(bytes)
    readBody(response)
    readError(response)
    pace(response)
  }

  /// The answer as the transport makes it.
  static func response(_ bytes: [UInt8]) -> HTTPResponse {
    var answer = CurlAnswer(maximumBodyBytes: 1 << 20)
    var rest = bytes[...]
    var status = 200
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = Array(rest[...end])
      rest = rest[(end + 1)...]
      if line.starts(with: "HTTP/".utf8) {
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        if words.count > 1, let number = Int(words[1].prefix(3)), (100...999).contains(number) { status = number }
      }
      let isEmpty = line.allSatisfy { $0 == 13 || $0 == 10 }
      guard line.withUnsafeBytes({ answer.take(field: $0) }) else { break }
      if isEmpty { break }
    }
    _ = Array(rest).withUnsafeBytes { answer.take(body: $0) }
    return HTTPResponse(status: status, fields: answer.head.fields, body: answer.body)
  }

  private static func readBody(_ response: HTTPResponse) {
    if let value = JSONValue(response.body) {
      var text: [UInt8] = []
      write(value, to: &text)
      rule(JSONValue(text) == value, "JSON reads back as something else")
    }
    let app = try? AppID("b")
    if let page = try? PageWire(response.body, listName: AppWire.listName).page(AppWire.app) {
      check(page)
      read(page, by: \.id)
    }
    for app in [nil, app] {
      let page = try? PageWire(response.body, listName: WebhookWire.listName).page { row throws(MalformedBody) in
        try WebhookWire.webhook(in: row, of: app)
      }
      guard let page else { continue }
      check(page)
      read(page, by: \.id)
      for webhook in page.items {
        rule(Set(webhook.events).count == webhook.events.count, "an event stands twice")
        _ = JSONValue(WebhookBody(webhook.asPatch).json)
      }
    }
    if let value = JSONValue(response.body) { _ = try? WebhookWire.webhook(in: value, of: app) }
  }

  private static func check<Item>(_ page: Page<Item>) {
    rule(page.items.count <= page.rowCount, "more items than rows")
    rule((0...1_000_000_000).contains(page.totalCount ?? 0), "a total out of range")
    rule(page.unreadable.count <= 20, "too many reasons")
  }

  /// A server that gives this page whatever is asked for is read to an end.
  private static func read<Item, ID: Hashable>(_ page: Page<Item>, by id: (Item) -> ID) {
    var list = ListReading<Item, ID>()
    for _ in 0..<20 where !list.isWhole && list.problem == nil { list.add(page, by: id) }
    rule(
      list.isWhole || list.problem != nil || page.items.count < page.rowCount, "the same page is read again and again")
    _ = list.whole
  }

  private static func readError(_ response: HTTPResponse) {
    let now = Duration.seconds(1_764_200_000)
    for request in [HTTPRequest(.get, "/v1/webhooks"), HTTPRequest(.put, "/v1/webhooks/a", body: [])] {
      let effect = Effect(of: .success(response), to: request, now: now)
      _ = effect.followed(by: effect, isDeletion: true)
      _ = RetryPolicy().verdict(on: effect, nil, of: request, hasFoundServer: true)
    }
    let error = APIError(refused: response, now: now)
    rule(error.description.utf8.count <= 16_000, "an error of \(error.description.utf8.count) bytes")
    rule(!error.message.isEmpty, "an error says nothing")
    rule(!Printable.escaped(error.description).unicodeScalars.contains(where: Printable.isHazard), "shown unescaped")
    let cut = TransportError(.truncated, wasSent: true, partial: response)
    _ = Effect(of: .failure(cut), to: HTTPRequest(.put, "/v1/webhooks/a"), now: now).error?.description
  }

  private static func pace(_ response: HTTPResponse) {
    let wall = Duration.seconds(1_764_200_000)
    if let asked = response.retryAfter(now: wall) { rule(asked >= .zero, "a wait that is negative") }
    var pacing = PacingState()
    var now = Duration.seconds(100)
    for _ in 0..<6 {
      switch pacing.admit(at: now, waiting: 9) {
      case .go(let ticket):
        let received = now + .milliseconds(20)
        pacing.answered(ticket, PacingAnswer(response, received: received, wall: wall + received))
      case .wait(let until, _):
        rule(until.map { $0 > now } ?? true, "a wait that is over")
        now = until ?? now
      case .tooLong: return
      }
      now += .milliseconds(30)
    }
  }

  private static func write(_ value: JSONValue, to text: inout [UInt8]) {
    switch value {
    case .null: text += "null".utf8
    case .bool(let flag): text += "\(flag)".utf8
    case .number(let number): text += number.utf8
    case .brokenString: text += #""\ud800""#.utf8
    case .string(let string): text += json(string).utf8
    case .array(let items):
      text += "[".utf8
      for (index, item) in items.enumerated() {
        if index > 0 { text += ",".utf8 }
        write(item, to: &text)
      }
      text += "]".utf8
    case .object(let members):
      text += "{".utf8
      for (index, member) in members.enumerated() {
        if index > 0 { text += ",".utf8 }
        text += (json(member.name) + ":").utf8
        write(member.value, to: &text)
      }
      text += "}".utf8
    }
  }
}
