import WhDomain

extension APIError {
  /// The error for a try without a complete answer.
  ///
  /// - Parameter now: Our wall clock.
  init(_ error: TransportError, now: Duration) {
    if let partial = error.partial, !partial.isSuccess {
      self.init(refused: partial, now: now)
      return
    }
    self.init(Category(error), status: error.partial?.status, message: error.description)
    if case .heldBack(let wait) = error.kind { holdBack(wait, now: now) }
  }

  /// The error for an answer other than success, whatever its body.
  init(refused response: HTTPResponse, now: Duration) {
    let wire = ErrorWire(response.body)
    let category = Category(response, wire)
    self.init(
      category, status: response.status, message: Self.message(wire?.message, category: category, response: response))
    type = wire?.type?.cut(to: Self.longestDetail)
    code = wire?.code?.cut(to: Self.longestDetail)
    param = wire?.param?.cut(to: Self.longestDetail)
    docURL = wire?.docURL?.cut(to: Self.longestURL)
    retryAfter = response.retryAfter(now: now)
  }

  init(malformed reason: String, in response: HTTPResponse) {
    self.init(
      .malformed, status: response.status,
      message: "cannot read the response: \(reason)\(Self.excerpt(of: response.body))")
  }

  /// Makes it an error of the rate limit, which says until when it stands.
  mutating func holdBack(_ wait: Duration, now: Duration) {
    category = .rateLimited
    retryAfter = wait
    let end = Timestamp(sinceEpoch: .seconds((now + wait).components.seconds))
    let said = message.hasSuffix(".") ? message.dropLast() : message[...]
    message = "\(said); try again after \(end)"
  }

  /// What of an error's texts is kept and shown, in characters: more than any honest one has.
  private static let longestMessage = 2000
  private static let longestDetail = 200
  private static let longestURL = 500

  private static func message(_ said: String?, category: Category, response: HTTPResponse) -> String {
    if case .redirect(let host) = category {
      return "redirected to \(host ?? "another path"), but redirects are not followed"
    }
    if response.status == 407 { return "the proxy refused the request" }
    if let said, !said.isEmpty { return said.cut(to: longestMessage) }
    if response.body.isEmpty { return "the response has no body" }
    if JSONValue.isReadable(response.body) { return "the response has no error message" }
    return "the response is not JSON\(excerpt(of: response.body))"
  }

  /// The beginning of a body, after a colon; nothing for an empty one, nor for one that is JSON or a piece of it, because
  /// that may hold a webhook's headers, and those may be secrets.
  private static func excerpt(of body: [UInt8]) -> String {
    guard let first = body.first(where: { !" \t\r\n\u{FEFF}".utf8.contains($0) }), !"{[\"".utf8.contains(first) else {
      return ""
    }
    let text = String(decoding: body.prefix(200), as: UTF8.self)
    return ": " + text + (body.count > 200 ? "…" : "")
  }

  /// The host of an absolute URL; nil for a path.
  fileprivate static func host(of location: String) -> String? {
    guard let slashes = location.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    let rest = location[slashes...]
    guard rest.hasPrefix("//") else { return nil }
    let authority = rest.dropFirst(2).prefix { !"/?#\\".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
    return host.isEmpty ? nil : host.cut(to: 260)
  }
}

extension APIError.Category {
  fileprivate init(_ error: TransportError) {
    switch error.kind {
    case .cancelled: self = .cancelled
    case .expired: self = .expired
    case .withheld: self = .withheld
    case .heldBack: self = .rateLimited
    case .garbled, .tooLarge: self = error.partial == nil ? .unreachable : .malformed
    case .couldNotResolve, .couldNotConnect, .tls, .proxyRefused, .timedOut, .connectionLost, .truncated,
      .libraryUnavailable, .internalFailure:
      self = .unreachable
    }
  }

  fileprivate init(_ response: HTTPResponse, _ wire: ErrorWire?) {
    switch response.status {
    case _ where response.isRefusalByLimit: self = .rateLimited
    case 300..<400: self = .redirect(host: response["Location"].flatMap(APIError.host))
    case 401: self = .keyRefused
    case 403: self = wire?.isAboutKey ?? true ? .forbidden : .invalid
    case 404, 410: self = .notFound
    case 405, 501: self = .methodNotAllowed
    case 407: self = .unreachable
    case 409, 412: self = .conflict
    // The server would not wait for the request, or was not yet ready to process it.
    case 408, 425: self = .server
    // `…_unavailable`, which the service says is temporary.
    case 424 where wire?.type == "api_error": self = .server
    case 400..<500, 505: self = .invalid
    default: self = .server
    }
  }
}

extension ErrorWire {
  /// True for a 403 that may mean that the key is not good for the request. Others are about the account or the request, and no
  /// key helps.
  fileprivate var isAboutKey: Bool {
    if code == "account_restricted" { return false }
    return type.map { !["provider_error", "invalid_request_error", "api_error"].contains($0) } ?? true
  }
}
