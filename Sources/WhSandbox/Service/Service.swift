import Foundation

/// The service: takes a request, gives an answer, and does not know about sockets.
struct Service: Sendable {
  /// What happens to a request.
  struct Outcome: Sendable {
    var answer: Answer
    /// What the server has yet to do to the answer on the wire.
    var fault: Fault?
  }

  let options: Options
  let faults: FaultGenerator
  let effects: Server.Effects

  private let store: Store
  private let handlers: Handlers
  private let limiter: RateLimiter
  private let errors: ErrorForm

  init(options: Options, store: Store, effects: Server.Effects) {
    self.options = options
    self.store = store
    self.effects = effects
    handlers = Handlers(store: store, effects: effects, options: options)
    limiter = RateLimiter(options.rateLimits)
    errors = ErrorForm(shape: options.errorShape, sendsCodes: options.sendsErrorCodes)
    faults = FaultGenerator(options.faults, seed: options.faults.seed ?? effects.random())
  }

  /// Answers one request.
  /// - Throws: `CancellationError` if the server stops in the meantime.
  func respond(to request: Request) async throws -> Outcome {
    let draw = faults.draw(method: request.method)
    if draw.latency > .zero { try await effects.sleep(draw.latency) }

    let key = Key(authorization: request.authorization, among: options.keys)
    let route = Route(path: request.path)
    let allowance = limiter.take(key, route?.family ?? .general, at: effects.timestamp)
    var answer: Answer
    if let seconds = allowance?.retryAfter {
      answer = .tooManyRequests(retryAfter: seconds)
    } else if let failure = failure(draw.fault) {
      answer = failure
    } else {
      answer = try await handle(request, route, key: key)
      if draw.fault == .garbled, answer.isSuccess { answer = .garbled }
    }
    if draw.fault == .stall { try await effects.sleep(.seconds(options.faults.stallSeconds)) }

    answer.headers.merge(allowance?.headers ?? [:]) { own, _ in own }
    answer.headers["Date"] = effects.timestamp.httpDate
    return Outcome(answer: answer, fault: draw.fault)
  }

  /// The answer to a request that can't be read.
  func refusal(_ status: Int, _ message: String) -> Answer {
    var answer = errors.answer(APIError(status: status, type: "invalid_request_error", message: message))
    answer.headers["Date"] = effects.timestamp.httpDate
    return answer
  }

  /// The answer of a fault that keeps a request from being applied.
  private func failure(_ fault: Fault?) -> Answer? {
    switch fault {
    case .tooManyRequests: .tooManyRequests(retryAfter: 1)
    case .internalError: errors.answer(.internalError)
    case .unavailable: errors.answer(.unavailable)
    case .errorPage: .page(502, "Bad Gateway")
    // The server sends none of this answer.
    case .resetBefore: errors.answer(.unavailable)
    case .resetAfter, .cutOff, .garbled, .stall, nil: nil
    }
  }

  private func handle(_ request: Request, _ route: Route?, key: Key?) async throws -> Answer {
    guard let route else { return errors.answer(.noRoute) }
    guard let operation = route.operations.first(where: { $0.method == request.method })?.operation else {
      return notAllowed(request, on: route)
    }
    guard options.routes.includes(operation) else { return missing(request, on: route) }
    do {
      let caller = try await caller(key, operation)
      guard !request.isTooLarge else { throw APIError.bodyTooLarge }
      if operation.takesBody, !request.isJSON {
        throw APIError.invalidRequest("The Content-Type must be application/json.")
      }
      return try await handlers.perform(route, operation, request: request, caller: caller)
    } catch let error as APIError {
      return errors.answer(error)
    } catch let error as CancellationError {
      throw error
    } catch {
      return errors.answer(.internalError)
    }
  }

  /// Checks the key, and for an app key finds its app.
  private func caller(_ key: Key?, _ operation: Operation) async throws -> Caller {
    let caller: Caller
    switch key {
    case nil: throw APIError.unauthenticated
    case .admin: caller = .admin
    case .app(let slug, let isTest):
      let app = isTest ? try await store.testApp(ofSlug: slug) : try await store.app(slug: slug)
      guard let app else { throw APIError.unauthenticated }
      caller = .app(app, isTest: isTest)
    }
    guard caller.kind == operation.keyKind else { throw APIError.wrongKey(caller.kind) }
    return caller
  }

  private func notAllowed(_ request: Request, on route: Route) -> Answer {
    let methods = route.operations.filter { options.routes.includes($0.operation) }.map(\.method)
    guard !methods.isEmpty else { return missing(request, on: route) }
    var answer = errors.answer(.methodNotAllowed(request.method))
    answer.headers["Allow"] = methods.joined(separator: ", ")
    return answer
  }

  private func missing(_ request: Request, on route: Route) -> Answer {
    switch options.missingRoute {
    case .json: return errors.answer(.noRoute)
    case .html: return .page(404, "Not Found")
    case .methodNotAllowed:
      var answer = errors.answer(.methodNotAllowed(request.method))
      let methods = route.operations.filter { options.routes.includes($0.operation) }.map(\.method)
      answer.headers["Allow"] = methods.joined(separator: ", ")
      return answer
    }
  }
}
