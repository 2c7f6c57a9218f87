import Dispatch

/// Holds threads back until it is opened, and reports when the first arrives.
package final class Gate: Sendable {
  private let progress = Watched((isReached: false, isOpen: false))
  private let opening = DispatchSemaphore(value: 0)

  package init() {}

  package var isReached: Bool { progress.now.isReached }
  package var isOpen: Bool { progress.now.isOpen }

  /// For the thread that is held back.
  package func pass() {
    progress.change { $0.isReached = true }
    opening.wait()
    opening.signal()
  }

  package func open() {
    progress.change { $0.isOpen = true }
    opening.signal()
  }

  /// Waits until a thread stands before it.
  package func reached() async throws {
    try await progress.wait(for: "a thread at the gate") { $0.isReached }
  }
}
