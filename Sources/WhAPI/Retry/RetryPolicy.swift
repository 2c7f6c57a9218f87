import WhDomain

/// What is tried again, and when: the whole of it without waiting or chance of its own.
package struct RetryPolicy: Sendable {
  /// The longest pause before the second try; it doubles with each further one.
  package var base = Duration.milliseconds(250)
  package var cap = Duration.seconds(20)
  /// No pause is shorter.
  package var shortest = Duration.milliseconds(500)
  /// Tries of one request, including the first; a refusal by the rate limit does not count.
  package var maximumTries = 8
  /// Tries that get no answer, while none has ever come: rather a wrong address than an outage.
  package var maximumTriesToFind = 3
  /// Tries whose answer can't be read: rather the server's way than an accident.
  package var maximumTriesToRead = 3
  /// How long a request may be held back, all its waits together, before it is given up.
  package var maximumDelay = PacingWait.longest

  package init() {}

  enum Verdict: Equatable, Sendable {
    /// It stands as it is.
    case done
    /// The server is busy: pacing holds the next try back.
    case again
    /// The server, or the way to it, is at fault.
    case againAfterPause(Fault)
  }

  /// What is wrong, of which each has its own patience.
  enum Fault: Hashable, Sendable {
    /// The server fails, or the connection was lost.
    case server
    /// No answer, and none has ever come.
    case notFound
    /// An answer that can't be read.
    case unreadable
  }

  /// Tries of one request that may end so, the first among them.
  func mostTries(_ fault: Fault) -> Int {
    switch fault {
    case .server: maximumTries
    case .notFound: min(maximumTriesToFind, maximumTries)
    case .unreadable: min(maximumTriesToRead, maximumTries)
    }
  }

  /// Says whether a try is worth another one, and whether that is safe: a creation is repeated only when it is sure that it
  /// had no effect.
  ///
  /// - Parameters:
  ///   - failure: why the try had no whole answer, where it had none.
  ///   - hasFoundServer: true once any answer came.
  func verdict(
    on effect: Effect, _ failure: TransportError?, of request: HTTPRequest, hasFoundServer: Bool
  ) -> Verdict {
    guard let error = effect.error, request.method.isIdempotent || !effect.isUnknown else { return .done }
    if let failure, failure.partial?.isSuccess ?? true {
      return failure.isTransient ? .againAfterPause(Fault(failure.kind, hasFoundServer)) : .done
    }
    switch error.category {
    case .rateLimited: return .again
    case .server: return .againAfterPause(.server)
    case .malformed: return .againAfterPause(.unreadable)
    default: return .done
    }
  }

  /// The pause after that many tries: exponential, with full jitter, and never shorter than the server asks.
  ///
  /// - Parameter chance: Evenly distributed in 0..<1.
  func pause(afterTries tries: Int, asked: Duration?, chance: Double) -> Duration {
    let longest = min(cap.inSeconds, base.inSeconds * Double(1 << min(max(tries, 1) - 1, 30)))
    let jitter = Duration.seconds(longest * chance)
    return max(shortest, asked.map { $0 + min(jitter, base) } ?? jitter)
  }
}

extension RetryPolicy.Fault {
  fileprivate init(_ kind: TransportError.Kind, _ hasFoundServer: Bool) {
    switch kind {
    case .garbled: self = .unreadable
    case .couldNotResolve, .couldNotConnect, .proxyRefused, .timedOut: self = hasFoundServer ? .server : .notFound
    default: self = .server
    }
  }
}
