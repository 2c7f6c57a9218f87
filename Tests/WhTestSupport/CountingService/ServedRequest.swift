/// A request as a `CountingService` met it.
package struct ServedRequest: Sendable {
  package let method: String
  /// With the query.
  package let path: String
  /// Nil where the connection was reset instead.
  package let status: Int?
  package let fault: ServiceFault?
  /// The bearer token.
  package let key: String
  /// When it came, since 1970.
  package let time: Duration

  package init(method: String, path: String, status: Int?, fault: ServiceFault?, key: String, time: Duration) {
    self.method = method
    self.path = path
    self.status = status
    self.fault = fault
    self.key = key
    self.time = time
  }

  /// True when the client got the whole and right answer, so that it has no cause to send the request again.
  package var isAnsweredWell: Bool { status == 200 && (fault == nil || fault == .stall) }
}
