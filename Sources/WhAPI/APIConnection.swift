/// A client with all its layers, over the network: pacing and retries around libcurl.
package struct APIConnection: Sendable {
  package let client: HTTPAPIClient
  package let governor: Governor
  private let transport: CurlTransport

  /// - Parameters:
  ///   - writes: Counts the writes that are not answered yet, and can give them up.
  ///   - onRequest: Called for each request that was sent, once for each try.
  ///   - onWait: Called with what requests wait for, and with nil when they continue.
  package init(
    base: BaseURL, key: APIKey, curl: CurlOptions = CurlOptions(), retry: RetryPolicy = RetryPolicy(),
    environment: APIEnvironment = .live, writes: WritesInFlight = WritesInFlight(),
    onRequest: (@Sendable (RequestLogEntry) -> Void)? = nil,
    onWait: @escaping @Sendable (PacingWait?) -> Void = { _ in }
  ) {
    let waits = WaitBoard(tell: onWait)
    let transport = CurlTransport(base: base, options: curl, environment: environment, writes: writes) {
      waits.set(network: $0)
    }
    governor = Governor(environment: environment) { waits.set(limit: $0) }
    let logged: any HTTPTransport =
      onRequest.map { LoggingTransport(transport, environment: environment, log: $0) } ?? transport
    let paced = PacedTransport(logged, governor: governor)
    let sender = RetryingSender(paced, policy: retry, environment: environment, waits: waits)
    self.transport = transport
    client = HTTPAPIClient(sender: sender, base: base, key: key, environment: environment)
  }

  /// How far the server's clock is ahead of ours, to about a second; nil if no answer had the time.
  package var clockOffset: Duration? { governor.clockOffset }

  /// Ends all requests and closes all connections.
  package func close() async {
    await transport.shutdown()
  }
}
