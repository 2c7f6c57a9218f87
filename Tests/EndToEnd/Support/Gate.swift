import Foundation

/// Holds threads back until it is opened, and tells when the first arrives.
final class Gate: Sendable {
  private let arrival = Later<Void>()
  private let opening = DispatchSemaphore(value: 0)

  /// For the thread that is held back.
  func pass() {
    arrival.set(())
    opening.wait()
    opening.signal()
  }

  func open() { opening.signal() }

  /// Waits until somebody stands before it.
  func reached() async { await arrival.value }
}
