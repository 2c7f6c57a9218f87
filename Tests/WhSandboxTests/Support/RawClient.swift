import Foundation

/// A client that shows what is really on the wire: it sends bytes, and reads until the connection ends.
struct RawClient {
  /// How a connection ended.
  enum End: Equatable {
    /// In order, with a FIN.
    case closed
    /// With a RST.
    case reset
    /// Not at all, within ten seconds.
    case timedOut
  }

  /// What came back.
  struct Received {
    var bytes: Data
    var end: End
  }

  struct Failure: Error {
    var call: String
    var code: Int32
  }

  let port: UInt16

  /// Sends `bytes` on a connection of its own, from a thread of its own, since the calls block.
  func exchange(_ bytes: Data) async throws -> Received {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try blockingExchange(bytes) }) }
    }
  }

  private func blockingExchange(_ bytes: Data) throws -> Received {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard file >= 0 else { throw Failure(call: "socket", code: errno) }
    defer { close(file) }
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    try Self.connect(file, port: port)
    try Self.sendAll(bytes, to: file)

    var received = Data()
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = recv(file, &buffer, buffer.count, 0)
      if count > 0 {
        received.append(contentsOf: buffer.prefix(count))
      } else if count == 0 {
        return Received(bytes: received, end: .closed)
      } else if errno == ECONNRESET {
        return Received(bytes: received, end: .reset)
      } else if errno == EAGAIN {
        return Received(bytes: received, end: .timedOut)
      } else {
        throw Failure(call: "recv", code: errno)
      }
    }
  }

  private static func sendAll(_ bytes: Data, to file: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(file, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw Failure(call: "send", code: errno) }
      rest = rest.dropFirst(count)
    }
  }

  /// Connects to 127.0.0.1, or to another address of this machine.
  static func connect(_ file: Int32, port: UInt16, address: String = "127.0.0.1") throws {
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = port.bigEndian
    inet_pton(AF_INET, address, &target.sin_addr)
    let result = withUnsafePointer(to: &target) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(call: "connect", code: errno) }
  }
}
