import FlyingFox
import FlyingSocks
import Foundation

/// Finds sockets of this process that FlyingFox holds and doesn't hand out.
enum OwnSockets {
  /// Makes connections accepted on `port` send small packets at once; accepted sockets inherit it from the listener.
  ///
  /// FlyingFox writes head and body of an answer apart, and without this the body waits for the client's delayed ACK.
  static func sendAtOnce(onPort port: UInt16) {
    let socket = first { hasPort(port, $0) && (try? $0.remotePeer()) == nil }
    try? socket?.setValue(true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
  }

  /// Makes the close of the connection from `peer` to `port` a reset (RST) in place of an orderly end (FIN).
  static func resetOnClose(from peer: HTTPRequest.Address, toPort port: UInt16) {
    let socket = first {
      guard hasPort(port, $0), let remote = try? $0.remotePeer() else { return false }
      return HTTPRequest.Address.make(from: remote) == peer
    }
    guard let socket else { return }
    var reset = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket.file.rawValue, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
  }

  /// A connection from a client.
  struct Connection: Sendable {
    let file: Int32
    let peer: HTTPRequest.Address
    /// How many of the bytes that the client sent were read.
    let bytesRead: UInt64

    /// Says that the request is too large, as far as the client still listens, and lets every read find the end.
    func refuse() {
      let answer =
        "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
      _ = answer.withCString { send(file, $0, answer.utf8.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)) }
      shutdown(file, Int32(SHUT_RDWR))
    }
  }

  /// Ends the connection from `peer` to `port`, so that every read finds its end.
  static func end(from peer: HTTPRequest.Address, toPort port: UInt16) {
    if let connection = connections(toPort: port).first(where: { $0.peer == peer }) {
      shutdown(connection.file, Int32(SHUT_RDWR))
    }
  }

  /// The connections that were accepted on `port`.
  static func connections(toPort port: UInt16) -> [Connection] {
    all.compactMap { socket in
      guard hasPort(port, socket), let remote = try? socket.remotePeer(),
        let bytesRead = bytesRead(socket.file.rawValue)
      else { return nil }
      return Connection(file: socket.file.rawValue, peer: HTTPRequest.Address.make(from: remote), bytesRead: bytesRead)
    }
  }

  /// What was received of a connection, less what waits to be read.
  private static func bytesRead(_ file: Int32) -> UInt64? {
    // The C library's structure lacks the count that the kernel's has here since Linux 4.1 (linux/tcp.h).
    let offset = 128
    var information = [UInt8](repeating: 0, count: 256)
    var size = socklen_t(information.count)
    var waiting: Int32 = 0
    guard getsockopt(file, Int32(IPPROTO_TCP), TCP_INFO, &information, &size) == 0, size >= offset + 8,
      ioctl(file, UInt(FIONREAD), &waiting) == 0
    else { return nil }
    let received = information.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    return received > UInt64(waiting) ? received - UInt64(waiting) : 0
  }

  private static func first(where matches: (Socket) -> Bool) -> Socket? {
    all.first(where: matches)
  }

  private static var all: [Socket] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")) ?? []
    return files.compactMap(Int32.init).map { Socket(file: Socket.FileDescriptor(rawValue: $0)) }
  }

  private static func hasPort(_ port: UInt16, _ socket: Socket) -> Bool {
    guard case .ip4(_, port: port) = try? socket.sockname() else { return false }
    return true
  }
}
