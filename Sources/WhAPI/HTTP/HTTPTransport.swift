/// What takes a request to the server: the network itself, or a layer that paces, retries or logs what another one sends.
package protocol HTTPTransport: Sendable {
  /// Answers with what the server said, an error status too.
  ///
  /// - Throws: `TransportError` when no whole answer came. A cancelled task ends its request and throws `.cancelled`.
  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
