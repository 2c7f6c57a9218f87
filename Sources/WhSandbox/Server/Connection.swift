import Dispatch
import Foundation

/// A connection to a client, served by a thread of its own, since reading and writing block.
struct Connection: Sendable {
  let file: Int32
  let service: Service
  let log: (@Sendable (RequestLog) -> Void)?
  /// Runs a task that the end of the server cancels, and waits for it.
  let run: @Sendable (Int32, @escaping @Sendable () async -> Void) -> Void

  /// What to do with the connection after an answer.
  private enum Next {
    case proceed, close, drain, reset
  }

  /// Answers the requests, one after the other.
  func serve() {
    var reader = RequestReader(file)
    while true {
      switch serveNext(&reader) {
      case .proceed: continue
      case .close: break
      case .drain:
        shutdown(file, Int32(SHUT_WR))
        reader.drain()
        // A client that still sends would wait a minute for the kernel to do this.
        Self.resetOnClose(file)
      case .reset: Self.resetOnClose(file)
      }
      return
    }
  }

  /// Makes the close of a connection a reset (RST) in place of an orderly end (FIN).
  static func resetOnClose(_ file: Int32) {
    var reset = linger(l_onoff: 1, l_linger: 0)
    setsockopt(file, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
  }

  private func serveNext(_ reader: inout RequestReader) -> Next {
    do {
      var head = try reader.head()
      let start = service.effects.timestamp
      if head.expectsContinue, !send(Data("HTTP/1.1 100 Continue\r\n\r\n".utf8)) { return .close }
      if let body = try reader.body(head.body) { head.request.body = body } else { head.request.isTooLarge = true }
      guard let outcome = outcome(of: head.request) else { return .close }
      let next = send(outcome, isHead: head.request.method == "HEAD", isLast: head.isLast)
      log?(
        RequestLog(
          method: Self.visible(head.request.method), path: Self.visible(head.request.path),
          status: next == .reset ? nil : outcome.answer.status, fault: outcome.fault,
          milliseconds: Int(service.effects.timestamp.milliseconds - start.milliseconds)))
      return next
    } catch .refused(let status, let message) {
      _ = send(Self.bytes(of: service.refusal(status, message), isLast: true))
      return .drain
    } catch {
      return .close
    }
  }

  /// Nil where the server stops in the meantime.
  private func outcome(of request: Request) -> Service.Outcome? {
    let outcome = Locked<Service.Outcome>()
    run(file) { outcome.value = try? await service.respond(to: request) }
    return outcome.value
  }

  private func send(_ outcome: Service.Outcome, isHead: Bool, isLast: Bool) -> Next {
    var answer = outcome.answer
    // The answer to HEAD never has a body, and one that is sent anyway would be read as the next answer.
    if isHead { answer.body = Data() }
    switch outcome.fault {
    case .cutOff where !answer.body.isEmpty:
      _ = send(Self.bytes(of: answer, isLast: isLast).dropLast(answer.body.count - answer.body.count / 2))
      return .close
    case .resetBefore, .resetAfter, .cutOff: return .reset
    default: return send(Self.bytes(of: answer, isLast: isLast)) && !isLast ? .proceed : .close
    }
  }

  private func send(_ data: Data) -> Bool {
    var rest = data
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func bytes(of answer: Answer, isLast: Bool) -> Data {
    var head = "HTTP/1.1 \(answer.status) \(phrases[answer.status] ?? "Status")\r\n"
    for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
    if answer.status != 204 { head += "Content-Length: \(answer.body.count)\r\n" }
    if isLast { head += "Connection: close\r\n" }
    return Data((head + "\r\n").utf8) + answer.body
  }

  private static let phrases = [
    200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 400: "Bad Request", 401: "Unauthorized",
    404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large", 429: "Too Many Requests",
    431: "Request Header Fields Too Large", 500: "Internal Server Error", 502: "Bad Gateway",
    503: "Service Unavailable", 505: "HTTP Version Not Supported",
  ]

  private static func visible(_ text: String) -> String {
    String(text.unicodeScalars.map { (0x21...0x7E).contains($0.value) ? Character($0) : "?" })
  }
}
