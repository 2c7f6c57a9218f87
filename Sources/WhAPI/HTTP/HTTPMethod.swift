/// The request methods that the API knows.
package enum HTTPMethod: String, Sendable {
  case get = "GET"
  case put = "PUT"
  case post = "POST"
  case delete = "DELETE"

  /// True when to apply the request twice is to apply it once (RFC 9110, section 9.2.2).
  package var isIdempotent: Bool { self != .post }
}
