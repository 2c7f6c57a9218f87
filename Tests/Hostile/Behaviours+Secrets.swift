import WhTestSupport

extension Behaviour {
  private static func echoing(
    _ name: String, when work: Work = .reading, exits: Set<Int32> = [1, 77], bound: Int = 10,
    _ answer: @escaping @Sendable (RecordedRequest) -> CannedAnswer
  ) -> Behaviour {
    Behaviour(name: name, work: work, exits: exits, bound: bound) { [.answer(answer($0.request))] }
  }

  private static func key(_ request: RecordedRequest) -> String { request["Authorization"] ?? "" }

  private static let held = #"{"X-Api-Key":"\#(Canary.held.text)","X-Team":"a"}"#

  static let secrets: [Behaviour] = [
    .echoing("repeats the key in an error") { .json(400, Sample.error("\"I got \(key($0))\"")) },
    .echoing("repeats the key in code, param and doc_url") {
      .json(
        400,
        Sample.error("\"no\"", more: #","code":"\#(key($0))","param":"\#(key($0))","doc_url":"https://a/\#(key($0))""#))
    },
    .echoing("repeats the key in plain text") { .text(400, "your \(key($0)) is bad") },
    .echoing("repeats the key in base64") { request in
      .json(400, Sample.error("\"Basic \(Base64.text(Array(key(request).utf8)))\""))
    },
    .echoing("repeats the key as JSON escapes") { request in
      .json(
        400,
        Sample.error("\"" + key(request).unicodeScalars.map { "\\u00" + String($0.value, radix: 16) }.joined() + "\""))
    },
    .echoing("repeats the key in a redirect") {
      CannedAnswer(302, fields: [("Location", "https://\(key($0).split(separator: " ").last ?? "").example/")])
    },
    .echoing("repeats the key in header fields") {
      CannedAnswer(
        400, fields: [("X-Echo", key($0)), ("Retry-After", key($0)), ("Date", key($0)), ("X-RateLimit-Limit", key($0))])
    },
    .echoing("repeats the key as the reason of a 500", exits: [1, 69], bound: 60) {
      .json(500, Sample.error("\"\(key($0))\""))
    },
    .echoing("repeats the key with 401", exits: [77]) { .json(401, Sample.error("\"bad key \(key($0))\"")) },
    .echoing("repeats the key with 429 and a long wait", exits: [1, 75]) {
      CannedAnswer(429, fields: [("Retry-After", "7200")], body: Array(Sample.error("\"\(key($0))\"").utf8))
    },
    .echoing("has the key as a webhook's url and header", exits: [0, 1]) {
      .json(
        200,
        Sample.list(Sample.webhook(url: "\"https://a.example/\(key($0))\"", headers: "{\"X-Team\":\"\(key($0))\"}")))
    },
    .echoing("has the key in the id of a row", exits: [0, 1]) {
      .json(200, Sample.list(Sample.webhook(id: "\"\(key($0))\"")))
    },
    .echoing("has the key in a body that is not JSON", exits: [1, 69]) { .text(200, "hello \(key($0))") },
    .echoing("holds a secret header") { _ in .json(200, Sample.list(Sample.webhook(headers: held))) }.exiting([0]),
    Behaviour(name: "repeats a secret header in an error", work: .updating, exits: [1, 75]) { _ in
      [.answer(400, Sample.error("\"X-Api-Key \(Canary.held.text) is bad\""))]
    },
    Behaviour(name: "repeats a secret header in a page", work: .updating, exits: [1, 75]) { _ in
      [.answer(CannedAnswer.text(400, "<html>X-Api-Key: \(Canary.held.text)</html>"))]
    },
    .echoing("repeats the whole request", when: .updating, exits: [1, 75]) { request in
      .text(400, request.line + "\n" + request.fields.map { "\($0.name): \($0.value)\n" }.joined() + request.bodyText)
    },
    .body(
      "masks secrets by stars", exits: [0],
      Sample.list(Sample.webhook(headers: #"{"X-Api-Key":"********","X-Token":"••••","Authorization":"[REDACTED]"}"#))),
  ]

  private func exiting(_ exits: Set<Int32>) -> Behaviour {
    Behaviour(name: name, work: work, exits: exits, bound: bound, steps: steps)
  }

  /// A 429 once, and then the ordinary answer.
  private static func refusedOnce(_ name: String, _ wait: String) -> Behaviour {
    Behaviour(name: name, work: .reading, exits: [0], bound: 15) { meeting in
      [.answer(meeting.number > 1 ? meeting.ordinary : CannedAnswer(429, fields: [("Retry-After", wait)]))]
    }
  }

  private static func limited(
    _ name: String, exits: Set<Int32> = [0], bound: Int = 10, patience: Int? = nil,
    _ fields: [(name: String, value: String)]
  ) -> Behaviour {
    Behaviour(name: name, work: .connecting, exits: exits, bound: bound, patience: patience) { meeting in
      var answer = meeting.ordinary
      answer.fields += fields
      return [.answer(answer)]
    }
  }

  static let limits: [Behaviour] = [
    .refusedOnce("answers 429 once, with Retry-After: -5", "-5"),
    .refusedOnce("answers 429 once, with Retry-After: NaN", "NaN"),
    .refusedOnce("answers 429 once, with Retry-After: soon", "soon"),
    .refusedOnce("answers 429 once, with Retry-After: 0.01", "0.01"),
    .refusedOnce("answers 429 once, with an empty Retry-After", ""),
    .refusedOnce("answers 429 once, with a date that is past", "Sun, 06 Nov 1994 08:49:37 GMT"),
    .refusedOnce("answers 429 once, with 0x10 and control characters", "0x10\u{1B}[31m"),
    .status(429, "answers 429 always, until Ctrl-C", exits: [75, 130], bound: 15, patience: 6),
    .status(
      429, "answers 429 always, with Retry-After: 0, until Ctrl-C", exits: [75, 130], bound: 15, patience: 6,
      fields: [("Retry-After", "0")]),
    .status(429, "asks for a wait of two hours", exits: [1, 75], fields: [("Retry-After", "7200")]),
    .status(
      429, "asks for a wait of 1e400 seconds", exits: [1, 75, 130], bound: 15, patience: 6,
      fields: [("Retry-After", "1e400")]),
    .status(
      429, "asks for a wait of 10^20 seconds", exits: [1, 75], fields: [("Retry-After", "99999999999999999999")]),
    .status(
      429, "asks for a wait until the year 9999", exits: [1, 75],
      fields: [("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")]),
    .status(
      403, "answers 403 and asks for a wait of two hours", exits: [1, 75, 77], fields: [("Retry-After", "7200")]),
    .limited(
      "has a limit of NaN",
      [("X-RateLimit-Limit", "NaN"), ("X-RateLimit-Remaining", "NaN"), ("X-RateLimit-Reset", "NaN")]),
    .limited(
      "has a limit of 1e308",
      [("X-RateLimit-Limit", "1e308"), ("X-RateLimit-Remaining", "1e308"), ("X-RateLimit-Reset", "1e308")]),
    .limited(
      "has a negative limit",
      [("X-RateLimit-Limit", "-60"), ("X-RateLimit-Remaining", "-1"), ("X-RateLimit-Reset", "-1")]),
    .limited(
      "has nothing left until the year 5000", exits: [0, 1, 75],
      [
        ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "95617584000"),
        ("Date", "Sun, 06 Nov 2026 08:49:37 GMT"),
      ]),
    .limited(
      "has nothing left until the year 33,000", exits: [0, 1, 75],
      [
        ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "999999999999999"),
        ("Date", "Sun, 06 Nov 1994 08:49:37 GMT"),
      ]),
    .status(
      429, "asks in the year 1994 for a wait until the year 9999", exits: [1, 75],
      fields: [("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"), ("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]),
    .limited(
      "has nothing left and a reset that is past", exits: [0], bound: 20,
      [("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1")]),
    .limited("has a clock of the year 1994", [("Date", "Sun, 06 Nov 1994 08:49:37 GMT")]),
    .limited("has a clock of the year 9999", [("Date", "Fri, 31 Dec 9999 23:59:59 GMT")]),
    .limited(
      "says its limit in 1,000 pieces",
      [
        ("RateLimit", (0..<1000).map { "\"p\($0)\";r=\($0);t=\($0)" }.joined(separator: ",")),
        ("RateLimit-Policy", (0..<1000).map { "\"p\($0)\";q=1000;w=60" }.joined(separator: ",")),
      ]),
  ]

  static let writes: [Behaviour] = [
    .status(204, "answers an update with 204", when: .updating, exits: [0, 1]),
    .status(202, "answers an update with 202 and no body", when: .updating, exits: [75]),
    .body("answers an update with a page", when: .updating, exits: [0, 1], "<html>ok</html>"),
    .body("answers an update with half of the webhook", when: .updating, exits: [0, 1], #"{"id":"a0eebc99"#),
    .body("answers an update with another webhook", when: .updating, exits: [1, 75], Sample.webhook(id: "\"other\"")),
    .body(
      "answers an update with another app's webhook", when: .updating, exits: [1, 75], Sample.webhook(app: "\"other\"")),
    .body(
      "answers an update with what was not asked", when: .updating, exits: [0, 1],
      Sample.webhook(url: "\"https://evil.example/\"")),
    .body(
      "answers an update with control characters", when: .updating, exits: [0, 1],
      Sample.webhook(url: "\"https://new.example.com/\(hostileText)\"", headers: "{\"X\(hostileText)\":\"b\"}")),
    .answering("closes after an update", when: .updating, exits: [75], bound: 60, [.close]),
    .raw(
      "ends in the answer to an update", when: .updating, exits: [0, 1, 75], bound: 60,
      Sample.head + "Content-Length: 500\r\n\r\n{\"id\":"),
    .answering(
      "sends a body without end for an update", when: .updating, exits: [0, 1, 75],
      [.text(Sample.head + "\r\n{"), .endless(Sample.long, every: .zero)]),
    .answering(
      "sends a header without end for an update", when: .updating, exits: [0, 1, 75],
      [.text(Sample.head + "X-Long: "), .endless([UInt8](repeating: 97, count: 1 << 14), every: .zero)]),
    .answering(
      "sends 1xx without end for an update", when: .updating, exits: [1, 75], bound: 60,
      [.endless(Array("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n".utf8), every: .zero)]),
    .answering(
      "never answers an update, until Ctrl-C", when: .updating, exits: [75, 130], bound: 45, patience: 5,
      [.endless([], every: .milliseconds(200))]),
    .status(500, "answers 500 to an update always", when: .updating, exits: [75], bound: 60),
    .status(409, "answers 409 to an update", when: .updating, exits: [1, 75], body: Sample.error("\"conflict\"")),
    .status(401, "answers 401 to an update", when: .updating, exits: [77], body: Sample.error("\"no\"")),
    .status(201, "answers a creation with 201 and no body", when: .creating, exits: [0, 1, 75]),
    .status(
      201, "names another host as the place of a creation", when: .creating, exits: [0, 1, 75],
      fields: [("Location", "https://evil.example/v1/webhooks/x")]),
    .status(
      201, "names a place with `..` for a creation", when: .creating, exits: [0, 1, 75],
      fields: [("Location", "/v1/organization/apps/\(OneWebhook.app)/webhooks/../../../x")]),
    .body("answers a creation with an older webhook", when: .creating, exits: [0, 1, 75], Sample.webhook()),
    .answering("closes after a creation", when: .creating, exits: [75], bound: 20, [.close]),
    .status(503, "answers 503 to a creation", when: .creating, exits: [1, 75], bound: 60),
    .body("answers a deletion with a page", when: .deleting, exits: [0, 1], "<html>gone</html>"),
    .status(202, "answers a deletion with 202, and the webhook stays", when: .deleting, exits: [1, 75]),
    .status(
      404, "answers 404 to a deletion", when: .deleting, exits: [0, 1, 75], body: Sample.error("\"no such webhook\"")),
    .answering("closes after a deletion", when: .deleting, exits: [75], bound: 60, [.close]),
  ]

  private static let hostileText = #"\u001b[31m\u202e\u0007\u200b"#
}

enum Base64 {
  static func text(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    return stride(from: 0, to: bytes.count, by: 3).map { start in
      let piece = bytes[start..<min(start + 3, bytes.count)]
      let value = piece.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - piece.count))
      let digits = (0..<4).map { String(alphabet[value >> (18 - 6 * $0) & 63]) }
      return digits.prefix(piece.count + 1).joined() + String(repeating: "=", count: 3 - piece.count)
    }.joined()
  }
}
