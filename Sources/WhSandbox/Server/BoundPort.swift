import Synchronization

/// The port that a server is bound to, for those who ask from outside the server's isolation.
final class BoundPort: Sendable {
  private let port = Mutex<UInt16?>(nil)

  /// nil while the server is stopped.
  var value: UInt16? {
    get { port.withLock { $0 } }
    set { port.withLock { $0 = newValue } }
  }
}
