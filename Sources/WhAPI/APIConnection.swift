/// A client with all its layers, over the network: pacing and retries around libcurl.
package struct APIConnection: Sendable {
  package let client: HTTPAPIClient
  package let governor: Governor
  private let transport: CurlTransport

  /// - Parameters:
  ///   - onRequest: Told of each request that went out, each try of its own.
  ///   - onWait: Told when all requests begin to wait, and with nil when they go on.
  package init(
    base: BaseURL, key: APIKey, curl: CurlOptions = CurlOptions(), retry: RetryPolicy = RetryPolicy(),
    environment: APIEnvironment = .live,
    onRequest: (@Sendable (RequestLogEntry) -> Void)? = nil,
    onWait: @escaping @Sendable (PacingWait?) -> Void = { _ in }
  ) {
    let transport = CurlTransport(base: base, options: curl)
    governor = Governor(environment: environment, onWait: onWait)
    let sender: any HTTPTransport =
      onRequest.map { LoggingTransport(transport, environment: environment, log: $0) } ?? transport
    let paced = PacedTransport(UninterruptedTransport(sender), governor: governor)
    let retrying = RetryingTransport(paced, policy: retry, environment: environment)
    client = HTTPAPIClient(transport: retrying, key: key, environment: environment)
    self.transport = transport
  }

  /// Ends all requests and closes all connections.
  package func close() async {
    await transport.shutdown()
  }
}
