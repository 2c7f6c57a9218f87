/// How a `CurlTransport` works.
package struct CurlOptions: Sendable {
  package var userAgent = "wh"
  /// Requests at the server at one time; others wait their turn inside the transport.
  package var maximumInFlight = 64
  /// From the start of a request to a connection, including name resolution and TLS.
  package var connectTimeout = Duration.seconds(10)
  /// From the moment that a request may be sent to the first byte of its answer.
  package var firstByteTimeout = Duration.seconds(30)
  /// For the rest of an answer once it has begun.
  package var restTimeout = Duration.seconds(80)
  /// For the whole exchange, of those requests that name no time of their own.
  package var timeout: Duration { connectTimeout + firstByteTimeout + restTimeout }
  /// After this silence the wait is reported.
  package var patience = Duration.seconds(3)
  package var maximumBodyBytes = 8 << 20
  /// Nil takes the environment's `https_proxy` or `all_proxy`. Never used for loopback.
  package var proxy: String?
  /// A file of certificates to trust in place of the system's.
  package var certificateFile: String?

  package init() {}
}
