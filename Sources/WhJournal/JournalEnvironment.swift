import Dispatch
import Foundation

/// Time, as the journal meets it; a test passes its own.
package struct JournalEnvironment: Sendable {
  /// Wall-clock time.
  package var now: @Sendable () -> Moment
  /// Does work once, later, on some thread.
  package var after: @Sendable (_ delay: Duration, _ work: @escaping @Sendable () -> Void) -> Void

  package init(
    now: @escaping @Sendable () -> Moment,
    after: @escaping @Sendable (_ delay: Duration, _ work: @escaping @Sendable () -> Void) -> Void
  ) {
    self.now = now
    self.after = after
  }

  /// The real clock, and Dispatch's timers.
  package static let live = JournalEnvironment(
    now: { Moment(secondsSince1970: Date().timeIntervalSince1970) },
    after: { delay, work in
      let (seconds, attoseconds) = delay.components
      let interval = DispatchTimeInterval.milliseconds(Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
      DispatchQueue.global().asyncAfter(deadline: .now() + interval, execute: work)
    })
}
