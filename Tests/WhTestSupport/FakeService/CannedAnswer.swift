/// A whole answer of a `FakeService`.
package struct CannedAnswer: Sendable, CustomStringConvertible {
  package var status: Int
  package var fields: [(name: String, value: String)]
  package var body: [UInt8]
  /// True to close the connection without a word.
  package var isSilence = false

  package init(_ status: Int, fields: [(name: String, value: String)] = [], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  package static func json(_ status: Int = 200, _ text: String) -> CannedAnswer {
    CannedAnswer(status, fields: [("Content-Type", "application/json")], body: Array(text.utf8))
  }

  package static func text(_ status: Int, _ text: String) -> CannedAnswer {
    CannedAnswer(status, fields: [("Content-Type", "text/plain")], body: Array(text.utf8))
  }

  package static let silence: CannedAnswer = {
    var answer = CannedAnswer(0)
    answer.isSilence = true
    return answer
  }()

  package var description: String { "\(status) \(String(decoding: body, as: UTF8.self).prefix(60).debugDescription)" }

  /// The answer on the wire (RFC 9112), in one piece, so that no part of it waits for an acknowledgement.
  var bytes: [UInt8] {
    var head = "HTTP/1.1 \(status) Canned\r\n"
    for field in fields { head += "\(field.name): \(field.value)\r\n" }
    if status != 204 { head += "Content-Length: \(body.count)\r\n" }
    return Array((head + "\r\n").utf8) + body
  }
}
