import WhDomain

extension APIError {
  init(_ error: TransportError, now: Duration) {
    switch error {
    case .exhausted(.response(let response), let tries):
      self.init(refused: response, now: now)
      self.tries = tries
    case .exhausted(.error(let last), let tries):
      self.init(Category(last), message: last.description)
      self.tries = tries
    default:
      self.init(Category(error), message: error.description)
    }
  }

  /// The error that an answer stands for, whatever its status and body.
  init(refused response: HTTPResponse, now: Duration) {
    if response.isSuccess {
      self.init(malformed: "the body is not JSON", in: response)
      return
    }
    let wire = try? WireDecoding.decode(ErrorWire.self, from: response.body)
    let host = response["Location"].flatMap(Self.host)
    let category = Category(status: response.status, host: host)
    self.init(
      category, status: response.status,
      message: Self.message(wire?.message, category: category, response: response))
    type = wire?.type
    code = wire?.code
    param = wire?.param
    docURL = wire?.docURL
    retryAfter = response.retryAfter(now: now)
  }

  init(malformed reason: String, in response: HTTPResponse) {
    self.init(
      .malformed, status: response.status,
      message: "HTTP \(response.status), but \(reason)\(Self.excerpt(of: response.body))")
  }

  private static func message(_ said: String?, category: Category, response: HTTPResponse) -> String {
    if case .redirect(let host) = category {
      return "HTTP \(response.status): redirected to \(host ?? "another path"), which is not followed"
    }
    if let said, !said.isEmpty { return said.count > 2000 ? said.prefix(1999) + "…" : said }
    if response.body.isEmpty { return "HTTP \(response.status) without a body" }
    if WireDecoding.isJSON(response.body) { return "HTTP \(response.status) without a message" }
    return "HTTP \(response.status) with a body that is not JSON\(excerpt(of: response.body))"
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
  private static func host(of location: String) -> String? {
    guard let slashes = location.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    let rest = location[slashes...]
    guard rest.hasPrefix("//") else { return nil }
    let authority = rest.dropFirst(2).prefix { !"/?#\\".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
    return host.isEmpty ? nil : String(host.prefix(260))
  }
}

extension APIError.Category {
  fileprivate init(_ error: TransportError) {
    switch error {
    case .cancelled, .cancelledUnsent: self = .cancelled
    case .expired: self = .expired
    default: self = .unreachable
    }
  }

  fileprivate init(status: Int, host: String?) {
    switch status {
    case 300..<400: self = .redirect(host: host)
    case 401: self = .keyRefused
    case 403: self = .forbidden
    case 404, 410: self = .notFound
    case 405, 501: self = .methodNotAllowed
    case 409, 412: self = .conflict
    case 429: self = .rateLimited
    case 400..<500: self = .invalid
    default: self = .server
    }
  }
}
