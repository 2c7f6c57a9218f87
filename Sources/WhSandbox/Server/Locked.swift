import Synchronization

/// A value that one thread sets and another one reads.
final class Locked<Value: Sendable>: Sendable {
  private let mutex = Mutex<Value?>(nil)

  /// Nil until it is set.
  var value: Value? {
    get { mutex.withLock { $0 } }
    set { mutex.withLock { $0 = newValue } }
  }
}
