/// What takes a request to the server: the network itself, or a layer that paces or logs what another one sends.
package protocol HTTPTransport: Sendable {
  /// Answers with what the server said, an error status too.
  ///
  /// - Throws: `TransportError` when no whole answer came. A cancelled task ends its request and throws the kind `.cancelled`.
  nonisolated(nonsending) func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}
