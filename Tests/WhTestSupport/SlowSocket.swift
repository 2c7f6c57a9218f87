import Foundation
import Synchronization

/// A Unix socket that leads to another one, with a delay each way, as a network has. It lasts as long as its process.
package struct SlowSocket {
  /// - Parameters:
  ///   - path: where it is made.
  ///   - target: the socket that it leads to.
  ///   - delay: of each byte, each way.
  /// - Throws: `POSIXError`.
  package init(_ path: String, to target: String, delay: Duration) throws {
    let listener = try Self.socket(path) { bind($0, $1, $2) }
    guard listen(listener, 64) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    Thread.detachNewThread {
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { continue }
        guard let server = try? Self.socket(target, { connect($0, $1, $2) }) else {
          close(client)
          continue
        }
        DelayedPipe(from: client, to: server, delay).start()
        DelayedPipe(from: server, to: client, delay).start()
      }
    }
  }

  private static func socket(
    _ path: String, _ use: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws -> Int32 {
    #if canImport(Glibc)
      let kind = Int32(SOCK_STREAM.rawValue)
    #else
      let kind = SOCK_STREAM
    #endif
    let descriptor = Foundation.socket(AF_UNIX, kind, 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw POSIXError(.ENAMETOOLONG) }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        use(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return descriptor
  }
}

/// Hands on what comes in, in its order, after a delay.
private final class DelayedPipe: Sendable {
  private let source: Int32
  private let target: Int32
  private let delay: Duration
  private let waiting = Mutex<[(due: ContinuousClock.Instant, bytes: [UInt8])]>([])
  private let arrived = DispatchSemaphore(value: 0)

  init(from source: Int32, to target: Int32, _ delay: Duration) {
    self.source = source
    self.target = target
    self.delay = delay
  }

  func start() {
    Thread.detachNewThread { self.take() }
    Thread.detachNewThread { self.give() }
  }

  private func take() {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(source, &buffer, buffer.count)
      let bytes = count > 0 ? Array(buffer[..<count]) : []
      waiting.withLock { $0.append((.now + delay, bytes)) }
      arrived.signal()
      if count <= 0 { return }
    }
  }

  private func give() {
    while true {
      arrived.wait()
      let (due, bytes) = waiting.withLock { $0.removeFirst() }
      let pause = due - .now
      if pause > .zero { Thread.sleep(forTimeInterval: pause / .seconds(1)) }
      guard !bytes.isEmpty else {
        shutdown(target, Int32(SHUT_WR))
        return
      }
      var sent = 0
      while sent < bytes.count {
        let count = bytes[sent...].withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        guard count > 0 else { return }
        sent += count
      }
    }
  }
}
