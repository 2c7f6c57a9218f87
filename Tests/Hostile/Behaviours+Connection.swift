import WhTestSupport

/// What the service is in the habit of sending, and bodies that are alike.
enum Sample {
  static let times = #""createdAt":"2021-08-01T00:00:00Z","updatedAt":"2021-08-01T00:00:00Z""#

  static func webhook(
    id: String = "\"\(OneWebhook.webhook)\"", app: String = "\"\(OneWebhook.app)\"",
    url: String = "\"https://old.example.com/webhook\"", events: String = "[\"MESSAGE_CREATED\"]",
    headers: String = "{}"
  ) -> String {
    #"{"id":\#(id),"appId":\#(app),"url":\#(url),"events":\#(events),"headers":\#(headers),\#(times)}"#
  }

  static func list(_ rows: String..., total: String = "1") -> String {
    #"{"webhooks":[\#(rows.joined(separator: ","))],"totalCount":\#(total)}"#
  }

  static func error(_ message: String, more: String = "") -> String {
    #"{"error":{"type":"invalid_request_error","message":\#(message)\#(more)}}"#
  }

  static let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
  static let long = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 16)
}

extension Behaviour {
  static let connections: [Behaviour] = [
    Behaviour(
      name: "closes each connection at once", work: .connecting, exits: [69], bound: 60, greeting: [.close]
    ) { _ in [.close] },
    Behaviour(
      name: "resets each connection at once", work: .connecting, exits: [69], bound: 60, greeting: [.reset]
    ) { _ in [.close] },
    .answering("closes after the request", when: .connecting, exits: [69], bound: 60, [.close]),
    .answering("resets after the request", when: .connecting, exits: [69], bound: 60, [.reset]),
    .answering(
      "never answers, until Ctrl-C", when: .connecting, exits: [75, 130], bound: 10, patience: 5,
      [.endless([], every: .milliseconds(200))]),
    .answering(
      "falls silent in the middle, until Ctrl-C", exits: [75, 130], bound: 10, patience: 5,
      [.endless([], every: .milliseconds(200))]),
    .answering(
      "sends a header byte by byte, until Ctrl-C", when: .connecting, exits: [75, 130], bound: 10, patience: 5,
      [.text(Sample.head + "X-Slow: "), .endless(Array("a".utf8), every: .milliseconds(200))]),
    .answering(
      "sends a body byte by byte, until Ctrl-C", when: .connecting, exits: [75, 130], bound: 10, patience: 5,
      [.text(Sample.head + "Content-Length: 1000000\r\n\r\n"), .endless(Array(" ".utf8), every: .milliseconds(200))]),
    Behaviour(
      name: "speaks plain HTTP where TLS is expected", work: .connecting, exits: [69], bound: 20, isTLS: true,
      greeting: [.text("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), .close]
    ) { _ in [.close] },
    Behaviour(
      name: "closes during the TLS handshake", work: .connecting, exits: [69], bound: 20, isTLS: true,
      greeting: [.close]
    ) { _ in [.close] },
    .answering(
      "speaks TLS on a plain port", when: .connecting, exits: [69], bound: 20,
      [.send([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x0A]), .close]),
    .raw("speaks HTTP/0.9", when: .connecting, exits: [69], bound: 20, #"{"apps":[],"totalCount":0}"#),
    .answering(
      "speaks HTTP/2 without being asked", when: .connecting, exits: [69], bound: 20,
      [.send([0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), .close]),
    .raw("greets as SSH", when: .connecting, exits: [69], bound: 20, "SSH-2.0-OpenSSH_9.6\r\n"),
    .answering(
      "sends random bytes", when: .connecting, exits: [69], bound: 20,
      [.send((0..<4096).map { UInt8(truncatingIfNeeded: $0 * 131 ^ $0 >> 3) }), .close]),
  ]

  static let framing: [Behaviour] = [
    .raw("ends after the status line", exits: [1, 69], bound: 60, "HTTP/1.1 200 OK\r\n"),
    .raw("ends in a header", exits: [1, 69], bound: 60, "HTTP/1.1 200 OK\r\nContent-Ty"),
    .raw("ends in the body", exits: [1, 69], bound: 60, Sample.head + "Content-Length: 500\r\n\r\n{\"webhooks\":[{"),
    .raw(
      "says a Content-Length that is too small", exits: [0, 1, 69], Sample.head + "Content-Length: 10\r\n\r\n",
      Sample.list(Sample.webhook())),
    .raw("says a negative Content-Length", exits: [1, 69], Sample.head + "Content-Length: -5\r\n\r\n{}"),
    .raw(
      "says a Content-Length of 2^63", exits: [1, 69], Sample.head + "Content-Length: 9223372036854775808\r\n\r\n{}"),
    .raw(
      "says a Content-Length of 9 exabytes", exits: [1, 69], bound: 60,
      Sample.head + "Content-Length: 9223372036854775807\r\n\r\n{}"),
    .raw(
      "says two Content-Lengths", exits: [0, 1, 69],
      Sample.head + "Content-Length: 5\r\nContent-Length: 7\r\n\r\n{}     "),
    .raw("says a Content-Length in words", exits: [1, 69], Sample.head + "Content-Length: many\r\n\r\n{}"),
    .raw("sends chunks of no size", exits: [1, 69], Sample.head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
    .raw(
      "sends a chunk of 2^68 bytes", exits: [1, 69],
      Sample.head + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}\r\n"),
    .raw(
      "ends before the last chunk", exits: [1, 69], bound: 60,
      Sample.head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"),
    .raw(
      "says chunks and a length", exits: [0, 1, 69],
      Sample.head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
    .raw(
      "says an unknown transfer encoding", exits: [1, 69], bound: 60,
      Sample.head + "Transfer-Encoding: gzip, rot13\r\n\r\n{}"),
    .answering(
      "sends header fields without end", exits: [1, 69],
      [
        .text(Sample.head),
        .endless(
          Array("X-More: and more\r\n".utf8) + Array((0..<400).map { "X-\($0): y\r\n" }.joined().utf8), every: .zero),
      ]),
    .answering(
      "sends one header field without end", exits: [1, 69],
      [.text(Sample.head + "X-Long: "), .endless([UInt8](repeating: 97, count: 1 << 14), every: .zero)]),
    .answering(
      "sends a body without end", exits: [1, 69], [.text(Sample.head + "\r\n["), .endless(Sample.long, every: .zero)]),
    .answering(
      "sends chunks without end", exits: [1, 69],
      [
        .text(Sample.head + "Transfer-Encoding: chunked\r\n\r\n"),
        .endless(Array("10000\r\n".utf8) + Sample.long + [13, 10], every: .zero),
      ]),
    .answering(
      "sends trailers without end", exits: [1, 69],
      [
        .text(Sample.head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"),
        .endless(Array((0..<400).map { "X-\($0): y\r\n" }.joined().utf8), every: .zero),
      ]),
    Behaviour(name: "sends 60 MB", work: .reading, exits: [1, 69]) { _ in
      [.text(Sample.head + "Content-Length: 60000000\r\n\r\n"), .endless(Sample.long, every: .zero)]
    },
    .answering(
      "sends 1xx answers without end", exits: [1, 69],
      [.endless(Array("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n".utf8), every: .zero)]),
    Behaviour(name: "sends 1,000 answers of 1xx before its own", work: .reading, exits: [0]) { meeting in
      [.text(String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 1000)), .answer(meeting.ordinary)]
    },
    .raw(
      "switches protocols", exits: [1, 69], bound: 60,
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u{1}\u{2}"),
    .raw("has a status that is not a number", exits: [1, 69], "HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\n{}"),
    .raw("has the status 000", exits: [1, 69], "HTTP/1.1 000 None\r\nContent-Length: 2\r\n\r\n{}"),
    .raw("has the status 999", exits: [1, 69], bound: 60, "HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n{}"),
    .raw("has the version HTTP/9.9", exits: [1, 69], "HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
    .answering(
      "has NUL and control characters in a header field", exits: [0, 1, 69],
      [.send(Array("HTTP/1.1 400 B\u{1B}[31m\r\nX-A: a\0b\u{7}\r\nContent-Length: 2\r\n\r\n{}".utf8)), .close]),
    .raw(
      "has header fields without a colon", exits: [0, 1, 69],
      "HTTP/1.1 400 Bad\r\nwhat is this\r\n : empty\r\n folded\r\nContent-Length: 2\r\n\r\n{}"),
    .answering(
      "says an encoding that is not there", exits: [1, 69],
      [.answer(200, Sample.list(), fields: [("Content-Encoding", "gzip")])]),
    .answering(
      "says an unknown encoding", exits: [0, 1, 69],
      [.answer(200, Sample.list(total: "0"), fields: [("Content-Encoding", "rot13")])]),
    .answering(
      "says fifty encodings", exits: [0, 1, 69],
      [
        .answer(
          200, Sample.list(total: "0"), fields: [("Content-Encoding", String(repeating: "gzip, ", count: 50) + "gzip")])
      ]),
    Behaviour(name: "sends a gzip bomb of 64 MB", work: .reading, exits: [1, 69], bound: 30) { _ in
      [.answer(CannedAnswer(200, fields: [("Content-Encoding", "gzip")], body: Gzip.bomb))]
    },
    Behaviour(name: "sends half a gzip stream", work: .reading, exits: [1, 69]) { _ in
      [.answer(CannedAnswer(200, fields: [("Content-Encoding", "gzip")], body: Array(Gzip.zeros(1 << 20).prefix(900))))]
    },
  ]

  static let redirects: [Behaviour] = [
    Behaviour(name: "redirects to another host", work: .connecting, exits: [1], hasOther: true) { meeting in
      [.answer(301, "", fields: [("Location", meeting.other + "/v1/organization/apps")])]
    },
    Behaviour(name: "redirects an update to another host", work: .updating, exits: [1, 75], hasOther: true) { meeting in
      [.answer(307, "", fields: [("Location", meeting.other + meeting.request.target)])]
    },
    .status(302, "redirects to a file", when: .connecting, exits: [1], fields: [("Location", "file:///etc/passwd")]),
    .status(303, "redirects to itself", when: .connecting, exits: [1], fields: [("Location", "/v1/organization/apps")]),
    .status(308, "redirects to nowhere", when: .connecting, exits: [1]),
    .status(300, "offers several choices", when: .connecting, exits: [1], body: "[]"),
    .status(304, "says that nothing was changed", when: .connecting, exits: [1]),
    .status(
      301, "redirects to a host of control characters", when: .connecting, exits: [1],
      fields: [("Location", "https://\u{1B}[31m\u{202E}evil\u{7}.example/")]),
  ]
}

/// A compressed stream that is made without a library, so that it can be far larger than memory when it is unpacked.
enum Gzip {
  static let bomb = zeros(1 << 26)

  /// So many bytes of zero, without the checksum that would follow.
  static func zeros(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var (buffer, held) = (UInt32(0), UInt32(0))
    func put(_ bit: UInt32) {
      buffer |= bit << held
      held += 1
      if held == 8 {
        bytes.append(UInt8(buffer))
        (buffer, held) = (0, 0)
      }
    }
    func code(_ value: UInt32, _ length: UInt32) {
      for place in (0..<length).reversed() { put(value >> place & 1) }
    }
    // One block of the fixed codes: a zero, and then the same again, 258 bytes at a time, from one byte before.
    put(1)
    put(1)
    put(0)
    code(0x30, 8)
    for _ in 0..<count / 258 {
      code(0xC5, 8)
      code(0, 5)
    }
    code(0, 7)
    while held > 0 { put(0) }
    return bytes
  }
}
