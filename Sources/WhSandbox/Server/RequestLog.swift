/// What a log may contain about one request: neither keys nor the values of headers, nor bodies.
package struct RequestLog: Sendable, Equatable {
  /// The method, in capitals.
  package var method: String
  /// The path as it was sent, without the query; anything but visible ASCII is replaced by `?`.
  package var path: String
  /// The status of the answer; nil if the connection was reset instead.
  package var status: Int?
  /// The fault that the request met.
  package var fault: Fault?
  /// From the request's arrival to its answer.
  package var milliseconds: Int
}
