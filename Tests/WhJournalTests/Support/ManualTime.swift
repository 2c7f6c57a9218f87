import Synchronization

@testable import WhJournal

/// A clock that stands still, and timers that run when a test says so.
final class ManualTime: Sendable {
  private let milliseconds: Mutex<Int64>
  private let timers = Mutex<[@Sendable () -> Void]>([])

  init(_ start: Moment = .sample) {
    milliseconds = Mutex(start.milliseconds)
  }

  var environment: JournalEnvironment {
    JournalEnvironment(
      now: { Moment(milliseconds: self.milliseconds.withLock { $0 }) },
      after: { _, work in self.timers.withLock { $0.append(work) } })
  }

  var timerCount: Int { timers.withLock(\.count) }

  func advance(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1000 } }

  /// Runs the timers that are set by now.
  func fire() {
    let due = timers.withLock { timers in
      defer { timers = [] }
      return timers
    }
    for work in due { work() }
  }
}

extension Moment {
  /// 2026-11-24T16:00:00Z.
  static let sample = Moment(milliseconds: 1_795_536_000_000)
}
