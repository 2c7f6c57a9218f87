/// Lets a write that has begun come to its end, even when the task that asked for it is cancelled: an interrupted run must
/// know the outcome of each request that was sent. Reads end at once.
package struct UninterruptedTransport: HTTPTransport {
  private let next: any HTTPTransport

  package init(_ next: any HTTPTransport) {
    self.next = next
  }

  package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    if request.isRead { return try await next.send(request) }
    if Task.isCancelled { throw .unsent(.cancelled) }
    let next = next
    // A task of its own does not inherit the cancellation.
    let task = Task { await Self.result(of: request, by: next) }
    return try await task.value.get()
  }

  private static func result(
    of request: HTTPRequest, by next: any HTTPTransport
  ) async -> Result<HTTPResponse, TransportError> {
    do throws(TransportError) {
      return .success(try await next.send(request))
    } catch {
      return .failure(error)
    }
  }
}
