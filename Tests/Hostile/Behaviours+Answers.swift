import WhTestSupport

extension Behaviour {
  static let statuses: [Behaviour] = [
    .status(400, "answers 400 without a body", exits: [1]),
    .status(
      400, "answers 400 with a page of 1 MB", exits: [1], fields: [("Content-Type", "text/html")],
      body: "<html>" + String(repeating: "<p>no</p>\u{1B}[31m", count: 1 << 16)),
    .status(
      400, "answers an error of 1 MB", exits: [1],
      body: Sample.error("\"" + String(repeating: "no ", count: 1 << 18) + "\"")),
    .status(
      400, "answers an error with a code and a param of 1 MB", exits: [1],
      body: Sample.error(
        "\"no\"",
        more:
          #","code":"\#(String(repeating: "c", count: 1 << 20))","param":"\#(String(repeating: "p", count: 1 << 20))""#)
    ),
    .status(
      400, "answers an error of the wrong types", exits: [1],
      body: #"{"error":{"type":1,"code":[],"message":{"a":1},"param":false,"doc_url":7}}"#),
    .status(
      400, "answers an error with control characters everywhere", exits: [1],
      body: Sample.error(
        #""\u001b[2J\u202e\u0000\r\n""#,
        more: #","code":"\u001b]0;t\u0007","param":"\u200b\u0085","doc_url":"https://\u2066evil\u009b""#)),
    .status(401, "answers 401 with a page", when: .connecting, exits: [77], body: "<html>login</html>"),
    .status(401, "answers 401 in the middle", exits: [77], body: #"{"error":"No"}"#),
    .status(402, "asks for payment", exits: [1], body: Sample.error("\"pay\"")),
    .status(403, "answers 403", exits: [1, 77], body: Sample.error("\"no\"")),
    .status(404, "answers 404 with a page", when: .connecting, exits: [1], body: "<html>404</html>"),
    .status(405, "answers 405 to everything", when: .connecting, exits: [1]),
    .status(
      407, "asks for a proxy's password", when: .connecting, exits: [1, 69],
      fields: [("Proxy-Authenticate", "Basic realm=x")]
    ),
    .status(408, "answers 408 always", exits: [1, 69], bound: 60),
    .status(410, "answers 410", exits: [1]),
    .status(413, "answers 413", exits: [1]),
    .status(418, "is a teapot", exits: [1]),
    .status(
      424, "answers 424 with a failed provider", exits: [1, 69], bound: 60,
      body: #"{"error":{"type":"api_error","message":"x_unavailable"}}"#),
    .status(425, "answers 425 always", exits: [1, 69], bound: 60),
    .status(431, "answers 431", exits: [1]),
    .status(451, "answers 451", exits: [1], body: "Unavailable For Legal Reasons"),
    .status(500, "answers 500 always, without a body", exits: [1, 69], bound: 60),
    .status(501, "answers 501", when: .connecting, exits: [1]),
    .status(502, "answers 502 always, with a page", exits: [1, 69], bound: 60, body: "<html>Bad Gateway</html>"),
    .status(
      503, "answers 503 always and asks to wait an hour", exits: [1, 69, 75], bound: 60,
      fields: [("Retry-After", "3600")]),
    .status(505, "answers 505", exits: [1, 69]),
    .status(507, "answers 507 always", exits: [1, 69], bound: 60),
    .status(
      511, "is a captive portal", when: .connecting, exits: [1, 69], bound: 60, body: "<html>Log in to the Wi-Fi</html>"
    ),
    .status(522, "answers 522 always", exits: [1, 69], bound: 60),
    .status(529, "answers 529 always", exits: [1, 69], bound: 60),
    .status(204, "answers a list with 204", exits: [1, 69]),
    .status(202, "answers a list with 202 and no body", exits: [1, 69]),
    .status(206, "answers a list with 206", exits: [0, 1, 69], body: Sample.list(Sample.webhook())),
    .status(200, "answers a success with an error in it", exits: [1], body: Sample.error("\"no\"")),
    .status(
      200, "answers a list with a page", exits: [1, 69], fields: [("Content-Type", "text/html")],
      body: "<html>hi</html>"),
  ]

  static let bodies: [Behaviour] = [
    .body("sends an empty body", exits: [1, 69], ""),
    .body("sends half of the JSON", exits: [1, 69], #"{"webhooks":[{"id":"a"#),
    .body("sends `null`", "null"),
    .body("sends a text", "\"webhooks\""),
    .body("sends a number", "42"),
    .body("sends the list under another name", #"{"hooks":[],"totalCount":0}"#),
    .body("sends an object for the list", #"{"webhooks":{"a":1},"totalCount":1}"#),
    .body("sends two documents", exits: [1, 69], Sample.list() + Sample.list()),
    .body("sends lines of JSON", exits: [1, 69], Sample.webhook() + "\n" + Sample.webhook()),
    .body(
      "nests JSON 100,000 deep", exits: [1, 69],
      String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)),
    .body(
      "nests objects 100,000 deep", exits: [1, 69],
      String(repeating: "{\"a\":", count: 100_000) + "1" + String(repeating: "}", count: 100_000)),
    .body(
      "nests a webhook's headers 90 deep", exits: [0, 1],
      Sample.list(
        Sample.webhook(headers: String(repeating: "{\"a\":", count: 90) + "1" + String(repeating: "}", count: 90)))),
    .body(
      "sends a list of a million numbers", exits: [0, 1], bound: 60,
      "{\"webhooks\":[" + String(repeating: "1,", count: 1_000_000) + "1],\"totalCount\":1}"),
    .body(
      "sends an object of 300,000 members", exits: [1], bound: 60,
      "{" + (0..<300_000).map { "\"a\($0)\":1" }.joined(separator: ",") + "}"),
    .body(
      "sends numbers of every size", exits: [0, 1],
      Sample.list(
        Sample.webhook(headers: #"{"A":1e400,"B":-0,"C":123456789012345678901234567890,"D":0.1e-999}"#), total: "1e400")
    ),
    .body(
      "sends numbers that JSON does not know", exits: [1, 69],
      #"{"webhooks":[],"totalCount":NaN,"a":0x1F,"b":+1,"c":.5}"#),
    .body("begins with a byte order mark", exits: [0], "\u{FEFF}" + Sample.list(Sample.webhook())),
    .bytes("sends UTF-16", exits: [1, 69], Array(Sample.list().utf8).flatMap { [$0, 0] }),
    .bytes(
      "sends bytes that are not UTF-8", exits: [0, 1, 69],
      Array(#"{"webhooks":[{"id":"a","appId":""#.utf8) + [0xFF, 0xC3, 0x28]
        + Array(#"","url":"x","events":[]}],"totalCount":1}"#.utf8)),
    .bytes("sends a NUL after the JSON", exits: [0, 1, 69], Array(Sample.list(total: "0").utf8) + [0]),
    .body(
      "sends lone surrogates", exits: [0, 1],
      Sample.list(Sample.webhook(url: #""https://\ud800/\udc00""#, events: #"["\udfff"]"#))),
    .body(
      "sends NUL in texts", exits: [0, 1],
      Sample.list(Sample.webhook(url: #""https://a\u0000b/""#, headers: #"{"X\u0000":"\u0000"}"#))),
    .body(
      "names members twice", exits: [0, 1],
      #"{"webhooks":[1],"webhooks":[\#(Sample.webhook())],"totalCount":9,"totalCount":1}"#),
    .body("sends comments and commas too many", exits: [1, 69], "{\"webhooks\":[], /* c */ \"totalCount\":0,}"),
  ]

  static let lists: [Behaviour] = [
    .body("sends the same page whatever is asked for", exits: [0, 1], Sample.list(Sample.webhook(), total: "5000")),
    .body("sends the same page without a total", exits: [0], #"{"webhooks":[\#(Sample.webhook())]}"#),
    Behaviour(name: "sends a total that grows with each page", work: .reading, exits: [1, 75], bound: 60) { meeting in
      let rows = (0..<100).map { Sample.webhook(id: "\"w\(meeting.number)-\($0)\"") }
      return [
        .answer(200, #"{"webhooks":[\#(rows.joined(separator: ","))],"totalCount":\#(meeting.number * 100 + 1000)}"#)
      ]
    },
    Behaviour(
      name: "sends pages of new webhooks without end, without a total", work: .reading, exits: [1, 75], bound: 60
    ) { meeting in
      let rows = (0..<100).map { Sample.webhook(id: "\"w\(meeting.number)-\($0)\"") }
      return [.answer(200, #"{"webhooks":[\#(rows.joined(separator: ","))]}"#)]
    },
    Behaviour(name: "sends a total that shrinks with each page", work: .reading, exits: [0, 1], bound: 30) { meeting in
      [
        .answer(
          200, Sample.list(Sample.webhook(id: "\"w\(meeting.number)\""), total: "\(max(0, 1000 - meeting.number))"))
      ]
    },
    Behaviour(
      name: "sends rows without an id without end, until Ctrl-C", work: .reading, exits: [75, 130], bound: 15,
      patience: 6
    ) { _ in
      [.answer(200, Sample.list("{}", "{}", "{}", total: "1000000000"))]
    },
    .body("says a total of -2^63", exits: [0, 1], Sample.list(Sample.webhook(), total: "-9223372036854775808")),
    .body("says a total of 2^64", exits: [0, 1], Sample.list(Sample.webhook(), total: "18446744073709551616")),
    .body("says a total that is a text", exits: [0, 1], Sample.list(Sample.webhook(), total: "\"1\"")),
    .body("says a total of a billion on an empty page", exits: [0, 1], Sample.list(total: "1000000000")),
    Behaviour(name: "sends ten times as many rows as it was asked for", work: .reading, exits: [0, 1]) { _ in
      let rows = (0..<1000).map { Sample.webhook(id: "\"w\($0)\"") }
      return [.answer(200, #"{"webhooks":[\#(rows.joined(separator: ","))],"totalCount":1000}"#)]
    },
    .body("sends one webhook twice", exits: [0, 1], Sample.list(Sample.webhook(), Sample.webhook(), total: "2")),
    .body("sends another app's webhooks", exits: [1], Sample.list(Sample.webhook(app: "\"other-app\""))),
    .body(
      "sends another app's webhook among the others", exits: [0, 1],
      Sample.list(Sample.webhook(), Sample.webhook(id: "\"w2\"", app: "\"other-app\""), total: "2")),
    .body(
      "sends rows that are not webhooks", exits: [0, 1],
      Sample.list("null", "1", "[]", "\"x\"", "{\"id\":{}}", total: "5")),
    Behaviour(name: "sends one app twice", work: .connecting, exits: [0, 1]) { _ in
      [
        .answer(
          200,
          #"{"apps":[{"id":"\#(OneWebhook.app)","slug":"a"},{"id":"\#(OneWebhook.app)","slug":"b"}],"totalCount":2}"#)
      ]
    },
    Behaviour(name: "sends 20,000 apps of one slug", work: .connecting, exits: [0, 1, 75], bound: 20, patience: 8) {
      meeting in
      let rows = (0..<100).map { #"{"id":"a\#(meeting.number)-\#($0)","slug":"same","name":"n"}"# }
      return [.answer(200, #"{"apps":[\#(rows.joined(separator: ","))],"totalCount":20000}"#)]
    },
  ]

  private static let hostile =
    #"\u001b[31mred\u001b]0;t\u0007\u001b]52;c;ZXZpbA==\u0007\u009b2J\u0085\b\r\n\u007f\u202elive\u2066\u200f\u0000\t\u200b\u00ad\u2060"#

  static let values: [Behaviour] = [
    .body(
      "has control characters in every text of a webhook", exits: [0, 1],
      Sample.list(
        Sample.webhook(
          url: "\"https://a.example/\(hostile)\"", events: "[\"A\(hostile)\",\"MESSAGE_SENT\"]",
          headers: "{\"X-Team\":\"\(hostile)\",\"X\(hostile)\":\"a\"}"))),
    .body(
      "has control characters in every text of an app", when: .connecting, exits: [0, 1],
      #"{"apps":[{"id":"\#(OneWebhook.app)","slug":"my\#(hostile)","name":"\#(hostile)","status":"\#(hostile)"}],"totalCount":1}"#
    ),
    .body(
      "has raw control characters in its JSON", exits: [0, 1],
      Sample.list(
        Sample.webhook(url: "\"https://a.example/\u{1B}[31m\u{7}\r\n\u{9B}2J\"", headers: "{\"X\u{1B}\":\"\u{8}\"}"))),
    .body(
      "has ids of control characters", exits: [0, 1],
      Sample.list(
        Sample.webhook(id: "\"\(hostile)\""), Sample.webhook(id: "\"../../x\""), Sample.webhook(id: "\"a?b#c\""),
        total: "3")),
    .body(
      "has ids of 1 MB", exits: [0, 1],
      Sample.list(Sample.webhook(id: "\"" + String(repeating: "a", count: 1 << 20) + "\""))),
    .body(
      "has a slug of 1 MB", when: .connecting, exits: [0, 1], bound: 60,
      #"{"apps":[{"id":"\#(OneWebhook.app)","slug":"\#(String(repeating: "s", count: 1 << 20))","name":"n"}],"totalCount":1}"#
    ),
    .body(
      "has a url of 1 MB", exits: [0, 1], bound: 60,
      Sample.list(Sample.webhook(url: "\"https://a.example/" + String(repeating: "u", count: 1 << 20) + "\""))),
    .body(
      "has 100,000 events", exits: [0, 1], bound: 60,
      Sample.list(Sample.webhook(events: "[" + (0..<100_000).map { "\"E\($0)\"" }.joined(separator: ",") + "]"))),
    .body(
      "has 100,000 headers", exits: [0, 1], bound: 60,
      Sample.list(
        Sample.webhook(headers: "{" + (0..<100_000).map { "\"X-\($0)\":\"v\($0)\"" }.joined(separator: ",") + "}"))),
    .body(
      "has 20,000 secret headers", exits: [0, 1], bound: 60,
      Sample.list(
        Sample.webhook(
          headers: "{" + (0..<20_000).map { "\"X-Token-\($0)\":\"secret-value-\($0)\"" }.joined(separator: ",") + "}"))),
    .body(
      "has times of no year", exits: [0],
      Sample.list(Sample.webhook()).replacing("2021-08-01T00:00:00Z", with: "99999-99-99T99:99:99+99:99")),
    .body(
      "has urls of other schemes", exits: [0, 1],
      Sample.list(
        Sample.webhook(url: "\"javascript:alert(1)\""),
        Sample.webhook(id: "\"w2\"", url: "\"data:text/html,<script>alert(1)</script>\""), total: "2")),
    .body(
      "has markup in every text", exits: [0, 1],
      Sample.list(
        Sample.webhook(
          url: #""https://a.example/<script>alert(1)</script>|**x**`""#, events: #"["<b>","]]>","${x}","'; commit"]"#,
          headers: #"{"<img>":"]]></failure>"}"#))),
  ]
}
