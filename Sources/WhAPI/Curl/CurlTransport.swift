/// HTTP over libcurl: one thread with a `curl_multi` loop, started at the first request, and any number of tasks that wait.
///
/// Connections are kept and reused, with HTTP/2 where a server offers it over TLS. No redirect is followed.
package final class CurlTransport: HTTPTransport {
  private let loop: CurlLoop

  /// - Parameter onWait: Told when the server has been silent for a while, and with nil when it is no longer.
  package init(
    base: BaseURL, options: CurlOptions = CurlOptions(), environment: APIEnvironment = .live,
    onWait: @escaping @Sendable (PacingWait?) -> Void = { _ in }
  ) {
    loop = CurlLoop(base: base, options: options, environment: environment, onWait: onWait)
  }

  deinit {
    loop.stop()
  }

  package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let job = CurlJob(request)
    return try await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        job.wait(with: continuation)
        loop.submit(job)
      }
    } onCancel: {
      job.markCancelled()
      loop.cancel(job)
    }.get()
  }

  /// Ends all requests as cancelled, closes all connections and lets the thread end.
  package func shutdown() async {
    loop.stop()
    await loop.ended()
  }
}
