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

  private static func first(where matches: (Socket) -> Bool) -> Socket? {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/fd")) ?? []
    return files.lazy.compactMap(Int32.init).map { Socket(file: Socket.FileDescriptor(rawValue: $0)) }
      .first(where: matches)
  }

  private static func hasPort(_ port: UInt16, _ socket: Socket) -> Bool {
    guard case .ip4(_, port: port) = try? socket.sockname() else { return false }
    return true
  }
}
