/// One way in which a request can go wrong.
package enum Fault: String, Sendable, CaseIterable {
  /// 429 with `Retry-After: 1`, whatever the limit says. Nothing is applied.
  case tooManyRequests
  /// 500 with the service's error object. Nothing is applied.
  case internalError
  /// 503 with the service's error object. Nothing is applied.
  case unavailable
  /// 502 with a web page for a body, as a proxy sends it. Nothing is applied.
  case errorPage
  /// The connection is reset and nothing is applied.
  case resetBefore
  /// The request is applied, and the connection is reset instead of an answer.
  case resetAfter
  /// The request is applied, and the connection closes half-way through the answer's body.
  case cutOff
  /// The request is applied, and if it succeeded, a 200 answers whose body is not JSON.
  case garbled
  /// The request is applied, and its answer is held back for `Options.Faults.stallSeconds`.
  case stall
}
