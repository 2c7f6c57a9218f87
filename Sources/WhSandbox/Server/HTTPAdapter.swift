import FlyingFox
import Foundation

/// Serves the service with FlyingFox, and injects the faults on the wire.
struct HTTPAdapter: HTTPHandler {
  static let largestBody = 1 << 20
  /// The most that is read of a body which is too large.
  static let mostRead = 16 << 20

  let service: Service
  let log: (@Sendable (RequestLog) -> Void)?
  /// The port that requests arrive at.
  let port: @Sendable () -> UInt16?
  let headGuard: HeadGuard

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    headGuard.begin(request.remoteAddress)
    defer { headGuard.end(request.remoteAddress) }
    let start = service.effects.timestamp
    var outcome = try await service.respond(to: try await read(request))
    // The answer to HEAD never has a body, and one that is sent anyway would be read as the next answer.
    if request.method == .HEAD { outcome.answer.body = Data() }
    let response = response(to: request, outcome)
    if let log {
      log(
        RequestLog(
          method: Self.visible(request.method.rawValue), path: Self.visible(request.target.path()),
          status: Self.isWebSocket(response) ? nil : outcome.answer.status, fault: outcome.fault,
          milliseconds: Int(service.effects.timestamp.milliseconds - start.milliseconds)))
    }
    return response
  }

  private func read(_ request: HTTPRequest) async throws -> Request {
    var result = Request(
      method: request.method.rawValue, path: request.target.path(), query: request.target.query(),
      authorization: request.headers[.authorization], contentType: request.headers[.contentType])
    // Read to its end even where it is too large, because the next request on the connection follows it.
    var size = 0
    for try await chunk in request.bodySequence {
      size += chunk.count
      if size > Self.mostRead, let peer = request.remoteAddress, let port = port() {
        OwnSockets.end(from: peer, toPort: port)
      }
      // A client that is always faster would keep the thread.
      await Task.yield()
      if result.body.count + chunk.count > Self.largestBody { result.isTooLarge = true } else { result.body += chunk }
    }
    return result
  }

  private func response(to request: HTTPRequest, _ outcome: Service.Outcome) -> HTTPResponse {
    let answer = outcome.answer
    switch outcome.fault {
    case .cutOff where !answer.body.isEmpty:
      let half = CutOffBody(bytes: answer.body.prefix(answer.body.count / 2))
      return HTTPResponse(
        statusCode: Self.status(answer.status), headers: Self.headers(answer),
        body: HTTPBodySequence(from: half, count: answer.body.count))
    case .resetBefore, .resetAfter, .cutOff:
      if let peer = request.remoteAddress, let port = port() { OwnSockets.resetOnClose(from: peer, toPort: port) }
      return HTTPResponse(webSocket: NoAnswer())
    default:
      return HTTPResponse(
        statusCode: Self.status(answer.status), headers: Self.headers(answer), body: answer.body)
    }
  }

  private static func headers(_ answer: Answer) -> HTTPHeaders {
    HTTPHeaders(Dictionary(uniqueKeysWithValues: answer.headers.map { (HTTPHeader($0.key), $0.value) }))
  }

  private static func status(_ code: Int) -> HTTPStatusCode {
    phrases[code] ?? HTTPStatusCode(code, phrase: "Status")
  }

  private static let phrases: [Int: HTTPStatusCode] = Dictionary(
    uniqueKeysWithValues: [
      HTTPStatusCode.ok, .created, .accepted, .noContent, .badRequest, .unauthorized, .forbidden, .notFound,
      .methodNotAllowed,
      .payloadTooLarge, .tooManyRequests, .internalServerError, .badGateway, .serviceUnavailable,
    ].map { ($0.code, $0) })

  private static func isWebSocket(_ response: HTTPResponse) -> Bool {
    if case .webSocket = response.payload { return true }
    return false
  }

  private static func visible(_ text: String) -> String {
    String(text.unicodeScalars.map { (0x21...0x7E).contains($0.value) ? Character($0) : "?" })
  }
}
