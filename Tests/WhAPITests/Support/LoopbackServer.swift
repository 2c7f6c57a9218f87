import Foundation
import Synchronization

/// A server of plain sockets on 127.0.0.1, which does to each connection what a test scripts, faults too.
final class LoopbackServer: Sendable {
  struct Request: Sendable {
    let method: String
    let path: String
    /// Names in lower case.
    let fields: [String: String]
    let body: [UInt8]
    /// Counts from 1 over all connections.
    let number: Int
    /// Counts from 1.
    let connection: Int
  }

  enum Step: Sendable {
    case send([UInt8])
    /// Goes on when the gate opens.
    case wait(Gate)
    /// Ends the connection in order.
    case close
    /// Ends it with a RST.
    case reset
  }

  /// A door that a test opens once.
  final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() { semaphore.signal() }

    /// False when it stayed shut for too long, so that no test hangs.
    func wait() -> Bool {
      defer { semaphore.signal() }
      return semaphore.wait(timeout: .now() + 20) == .success
    }
  }

  let port: Int
  private let listener: Int32
  private let script: @Sendable (Request) -> [Step]
  private let counts = Mutex(Counts())

  private struct Counts {
    var connections = 0
    var requests = 0
    var open: Set<Int32> = []
  }

  init(_ script: @escaping @Sendable (Request) -> [Step]) {
    self.script = script
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    precondition(listener >= 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    port = withUnsafeMutablePointer(to: &address) { [listener] address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        precondition(bind(listener, pointer, length) == 0 && listen(listener, 256) == 0)
        precondition(getsockname(listener, pointer, &length) == 0)
      }
      return Int(UInt16(bigEndian: address.pointee.sin_port))
    }
    Thread.detachNewThread { [weak self, listener] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        guard let self else {
          Glibc.close(client)
          return
        }
        let number = self.counts.withLock { counts in
          counts.connections += 1
          counts.open.insert(client)
          return counts.connections
        }
        Thread.detachNewThread { self.serve(client, number) }
      }
    }
  }

  deinit { stop() }

  var connections: Int { counts.withLock { $0.connections } }
  var requests: Int { counts.withLock { $0.requests } }
  var openConnections: Int { counts.withLock { $0.open.count } }

  func stop() {
    Glibc.shutdown(listener, Int32(SHUT_RDWR))
    counts.withLock { counts in
      for client in counts.open { Glibc.shutdown(client, Int32(SHUT_RDWR)) }
    }
  }

  private func serve(_ client: Int32, _ connection: Int) {
    defer {
      _ = counts.withLock { $0.open.remove(client) }
      Glibc.close(client)
    }
    var input = Input(client: client)
    while let head = input.readHead() {
      let length = head.fields["content-length"].flatMap { Int($0) } ?? 0
      guard let body = input.read(length) else { return }
      let number = counts.withLock { counts in
        counts.requests += 1
        return counts.requests
      }
      let request = Request(
        method: head.method, path: head.path, fields: head.fields, body: body, number: number, connection: connection)
      for step in script(request) {
        switch step {
        case .send(let bytes): send(bytes, to: client)
        case .wait(let gate): if !gate.wait() { return }
        case .close: return
        case .reset:
          var linger = linger(l_onoff: 1, l_linger: 0)
          setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
          return
        }
      }
    }
  }

  private func send(_ bytes: [UInt8], to client: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private struct Input {
    let client: Int32
    var buffer: [UInt8] = []

    mutating func readHead() -> (method: String, path: String, fields: [String: String])? {
      let blank = Array("\r\n\r\n".utf8)
      while true {
        if let end = buffer.firstRange(of: blank) {
          let lines = String(decoding: buffer[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
          buffer.removeSubrange(..<end.upperBound)
          let words = lines[0].split(separator: " ").map(String.init)
          var fields: [String: String] = [:]
          for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            fields[parts[0].lowercased()] = parts.count > 1 ? parts[1] : ""
          }
          return (words[0], words[1], fields)
        }
        guard fill() else { return nil }
      }
    }

    mutating func read(_ count: Int) -> [UInt8]? {
      while buffer.count < count {
        guard fill() else { return nil }
      }
      defer { buffer.removeFirst(count) }
      return Array(buffer[..<count])
    }

    private mutating func fill() -> Bool {
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      let count = recv(client, &piece, piece.count, 0)
      guard count > 0 else { return false }
      buffer += piece[..<count]
      return true
    }
  }
}

extension LoopbackServer.Step {
  /// A whole answer.
  static func answer(_ status: Int, _ body: String = "{}", fields: [String] = []) -> Self {
    let lines = ["HTTP/1.1 \(status) Said", "Content-Length: \(body.utf8.count)"] + fields
    return .send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
  }

  static func text(_ text: String) -> Self { .send(Array(text.utf8)) }
}
