import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Plain sockets on 127.0.0.1.
enum LoopbackSocket {
  #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
    private static let quietly = Int32(MSG_NOSIGNAL)
  #else
    private static let stream = SOCK_STREAM
    private static let quietly: Int32 = 0
  #endif

  /// A socket that listens, and the port that the system picked.
  static func listen() throws -> (socket: Int32, port: Int) {
    let listener = socket(AF_INET, stream, 0)
    guard listener >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(listener, pointer, length) == 0 && listenOn(listener) && getsockname(listener, pointer, &length) == 0
      }
    }
    guard isListening else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
  }

  private static func listenOn(_ listener: Int32) -> Bool {
    #if canImport(Glibc)
      Glibc.listen(listener, 256) == 0
    #else
      Darwin.listen(listener, 256) == 0
    #endif
  }

  /// The next connection; nil when the listener was shut down.
  static func accept(_ listener: Int32) -> Int32? {
    #if canImport(Glibc)
      var client = Glibc.accept(listener, nil, nil)
      while client < 0, errno == EINTR || errno == ECONNABORTED { client = Glibc.accept(listener, nil, nil) }
    #else
      var client = Darwin.accept(listener, nil, nil)
      while client < 0, errno == EINTR || errno == ECONNABORTED { client = Darwin.accept(listener, nil, nil) }
    #endif
    guard client >= 0 else { return nil }
    _ = fcntl(client, F_SETFD, FD_CLOEXEC)
    var isOn: Int32 = 1
    setsockopt(client, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
    return client
  }

  /// False when the client is gone.
  static func send(_ bytes: [UInt8], to client: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(client, $0) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func write(_ client: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.send(client, bytes.baseAddress, bytes.count, quietly)
    #else
      Darwin.send(client, bytes.baseAddress, bytes.count, quietly)
    #endif
  }

  /// Makes the close that follows a reset.
  static func reset(_ client: Int32) {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
  }
}
