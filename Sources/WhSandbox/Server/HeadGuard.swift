import FlyingFox
import Foundation
import Synchronization

/// Ends connections whose requests don't begin: those that have sent more than the head of a request may have.
///
/// FlyingFox reads a head byte by byte, without a bound and without giving its thread away, so that as many endless heads
/// as there are threads would keep everything else from running. This has a thread of its own.
final class HeadGuard: Sendable {
  /// The most bytes that the head of a request may have.
  static let largestHead: UInt64 = 64 * 1024

  /// How often it looks, in seconds.
  private static let interval = 0.05

  /// How far the requests of a connection are.
  private struct Progress: Equatable {
    /// While a request is being answered its body is read, which has a bound of its own.
    var isAnswering = false
    /// How many bytes were read up to the end of the last request; nil where that is to be looked up.
    var bytes: UInt64?
    /// Rises with each request, so that what was seen before one is not held against the next.
    var generation = 0
  }

  private struct State {
    /// By client; one without a request is not among them.
    var connections: [HTTPRequest.Address: Progress] = [:]
    /// Nil while stopped.
    var port: UInt16?
  }

  private let state = Mutex(State())

  /// Guards the connections to a port of this process from now on.
  func start(port: UInt16) {
    state.withLock { $0 = State(port: port) }
    Thread.detachNewThread { [self] in
      while state.withLock(\.port) == port {
        look(at: port)
        Thread.sleep(forTimeInterval: Self.interval)
      }
    }
  }

  func stop() {
    state.withLock { $0.port = nil }
  }

  /// Tells of a request whose head was read.
  func begin(_ peer: HTTPRequest.Address?) { update(peer) { $0.isAnswering = true } }

  /// Tells of the end of that request.
  func end(_ peer: HTTPRequest.Address?) { update(peer) { $0 = Progress(generation: $0.generation) } }

  private func update(_ peer: HTTPRequest.Address?, _ change: (inout Progress) -> Void) {
    guard let peer else { return }
    state.withLock { state in
      var progress = state.connections[peer] ?? Progress()
      change(&progress)
      progress.generation += 1
      state.connections[peer] = progress
    }
  }

  private func look(at port: UInt16) {
    let before = state.withLock(\.connections)
    let present = OwnSockets.connections(toPort: port)
    let endless = state.withLock { state in
      let peers = Set(present.map(\.peer))
      state.connections = state.connections.filter { peers.contains($0.key) || before[$0.key] == nil }
      return present.filter { connection in
        let progress = state.connections[connection.peer]
        guard progress == before[connection.peer], progress?.isAnswering != true else { return false }
        if let progress, progress.bytes == nil { state.connections[connection.peer]?.bytes = connection.bytesRead }
        let start = progress.map { $0.bytes ?? connection.bytesRead } ?? 0
        return connection.bytesRead > start + Self.largestHead
      }
    }
    for connection in endless { connection.refuse() }
  }
}
