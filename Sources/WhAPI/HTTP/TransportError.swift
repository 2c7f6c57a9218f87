/// Why a request has no answer.
package indirect enum TransportError: Error, Hashable, Sendable {
  /// The host's name has no address.
  case couldNotResolve(host: String)
  /// No connection, or no TLS session on it.
  case couldNotConnect(String)
  /// The server's certificate is not to be trusted, or there is none to trust it by.
  case tls(String)
  /// No answer in time. `sent` tells whether the request may have reached the server.
  case timedOut(sent: Bool)
  /// The connection was reset or closed before an answer. `sent` tells whether the request may have reached the server.
  case connectionLost(String, sent: Bool)
  /// The answer ended before its end.
  case truncatedBody
  /// The answer is no HTTP.
  case garbled(String)
  /// The answer's body is longer than the transport takes.
  case tooLarge(limit: Int)
  case cancelled
  /// The task was cancelled while the request waited to be sent, or before it.
  case cancelledUnsent
  /// The request's turn came after its `notAfter`.
  case expired
  /// libcurl is missing, or too old.
  case libraryUnavailable(String)
  /// libcurl refused an option or ran out of memory.
  case internalFailure(String)
  /// Tried as often as is allowed, always in vain.
  case exhausted(last: LastTry, tries: Int)

  /// How the last of several tries ended.
  package enum LastTry: Hashable, Sendable {
    case error(TransportError)
    case response(HTTPResponse)
  }
}

extension TransportError {
  /// True when the same request may succeed later.
  package var isTransient: Bool {
    switch self {
    case .couldNotResolve, .couldNotConnect, .timedOut, .connectionLost, .truncatedBody, .garbled: true
    case .tls, .tooLarge, .cancelled, .cancelledUnsent, .expired, .libraryUnavailable, .internalFailure, .exhausted:
      false
    }
  }

  /// True unless it is sure that the server never saw the request.
  package var mayHaveBeenApplied: Bool {
    switch self {
    case .couldNotResolve, .couldNotConnect, .tls, .libraryUnavailable, .internalFailure, .cancelledUnsent,
      .expired:
      false
    case .timedOut(let sent), .connectionLost(_, let sent): sent
    case .truncatedBody, .garbled, .tooLarge, .cancelled: true
    case .exhausted(.error(let last), _): last.mayHaveBeenApplied
    case .exhausted(.response(let response), _): response.status != 429
    }
  }
}

extension TransportError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .couldNotResolve(let host): "the host \(host) has no address"
    case .couldNotConnect(let detail): "no connection: \(detail)"
    case .tls(let detail): "the server's certificate cannot be trusted: \(detail)"
    case .timedOut(sent: true): "no answer in time"
    case .timedOut(sent: false): "no connection in time"
    case .connectionLost(let detail, _): "the connection was lost: \(detail)"
    case .truncatedBody: "the answer broke off before its end"
    case .garbled(let detail): "the answer is garbled: \(detail)"
    case .tooLarge(let limit): "the answer is longer than \(limit) bytes"
    case .cancelled, .cancelledUnsent: "cancelled"
    case .expired: "its turn came too late, so it was not sent"
    case .libraryUnavailable(let detail): detail
    case .internalFailure(let detail): "libcurl: \(detail)"
    case .exhausted(.error(let last), let tries): "\(last) (gave up after \(tries) tries)"
    case .exhausted(.response(let response), let tries): "HTTP \(response.status) (gave up after \(tries) tries)"
    }
  }
}
