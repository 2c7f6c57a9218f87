import WhDomain

/// One request that went out, for people who watch: never a key, a header or a body.
package struct RequestLogEntry: Hashable, Sendable {
  package let method: HTTPMethod
  /// With the query.
  package let path: String
  /// 1 for the first try.
  package let attempt: Int
  package let duration: Duration
  /// The answer's status, or why there is none.
  package let outcome: Result<Int, TransportError>
}

/// Logs each request that another transport has sent.
package struct LoggingTransport: HTTPTransport {
  private let next: any HTTPTransport
  private let environment: APIEnvironment
  private let log: @Sendable (RequestLogEntry) -> Void

  package init(
    _ next: any HTTPTransport, environment: APIEnvironment = .live, log: @escaping @Sendable (RequestLogEntry) -> Void
  ) {
    self.next = next
    self.environment = environment
    self.log = log
  }

  package nonisolated(nonsending) func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let start = environment.time.monotonic()
    do throws(TransportError) {
      let response = try await next.send(request)
      write(request, since: start, .success(response.status))
      return response
    } catch {
      write(request, since: start, .failure(error))
      throw error
    }
  }

  private func write(_ request: HTTPRequest, since start: Duration, _ outcome: Result<Int, TransportError>) {
    log(
      RequestLogEntry(
        method: request.method, path: request.path, attempt: request.attempt,
        duration: environment.time.monotonic() - start, outcome: outcome))
  }
}
