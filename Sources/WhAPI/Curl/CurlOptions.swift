/// How a `CurlTransport` works.
package struct CurlOptions: Sendable {
  package var userAgent = "wh"
  /// Requests at the server at one time; others wait their turn inside the transport.
  package var maximumInFlight = 64
  package var connectTimeout = Duration.seconds(10)
  /// From the moment that a request's turn comes, for those that name none of their own.
  package var timeout = Duration.seconds(30)
  package var maximumBodyBytes = 64 << 20
  /// Nil takes the environment's `https_proxy` and its kin. Never used for loopback.
  package var proxy: String?
  /// A file of certificates to trust in place of the system's.
  package var certificateFile: String?

  package init() {}
}
