/// When the next request may go: the whole of pacing without waiting, threads or a clock.
///
/// - While nothing is known of the limit, one request goes at a time. It is known from the first answer on, until the
///   window ends; the first request of the next one goes alone again.
/// - In a window as many requests go as it has left, less those in flight, less a reserve for other users of the key. The
///   last few go one by one over the rest of the window when more are waiting, to see whether there are other users.
/// - Then all wait for the window's end. A refusal (429) is waited out as the server says, by all.
/// - A server without a limit is not paced.
/// - A wait that is too long, or refusals that last too long, end the run.
///
/// All moments are of the monotonic clock, unless they say that they are the server's.
struct PacingState: Sendable {
  /// A request that was released.
  struct Ticket: Sendable {
    fileprivate let sent: Duration
    fileprivate let isScout: Bool
    /// When the window opened that the request was the first of.
    fileprivate let opened: Duration?
  }

  enum Admission: Sendable {
    case go(Ticket)
    /// Ask again after the next answer, or at that moment where there is one.
    case wait(until: Duration?, PacingWait.Reason)
    /// Too long to wait for.
    case tooLong(until: Duration)
  }

  private enum Knowledge: Sendable {
    case nothing
    case noLimit
    case window(RateWindow)
  }

  private var knowledge = Knowledge.nothing
  private var foreign = ForeignUse()
  private var inFlight = 0
  private var isScouting = false
  /// When the last window was over, and the reset by which its stragglers are known.
  private var openedAt: Duration?
  private var closedReset: Duration?
  private var refusals = RefusalSeries()
  /// True once a reset has turned out to be the second in which the window ends, and not the moment.
  private var isResetRoundedDown = false
  private var isFirstWindow = true
  private var roundTrip = Duration.zero
  private(set) var rate: PacingRate?

  /// A window as long as this loses less than 4 % to a whole second.
  private static let longWindow = Duration.seconds(30)
  /// No wait is shorter, so that rounding makes no loop.
  private static let shortest = Duration.milliseconds(1)

  /// Decides on one request, which counts as in flight from now on when it goes.
  ///
  /// - Parameter waiting: How many requests want to go, this one among them.
  mutating func admit(at now: Duration, waiting: Int) -> Admission {
    let admission = admitInTime(at: now, waiting: waiting)
    guard case .wait(let until?, let reason) = admission else { return admission }
    let start = reason == .refused ? refusals.start(at: now) : now
    return until - start > PacingWait.longest ? .tooLong(until: until) : admission
  }

  private mutating func admitInTime(at now: Duration, waiting: Int) -> Admission {
    if let until = refusals.hold(at: now) { return .wait(until: until, .refused) }
    if case .window(let window) = knowledge {
      let end = end(of: window)
      if now >= end { close(window, at: end) }
    }
    switch knowledge {
    case .noLimit:
      return go(at: now)
    case .nothing:
      if isScouting { return .wait(until: nil, .firstAnswer) }
      isScouting = true
      return go(at: now, isScout: true)
    case .window(let window):
      return admit(to: window, at: now, waiting: waiting)
    }
  }

  /// Takes in the answer to a request.
  mutating func answered(_ ticket: Ticket, _ answer: PacingAnswer) {
    land(ticket)
    roundTrip = answer.received - ticket.sent
    if answer.isRefusal {
      refuse(ticket, answer)
      return
    }
    refusals.end()
    if refusals.isOlder(sent: ticket.sent) { return }
    guard let reading = answer.reading else {
      noteNoReading(answer)
      return
    }
    guard case .window(var window) = knowledge, window.limit == reading.limit else {
      if case .nothing = knowledge, let closedReset, reading.reset <= closedReset { return }
      begin(reading, answer)
      return
    }
    if reading.reset < window.reset { return }
    if window.holds(reading, date: answer.date) {
      window.note(reading, answer, inFlight: inFlight)
      knowledge = .window(window)
    } else {
      foreign.end(window.use)
      begin(reading, answer)
    }
  }

  /// Takes in that a request has no answer.
  mutating func failed(_ ticket: Ticket, wasSent: Bool) {
    land(ticket)
    if wasSent, case .window(var window) = knowledge {
      window.noteLoss()
      knowledge = .window(window)
    }
  }

  private mutating func go(at now: Duration, isScout: Bool = false) -> Admission {
    inFlight += 1
    return .go(Ticket(sent: now, isScout: isScout, opened: isScout ? openedAt : nil))
  }

  private mutating func land(_ ticket: Ticket) {
    inFlight -= 1
    if ticket.isScout { isScouting = false }
  }

  private mutating func admit(to window: RateWindow, at now: Duration, waiting: Int) -> Admission {
    let end = end(of: window)
    let free = window.remaining - inFlight
    if free < 1 { return .wait(until: end, .limit) }
    let rate = foreign.rate(with: window.use)
    if rate == 0 {
      guard let look = window.nextLook(free: free, end: end, roundTrip: roundTrip) else { return go(at: now) }
      // Only when none is in flight is it known how many want to go.
      if inFlight > 0 { return .wait(until: end, .limit) }
      if waiting > free { return now < look ? .wait(until: look, .limit) : go(at: now) }
      knowledge = .window(window.withoutLooks)
      return go(at: now)
    }
    // What others are likely to want until the window ends, and what they may have taken since it was last seen.
    let share = min(Double(window.limit) / 2, rate * (end - now).inSeconds)
    let unseen = rate * (now - window.lastSeen + roundTrip).inSeconds + 1
    let left = Double(free - 1)
    if left >= max(share, unseen) { return go(at: now) }
    if left < unseen { return .wait(until: end, .otherUsers) }
    return .wait(until: min(end, max(now + Self.shortest, end - .seconds(left / rate))), .otherUsers)
  }

  /// A second's caution is affordable once in a run, in a long window, and where it has turned out to be needed.
  private func end(of window: RateWindow) -> Duration {
    let isLong = (rate?.window ?? .zero) >= Self.longWindow
    return window.end(aSecondLate: isFirstWindow || isLong || isResetRoundedDown)
  }

  private mutating func begin(_ reading: RateLimitReading, _ answer: PacingAnswer) {
    let window = RateWindow(reading, answer)
    isFirstWindow = rate == nil
    knowledge = .window(window)
    let known = rate?.limit == window.limit ? rate?.window ?? .zero : .zero
    rate = PacingRate(limit: window.limit, window: max(window.length, known), remaining: window.remaining)
  }

  private mutating func close(_ window: RateWindow, at end: Duration) {
    foreign.end(window.use)
    openedAt = end
    closedReset = window.reset
    knowledge = .nothing
  }

  private mutating func noteNoReading(_ answer: PacingAnswer) {
    switch knowledge {
    case .window(var window):
      window.noteLoss()
      knowledge = .window(window)
    case .nothing where !answer.isServerError:
      knowledge = .noLimit
    case .nothing, .noLimit:
      break
    }
  }

  private mutating func refuse(_ ticket: Ticket, _ answer: PacingAnswer) {
    guard refusals.note(answer, sent: ticket.sent) else { return }
    if let opened = ticket.opened, ticket.sent - opened < .seconds(1) { isResetRoundedDown = true }
    if case .window(var window) = knowledge {
      window.noteRefusal()
      foreign.end(window.use)
    }
    knowledge = .nothing
    openedAt = nil
  }
}
