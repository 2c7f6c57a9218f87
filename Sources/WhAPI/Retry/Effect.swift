import WhDomain

/// What a request did at the service, as far as it is known; of one try, or of all its tries.
///
/// A read does nothing; its success is `applied` too, with an answer that is whole and can be read.
enum Effect: Hashable, Sendable {
  /// Done. Holds the answer, or as much of it as came; nil where another try has shown that it is done.
  case applied(HTTPResponse?)
  /// Nothing: the service processed and refused it.
  case refused(APIError)
  /// Nothing: it never arrived, or was rejected before it was processed.
  case nothing(APIError)
  case unknown(APIError)
}

extension Effect {
  /// - Parameter now: Our wall clock.
  init(of outcome: Result<HTTPResponse, TransportError>, to request: HTTPRequest, now: Duration) {
    switch outcome {
    case .success(let response) where response.isSuccess:
      if !request.isRead {
        self = .applied(response)
      } else if let response = response.withJSON {
        self = .applied(response)
      } else {
        self = .nothing(APIError(malformed: "it is not JSON", in: response))
      }
    case .success(let response):
      self.init(APIError(refused: response, now: now))
    case .failure(let failure):
      let error = APIError(failure, now: now)
      switch failure.partial {
      // A write is done once its status says so, whatever happened to the rest.
      case let partial? where partial.isSuccess: self = request.isRead ? .nothing(error) : .applied(partial)
      case .some: self.init(error)
      case nil: self = failure.wasSent ? .unknown(error) : .nothing(error)
      }
    }
  }

  /// What an answer other than success says about the request.
  private init(_ error: APIError) {
    switch error.category {
    case .keyRefused, .forbidden, .rateLimited, .unreachable: self = .nothing(error)
    case .notFound, .methodNotAllowed, .conflict, .invalid: self = .refused(error)
    // A redirect should say that nothing was done, but may follow on its having been done.
    case .redirect, .server, .malformed, .cancelled, .expired, .withheld, .unsupported: self = .unknown(error)
    }
  }

  /// The effect of all tries, this one being that of the earlier ones.
  ///
  /// Once one may have been applied, only a success settles it, or of a deletion that the webhook is gone.
  func followed(by last: Effect, isDeletion: Bool) -> Effect {
    guard case .unknown = self else { return last }
    switch last {
    case .applied: return last
    case .refused(let error) where isDeletion && error.category == .notFound: return .applied(nil)
    case .refused(let error), .nothing(let error), .unknown(let error): return .unknown(error)
    }
  }

  /// The same with something done to its error, where it has one.
  func describing(_ edit: (inout APIError) -> Void) -> Effect {
    guard var error else { return self }
    edit(&error)
    return switch self {
    case .applied: self
    case .refused: .refused(error)
    case .nothing: .nothing(error)
    case .unknown: .unknown(error)
    }
  }

  var error: APIError? {
    switch self {
    case .applied: nil
    case .refused(let error), .nothing(let error), .unknown(let error): error
    }
  }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }
}
