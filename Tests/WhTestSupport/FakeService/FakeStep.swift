/// One thing that a `FakeService` does to the connection of a request.
package enum FakeStep: Sendable {
  /// A whole answer.
  case answer(CannedAnswer)
  /// Bytes as they are, such as a part of an answer.
  case send([UInt8])
  /// Goes on when the gate opens.
  case wait(Gate)
  /// Takes so long over it, as a service that is slow.
  case pause(Duration)
  /// Sends bytes again and again, with a pause after each time, until the client goes away.
  case endless([UInt8], every: Duration)
  /// Ends the connection in order.
  case close
  /// Ends it with a RST.
  case reset

  /// A whole answer of a status, a body and more header fields.
  package static func answer(
    _ status: Int, _ body: String = "{}", fields: [(name: String, value: String)] = []
  ) -> FakeStep {
    .answer(CannedAnswer(status, fields: fields, body: Array(body.utf8)))
  }

  /// A text as it is, such as a part of an answer.
  package static func text(_ text: String) -> FakeStep { .send(Array(text.utf8)) }
}
