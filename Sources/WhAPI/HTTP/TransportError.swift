/// Why one try of a request has no whole answer.
package struct TransportError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The host's name has no address.
    case couldNotResolve(host: String)
    /// No connection, or no TLS session on it.
    case couldNotConnect(String)
    /// The certificate of the server is not trusted, or no authority is available.
    case tls(String)
    /// The proxy would not connect to the server.
    case proxyRefused(status: Int)
    /// No connection or no answer in time.
    case timedOut
    /// The connection was reset or closed before an answer.
    case connectionLost(String)
    /// The answer ended before its end.
    case truncated
    /// The answer is not HTTP.
    case garbled(String)
    /// The answer is longer than the transport takes: which part, and the limit.
    case tooLarge(String, limit: Int)
    /// The task that asked was cancelled.
    case cancelled
    /// The request's turn came after its `notAfter`.
    case expired
    /// The request's turn came when nothing might be sent any more.
    case withheld
    /// The wait would be too long.
    case heldBack(Duration)
    /// libcurl is missing, or too old.
    case libraryUnavailable(String)
    /// libcurl refused an option or ran out of memory.
    case internalFailure(String)
  }

  package let kind: Kind
  /// False when it is sure that the server never saw the request.
  package let wasSent: Bool
  /// The answer as far as it came; nil when not even its status did.
  package let partial: HTTPResponse?

  package init(_ kind: Kind, wasSent: Bool, partial: HTTPResponse? = nil) {
    self.kind = kind
    self.wasSent = wasSent
    self.partial = partial
  }

  /// The failure of a request that was never sent.
  package static func unsent(_ kind: Kind) -> TransportError { TransportError(kind, wasSent: false) }
}

extension TransportError {
  /// True when the same request may succeed later.
  package var isTransient: Bool {
    switch kind {
    case .couldNotResolve, .couldNotConnect, .timedOut, .connectionLost, .truncated, .garbled: true
    case .proxyRefused(let status): status >= 500
    case .tls, .tooLarge, .cancelled, .expired, .withheld, .heldBack, .libraryUnavailable, .internalFailure: false
    }
  }
}

extension TransportError: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .couldNotResolve(let host): "cannot resolve host \(host)"
    case .couldNotConnect(let detail): "cannot connect: \(detail)"
    case .tls(let detail): "the server's certificate is not trusted: \(detail)"
    case .proxyRefused(let status): "the proxy refused the request: HTTP \(status)"
    case .timedOut: wasSent ? "timed out waiting for the response" : "timed out connecting"
    case .connectionLost(let detail): "the connection was lost: \(detail)"
    case .truncated: "the response is incomplete"
    case .garbled(let detail): "the response is malformed: \(detail)"
    case .tooLarge(let part, let limit): "\(part) is longer than \(limit) bytes"
    case .cancelled: "cancelled"
    case .expired: "not sent in time"
    case .withheld: "not sent, because it could not be recorded"
    case .heldBack: "rate limit exceeded"
    case .libraryUnavailable(let detail): detail
    case .internalFailure(let detail): "libcurl: \(detail)"
    }
  }
}
