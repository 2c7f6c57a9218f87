import Foundation
import Synchronization

@testable import WhSandbox

/// A clock that moves when a test advances it.
final class ManualClock: Sendable {
  private let time: Mutex<Date>

  init(_ date: Date = Date(timeIntervalSince1970: 1_790_000_000)) {
    time = Mutex(date)
  }

  func advance(by seconds: TimeInterval) {
    time.withLock { $0 += seconds }
  }

  var effects: Server.Effects {
    Server.Effects(now: { self.time.withLock { $0 } })
  }
}
