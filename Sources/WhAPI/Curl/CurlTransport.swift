/// HTTP over libcurl: one thread with a `curl_multi` loop, started at the first request, and any number of tasks that wait.
///
/// Connections are kept and reused, with HTTP/2 where a server offers it over TLS. No redirect is followed. A read ends when its
/// task is cancelled, a write with its answer or when it is given up.
package final class CurlTransport: HTTPTransport {
  private let loop: CurlLoop
  private let writes: WritesInFlight

  /// - Parameters:
  ///   - writes: Counts the writes that are not answered yet, and can give them up.
  ///   - onWait: Told when the server has been silent for a while, and with nil when it is no longer.
  package init(
    base: BaseURL, options: CurlOptions = CurlOptions(), environment: APIEnvironment = .live,
    writes: WritesInFlight = WritesInFlight(), onWait: @escaping @Sendable (PacingWait?) -> Void = { _ in }
  ) {
    self.writes = writes
    loop = CurlLoop(base: base, options: options, environment: environment, onWait: onWait)
    writes.register { [weak loop] in loop?.endWrites() }
  }

  deinit {
    loop.stop()
  }

  package nonisolated(nonsending) func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let job = CurlJob(request)
    if request.isRead {
      return try await withTaskCancellationHandler {
        await outcome(of: job)
      } onCancel: {
        end(job)
      }.get()
    }
    if Task.isCancelled { throw .unsent(.cancelled) }
    writes.began()
    defer { writes.ended() }
    return try await outcome(of: job).get()
  }

  private nonisolated(nonsending) func outcome(of job: CurlJob) async -> Result<HTTPResponse, TransportError> {
    let outcome = await withCheckedContinuation { continuation in
      job.wait(with: continuation)
      loop.submit(job)
    }
    return outcome.map(\.response)
  }

  private func end(_ job: CurlJob) {
    job.markCancelled()
    loop.cancel(job)
  }

  /// Ends all requests as cancelled, closes all connections and lets the thread end.
  package func shutdown() async {
    loop.stop()
    await loop.ended()
  }
}
