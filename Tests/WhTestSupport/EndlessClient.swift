import Foundation

/// A client that sends one piece after the other to a server on this machine, without an end of its own: until the server
/// ends the connection, or for half a minute.
package final class EndlessClient: Sendable {
  private let ended: Watched<Bool>

  /// Starts to send.
  ///
  /// - Parameters:
  ///   - start: what comes first.
  ///   - piece: what is repeated.
  package init(port: UInt16, start: String, piece: String) {
    let ended = Watched(false, describe: { _ in "it still sends" })
    self.ended = ended
    Thread.detachNewThread {
      Self.send(start, Array(String(repeating: piece, count: max(1, 8192 / piece.utf8.count)).utf8), to: port)
      ended.change { $0 = true }
    }
  }

  /// True once the server has ended the connection.
  package var hasEnded: Bool { ended.now }

  /// Waits until the server has ended the connection.
  package func end(within patience: Duration = .seconds(20)) async throws {
    _ = try await ended.wait(for: "the end of an endless request", within: patience) { $0 }
  }

  private static func send(_ start: String, _ block: [UInt8], to port: UInt16) {
    let file = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard file >= 0 else { return }
    defer { close(file) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0, sendAll(Array(start.utf8), file) else { return }
    let deadline = Date(timeIntervalSinceNow: 30)
    while Date() < deadline {
      guard sendAll(block, file) else { return }
    }
  }

  private static func sendAll(_ bytes: [UInt8], _ file: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(file, buffer.baseAddress?.advanced(by: sent), buffer.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
