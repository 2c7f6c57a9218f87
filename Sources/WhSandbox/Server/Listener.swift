import Dispatch
import Foundation
import Synchronization

/// A socket that listens on 127.0.0.1, and the connections that it has accepted.
final class Listener: Sendable {
  /// The most connections at once; further ones are closed.
  private static let mostConnections = 1024

  private struct State {
    /// The connections, with what answers a request of theirs right now.
    var connections: [Int32: Task<Void, Never>?] = [:]
    var isStopped = false
  }

  let port: UInt16

  private let file: Int32
  private let serve: @Sendable (Int32, Listener) -> Void
  private let state = Mutex(State())
  private let threads = DispatchGroup()

  /// Listens on `port`, or on a free one for 0.
  /// - Parameter serve: serves one connection, on a thread of its own.
  init(port: UInt16, serve: @escaping @Sendable (Int32, Listener) -> Void) throws(ServerError) {
    self.serve = serve
    file = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { throw Self.failure(port) }
    do {
      self.port = try Self.listen(file, port)
    } catch {
      close(file)
      throw error
    }
    start { $0.accept() }
  }

  /// Ends all connections; what is being answered is dropped.
  func stop() async {
    state.withLock { state in
      state.isStopped = true
      // This wakes the thread that accepts, and those that read.
      shutdown(file, Int32(SHUT_RDWR))
      for (connection, task) in state.connections {
        task?.cancel()
        shutdown(connection, Int32(SHUT_RDWR))
      }
    }
    await withCheckedContinuation { continuation in threads.notify(queue: .global()) { continuation.resume() } }
    close(file)
  }

  /// Runs a task for a connection and waits for it; the listener's end cancels it.
  func run(for connection: Int32, _ work: @escaping @Sendable () async -> Void) {
    let done = DispatchSemaphore(value: 0)
    let task = Task.detached {
      await work()
      done.signal()
    }
    state.withLock { state in
      if state.isStopped { task.cancel() }
      state.connections[connection] = .some(task)
    }
    done.wait()
    state.withLock { $0.connections[connection] = .some(nil) }
  }

  private func accept() {
    while true {
      let connection = Glibc.accept(file, nil, nil)
      if connection < 0 {
        if state.withLock(\.isStopped) { return }
        // What can't be accepted now, for want of descriptors, may be in a moment.
        if errno != EINTR, errno != ECONNABORTED { Thread.sleep(forTimeInterval: 0.01) }
        continue
      }
      let isTaken = state.withLock { state in
        guard !state.isStopped, state.connections.count < Self.mostConnections else { return false }
        state.connections[connection] = .some(nil)
        return true
      }
      guard isTaken else {
        close(connection)
        continue
      }
      Self.prepare(connection)
      start { listener in
        listener.serve(connection, listener)
        // Closed where no other thread can take it for a later connection with the same number.
        listener.state.withLock { state in
          state.connections[connection] = nil
          if state.isStopped { Connection.resetOnClose(connection) }
          close(connection)
        }
      }
    }
  }

  private func start(_ work: @escaping @Sendable (Listener) -> Void) {
    threads.enter()
    Thread.detachNewThread { [self] in
      work(self)
      threads.leave()
    }
  }

  /// Sends small packets at once, and gives up on a client that reads nothing.
  private static func prepare(_ connection: Int32) {
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    var yes: Int32 = 1
    setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  /// - Returns: the port in use.
  private static func listen(_ file: Int32, _ port: UInt16) throws(ServerError) -> UInt16 {
    var yes: Int32 = 1
    setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(file, $0, size) == 0 && Glibc.listen(file, 128) == 0 && getsockname(file, $0, &size) == 0
      }
    }
    guard isBound else { throw failure(port) }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func failure(_ port: UInt16) -> ServerError {
    ServerError("can't listen on 127.0.0.1:\(port): \(String(cString: strerror(errno)))")
  }
}
