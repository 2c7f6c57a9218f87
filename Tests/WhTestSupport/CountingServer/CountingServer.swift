import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The service on 127.0.0.1 over plain sockets, with a thread for each connection: it counts every request that reaches
/// it, whatever happened to the answer.
package final class CountingServer: Sendable {
  package let url: String
  private let listener: Int32
  private let service: CountingService
  private let open = Mutex<Set<Int32>>([])
  private let onRequest: @Sendable (_ number: Int) -> Void
  private let count = Atomic(0)

  /// - Parameter onRequest: called on the connection's thread when a request has come, with its number from 1, before
  ///   anything is done with it.
  package init(_ shape: ServerShape, onRequest: @escaping @Sendable (_ number: Int) -> Void = { _ in }) throws {
    service = CountingService(shape)
    self.onRequest = onRequest
    let (listener, port) = try LoopbackSocket.listen()
    self.listener = listener
    url = "http://127.0.0.1:\(port)"
    Thread.detachNewThread { [weak self] in
      while let client = LoopbackSocket.accept(listener) {
        guard let self else {
          close(client)
          break
        }
        _ = self.open.withLock { $0.insert(client) }
        Thread.detachNewThread { self.serve(client) }
      }
      close(listener)
    }
  }

  deinit { stop() }

  /// Ends all connections.
  package func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    open.withLock { for client in $0 { shutdown(client, Int32(SHUT_RDWR)) } }
  }

  // MARK: What was seen

  package var log: [ServedRequest] { service.log }

  /// Clears the log; the webhooks stay.
  package func clearLog() { service.clearLog() }

  /// What a webhook holds, by its number in the row of all apps' webhooks.
  package func fields(of number: Int) -> WebhookFields { service.fields(of: number) }

  package var webhookCount: Int { service.shape.apps * service.shape.webhooksPerApp }

  /// Requests that were sent once more though they had been answered well.
  package static func needlessRepeats(in log: [ServedRequest]) -> [ServedRequest] {
    var settled: Set<String> = []
    return log.filter { request in
      let name = "\(request.key) \(request.method) \(request.path)"
      defer { if request.isSettled { settled.insert(name) } }
      return settled.contains(name)
    }
  }

  // MARK: Connections

  private func serve(_ client: Int32) {
    defer {
      _ = open.withLock { $0.remove(client) }
      close(client)
    }
    var input = RequestReader(client)
    while let request = input.next() {
      if request.path == "/_report" {
        guard LoopbackSocket.send(Self.message(200, report, []), to: client) else { return }
        continue
      }
      onRequest(count.add(1, ordering: .relaxed).newValue)
      let reply = service.reply(to: request)
      if reply.pause > .zero { Thread.sleep(forTimeInterval: reply.pause / .seconds(1)) }
      switch reply.answer {
      case .send(let status, let body, let fields):
        guard LoopbackSocket.send(Self.message(status, body, fields), to: client) else { return }
      case .cutOff(let status, let body, let fields):
        let message = Self.message(status, body, fields)
        _ = LoopbackSocket.send(message.dropLast(body.utf8.count / 2 + 1), to: client)
        return
      case .reset:
        LoopbackSocket.reset(client)
        return
      }
    }
  }

  private static func message(_ status: Int, _ body: String, _ fields: [String]) -> ArraySlice<UInt8> {
    var head = "HTTP/1.1 \(status) Said\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
    for field in fields { head += field + "\r\n" }
    return (Array(head.utf8) + Array("\r\n".utf8) + Array(body.utf8))[...]
  }

  /// What was seen, as lines of a name and a number, for a script to read.
  private var report: String {
    let log = log
    var lines = [("requests", log.count), ("needless", Self.needlessRepeats(in: log).count)]
    lines.append(("refused", log.count { $0.status == 429 && $0.fault == nil }))
    lines.append(("faults", log.count { $0.fault != nil }))
    lines.append(("writes", log.count { $0.method == "PUT" }))
    lines.append(("migrated", (0..<webhookCount).count { fields(of: $0).isMigrated }))
    if let first = log.first, let last = log.last {
      lines.append(("first_ms", Int(first.time / .milliseconds(1))))
      lines.append(("last_ms", Int(last.time / .milliseconds(1))))
    }
    for (key, requests) in Dictionary(grouping: log, by: \.key).sorted(by: { $0.key < $1.key }) {
      lines.append(("requests.\(key)", requests.count))
      lines.append(("refused.\(key)", requests.count { $0.status == 429 && $0.fault == nil }))
    }
    return lines.map { "\($0) \($1)\n" }.joined()
  }
}
