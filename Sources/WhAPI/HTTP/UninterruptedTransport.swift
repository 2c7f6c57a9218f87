import Synchronization

/// Lets a write that has begun come to its end, even when the task that asked for it is cancelled: an interrupted run must
/// know the outcome of each request that was sent. Reads end at once.
package struct UninterruptedTransport: HTTPTransport {
  private let next: any HTTPTransport
  private let writes: WritesInFlight

  package init(_ next: any HTTPTransport, writes: WritesInFlight = WritesInFlight()) {
    self.next = next
    self.writes = writes
  }

  package func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    if request.isRead { return try await next.send(request) }
    if Task.isCancelled { throw .unsent(.cancelled) }
    let next = next
    // A task of its own does not inherit the cancellation.
    let task = Task { await Self.result(of: request, by: next) }
    let id = writes.add(task)
    defer { writes.remove(id) }
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

/// The writes that were sent and are not answered yet.
package final class WritesInFlight: Sendable {
  typealias Write = Task<Result<HTTPResponse, TransportError>, Never>

  private struct State {
    var writes: [Int: Write] = [:]
    var nextID = 0
  }

  private let state = Mutex(State())

  package init() {}

  package var count: Int { state.withLock(\.writes.count) }

  /// Ends them without their answers: whether they were applied is unknown then.
  package func giveUp() {
    for write in state.withLock({ Array($0.writes.values) }) { write.cancel() }
  }

  func add(_ write: Write) -> Int {
    state.withLock { state in
      state.nextID += 1
      state.writes[state.nextID] = write
      return state.nextID
    }
  }

  func remove(_ id: Int) {
    state.withLock { $0.writes[id] = nil }
  }
}
