import Synchronization

/// A child process that a server signals, which may have to wait until it exists.
final class ChildBox: Sendable {
  private let child = Mutex<WhChild?>(nil)

  func start(_ make: () throws -> sending WhChild) rethrows -> WhChild {
    try child.withLock { child in
      let started = try make()
      child = started
      return started
    }
  }

  func signal(_ number: Int32) { child.withLock { $0 }?.signal(number) }
}
