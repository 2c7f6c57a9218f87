import Foundation

/// Holds threads back until it is opened, and tells when the first arrives.
final class Gate: Sendable {
  private let arrival = Later<Void>()
  private let opening = DispatchSemaphore(value: 0)
  private let wasOpened = Later<Void>()

  var isReached: Bool { arrival.isSet }
  var isOpen: Bool { wasOpened.isSet }

  /// For the thread that is held back.
  func pass() {
    arrival.set(())
    opening.wait()
    opening.signal()
  }

  func open() {
    wasOpened.set(())
    opening.signal()
  }

  /// Waits until somebody stands before it, or a minute is over, whereupon what should follow will fail.
  func reached() async {
    DispatchQueue.global().asyncAfter(deadline: .now() + 60) { [arrival] in arrival.set(()) }
    await arrival.value
  }
}
