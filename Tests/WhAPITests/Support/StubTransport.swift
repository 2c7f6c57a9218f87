import Synchronization

@testable import WhAPI

/// Answers from a script, and keeps what was asked.
final class StubTransport: HTTPTransport {
  typealias Outcome = Result<HTTPResponse, TransportError>

  private let script: @Sendable (_ request: HTTPRequest, _ number: Int) -> Outcome
  private let sent = Mutex<[HTTPRequest]>([])

  /// - Parameter script: Gets each request with its number, from 1.
  init(_ script: @escaping @Sendable (HTTPRequest, Int) -> Outcome) {
    self.script = script
  }

  convenience init(_ status: Int, _ body: String, _ fields: [HTTPField] = []) {
    self.init { _, _ in .success(HTTPResponse(status: status, fields: fields, body: Array(body.utf8))) }
  }

  var requests: [HTTPRequest] { sent.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
    let number = sent.withLock { sent in
      sent.append(request)
      return sent.count
    }
    return try script(request, number).get()
  }
}

extension RetryPolicy {
  /// One try, whatever comes of it.
  static let once: RetryPolicy = {
    var policy = RetryPolicy()
    policy.maximumTries = 1
    policy.maximumDelay = .seconds(-1)
    return policy
  }()
}
