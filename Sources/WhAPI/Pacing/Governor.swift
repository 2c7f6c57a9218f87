import Synchronization
import WhDomain

/// Lets all requests of the process go when the limit allows them; one for each key.
///
/// Those that must wait are parked in order. One of them sets an alarm for the moment when the next may go. Each that goes
/// wakes the next in line, so that as many go as may, and none is asked more than once without success.
package final class Governor: Sendable {
  typealias Ticket = PacingState.Ticket

  private let environment: APIEnvironment
  private let onWait: @Sendable (PacingWait?) -> Void
  private let shared = Mutex(State())

  private struct State {
    var pacing = PacingState()
    var parked: [Parked] = []
    var alarms: [UInt64: Duration] = [:]
    /// Counts what may change a decision, so that nothing is missed between deciding and parking.
    var events: UInt64 = 0
    var nextID: UInt64 = 0
    var shownWait: PacingWait?
    var clockOffset: Duration?
  }

  private struct Parked {
    let id: UInt64
    let continuation: CheckedContinuation<Void, Never>
  }

  private enum Step {
    case go(Ticket)
    case stop(wait: Duration)
    case park(seen: UInt64)
    case parkWithAlarm(seen: UInt64, after: Duration)
  }

  /// - Parameter onWait: Called when all requests begin to wait, or wait for another time, and with nil when they continue.
  package init(environment: APIEnvironment = .live, onWait: @escaping @Sendable (PacingWait?) -> Void = { _ in }) {
    self.environment = environment
    self.onWait = onWait
  }

  /// The limit, once an answer has shown it.
  package var rate: PacingRate? { shared.withLock { $0.pacing.rate } }

  /// The monotonic clock that requests are held back by.
  var now: Duration { environment.time.monotonic() }

  /// How far the server's clock is ahead of ours, from the `Date` of its answers; nil when none had one.
  package var clockOffset: Duration? { shared.withLock { $0.clockOffset } }

  /// Returns when a request may go. Its end must be reported with `answered` or `failed`.
  ///
  /// - Throws: `.cancelled`, or `.heldBack` when the wait is too long.
  nonisolated(nonsending) func acquire() async throws(TransportError) -> Ticket {
    let id = shared.withLock { shared in
      shared.nextID += 1
      return shared.nextID
    }
    while !Task.isCancelled {
      switch step(id) {
      case .go(let ticket):
        wakeNext()
        return ticket
      case .stop(let wait):
        // The others have waited for nothing too.
        wakeNext()
        throw .unsent(.heldBack(wait))
      case .park(let seen):
        await park(id, seen: seen)
      case .parkWithAlarm(let seen, let pause):
        await park(id, seen: seen, for: pause)
      }
    }
    endWait()
    // The next in line may have relied on this one's alarm, and says again what it waits for.
    wakeNext()
    throw .unsent(.cancelled)
  }

  func answered(_ ticket: Ticket, _ response: HTTPResponse) {
    let answer = PacingAnswer(response, received: environment.time.monotonic(), wall: environment.time.now())
    note { $0.answered(ticket, answer) }
    if let date = answer.date { noteClock(date - answer.wall) }
  }

  /// `Date` is rounded down to a second, and the answer has travelled: of offsets close to each other the greatest is the
  /// nearest to the truth. One that is further away means that a clock was set.
  private func noteClock(_ offset: Duration) {
    shared.withLock { shared in
      let isSame = shared.clockOffset.map { abs(($0 - offset).inSeconds) < 2 } ?? false
      shared.clockOffset = isSame ? max(shared.clockOffset ?? offset, offset) : offset
    }
  }

  func failed(_ ticket: Ticket, wasSent: Bool) {
    note { $0.failed(ticket, wasSent: wasSent) }
  }

  private func note(_ change: (inout PacingState) -> Void) {
    shared.withLock { shared in
      change(&shared.pacing)
      shared.events += 1
    }
    wakeNext()
  }

  private func endWait() {
    let hadWait = shared.withLock { shared in
      defer { shared.shownWait = nil }
      return shared.shownWait != nil
    }
    if hadWait { onWait(nil) }
  }

  private func step(_ id: UInt64) -> Step {
    let now = environment.time.monotonic()
    let (step, news) = shared.withLock { shared -> (Step, PacingWait??) in
      switch shared.pacing.admit(at: now, waiting: shared.parked.count + 1) {
      case .go(let ticket):
        shared.events += 1
        defer { shared.shownWait = nil }
        return (.go(ticket), shared.shownWait == nil ? nil : .some(nil))
      case .wait(let until?, let reason):
        let wait = PacingWait(reason: reason, until: environment.time.now() + (until - now))
        let isNews =
          shared.shownWait.map { $0.reason != reason || abs(($0.until - wait.until).inSeconds) > 0.5 } ?? true
        if isNews { shared.shownWait = wait }
        let news: PacingWait?? = isNews ? .some(wait) : .none
        if shared.alarms.values.contains(where: { $0 <= until }) { return (.park(seen: shared.events), news) }
        shared.alarms[id] = until
        return (.parkWithAlarm(seen: shared.events, after: until - now), news)
      case .wait(nil, _):
        return (.park(seen: shared.events), nil)
      case .tooLong(let until):
        defer { shared.shownWait = nil }
        return (.stop(wait: until - now), shared.shownWait == nil ? nil : .some(nil))
      }
    }
    if let news { onWait(news) }
    return step
  }

  /// Returns when this one is woken, or the task is cancelled, or something has happened since the decision.
  private func park(_ id: UInt64, seen: UInt64) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isLate = shared.withLock { shared in
          if shared.events != seen || Task.isCancelled { return true }
          // The ids are in order of arrival, so that one which parks again keeps its place.
          let place = shared.parked.firstIndex { $0.id > id } ?? shared.parked.endIndex
          shared.parked.insert(Parked(id: id, continuation: continuation), at: place)
          return false
        }
        if isLate { continuation.resume() }
      }
    } onCancel: {
      wake(id)
    }
  }

  private func park(_ id: UInt64, seen: UInt64, for pause: Duration) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.park(id, seen: seen) }
      group.addTask { try? await self.environment.time.sleep(pause) }
      await group.next()
      group.cancelAll()
    }
    shared.withLock { shared in
      shared.alarms[id] = nil
    }
  }

  private func wake(_ id: UInt64) {
    let parked = shared.withLock { shared in
      shared.parked.firstIndex { $0.id == id }.map { shared.parked.remove(at: $0) }
    }
    parked?.continuation.resume()
  }

  private func wakeNext() {
    let parked = shared.withLock { shared in
      shared.parked.isEmpty ? nil : shared.parked.removeFirst()
    }
    parked?.continuation.resume()
  }
}
