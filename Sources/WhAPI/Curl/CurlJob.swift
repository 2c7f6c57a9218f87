import Synchronization

/// One request on its way through the loop, and the task that waits for its end.
final class CurlJob: Sendable {
  typealias Outcome = Result<Answer, TransportError>

  /// An answer as it came.
  struct Answer: Sendable {
    let status: Int
    let head: HeaderLines
    let body: [UInt8]

    var response: HTTPResponse { HTTPResponse(status: status, fields: head.fields, body: body) }
  }

  let request: HTTPRequest
  private let state = Mutex(State())

  private struct State {
    var continuation: CheckedContinuation<Outcome, Never>?
    var isCancelled = false
  }

  init(_ request: HTTPRequest) {
    self.request = request
  }

  func wait(with continuation: CheckedContinuation<Outcome, Never>) {
    state.withLock { $0.continuation = continuation }
  }

  func markCancelled() {
    state.withLock { $0.isCancelled = true }
  }

  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Resumes the task. Only the first call counts.
  func finish(_ outcome: Outcome) {
    let continuation = state.withLock { state in
      defer { state.continuation = nil }
      return state.continuation
    }
    continuation?.resume(returning: outcome)
  }
}
