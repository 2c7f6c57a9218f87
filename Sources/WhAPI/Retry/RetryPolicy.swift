/// What is tried again, and when: the whole of it without waiting or chance of its own.
package struct RetryPolicy: Sendable {
  /// The longest pause before the second try; it doubles with each further one.
  package var base = Duration.milliseconds(250)
  package var cap = Duration.seconds(20)
  /// Tries of one request, the first among them; a refusal by the limit (429) is none.
  package var maximumTries = 8
  /// Tries that find no server, while none has ever been found: rather a wrong address than an outage.
  package var maximumTriesToFind = 3
  /// How long one request may be refused (429), or asked to wait, before it is given up.
  package var maximumDelay = Duration.seconds(3600)
  /// True for a success whose body cannot be the one that was sent.
  package var isGarbled: @Sendable (HTTPRequest, HTTPResponse) -> Bool = RetryPolicy.isNotJSON

  package init() {}

  /// What a try ended with.
  enum Outcome: Sendable {
    case response(HTTPResponse)
    case error(TransportError)
  }

  enum Verdict: Equatable, Sendable {
    /// It stands as it is.
    case done
    /// The server is busy: whoever paces the requests holds the next try back.
    case again
    /// The server, or the way to it, is at fault.
    case againAfterPause
  }

  /// Says whether an outcome is worth another try, and whether it is safe: a creation is repeated only when it is sure that
  /// it had no effect.
  func verdict(on outcome: Outcome, of request: HTTPRequest) -> Verdict {
    switch outcome {
    case .response(let response):
      if response.status == 429 { return .again }
      let isFault = [500, 502, 503, 504].contains(response.status) || isGarbled(request, response)
      return isFault && request.method.isIdempotent ? .againAfterPause : .done
    case .error(let error):
      let isSafe = request.method.isIdempotent || !error.mayHaveBeenApplied
      return error.isTransient && isSafe ? .againAfterPause : .done
    }
  }

  /// The pause after that many tries: exponential, with full jitter, and never shorter than the server asks.
  ///
  /// - Parameter chance: Evenly distributed in 0..<1.
  func pause(afterTries tries: Int, asked: Duration?, chance: Double) -> Duration {
    let longest = min(cap.inSeconds, base.inSeconds * Double(1 << min(max(tries, 1) - 1, 30)))
    let jitter = Duration.seconds(longest * chance)
    return asked.map { $0 + min(jitter, base) } ?? jitter
  }

  /// True for a success that should have a JSON body and has none; a deletion may answer with anything.
  @Sendable private static func isNotJSON(_ request: HTTPRequest, _ response: HTTPResponse) -> Bool {
    response.isSuccess && request.method != .delete && !WireDecoding.isJSON(response.body)
  }
}
