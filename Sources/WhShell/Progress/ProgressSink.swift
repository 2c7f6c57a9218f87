import Synchronization
import WhAPI
import WhDomain
import WhSession
import WhSyntax

/// Shows how far long work is, on standard error: a bar on a terminal, a line a minute where `--progress plain` asks. What is
/// waited for is shown at any time, also while there is nothing to count.
package final class ProgressSink: EventSink {
  package enum Form: String, Sendable, CaseIterable {
    /// A bar on a terminal, else nothing.
    case auto
    case plain, none
  }

  private let isBar: Bool
  private let isPlain: Bool
  /// True where nothing is drawn, so that only long waits are reported.
  private let isNoted: Bool
  private let columns: @Sendable () -> Int?
  private let write: @Sendable (String) -> Void
  private let monotonic: @Sendable () -> Duration
  private let wallClock: @Sendable () -> Duration
  private let state = Mutex(State())

  private struct State {
    var line: ProgressLine?
    var lastDrawn: Duration?
    var isDrawn = false
    var ticker: Task<Void, Never>?
    var wait: PacingWait?
    /// When the wait ends that was noted last, by the wall clock.
    var notedUntil: Duration?
    /// When the network's silence was noted last.
    var notedSilence: Duration?
  }

  /// - Parameters:
  ///   - environment: clocks, and the sleep between two drawings while nothing happens.
  ///   - columns: the current width of the terminal, if known.
  package init(
    form: Form, isTerminal: Bool, environment: APIEnvironment, columns: @escaping @Sendable () -> Int? = { nil },
    write: @escaping @Sendable (String) -> Void
  ) {
    self.columns = columns
    isBar = form == .auto && isTerminal
    isPlain = form == .plain
    isNoted = form == .auto && !isTerminal
    self.write = write
    monotonic = environment.time.monotonic
    wallClock = environment.time.now
    sleep = environment.time.sleep
  }

  private let sleep: @Sendable (Duration) async throws(CancellationError) -> Void

  private static let redrawEvery = Duration.milliseconds(100)
  private static let usualColumns = 80
  /// Shorter waits are not worth a line in a log.
  private static let longWait = Duration.seconds(10)
  /// Silences that are closer together are those of a slow server.
  private static let betweenSilences = Duration.seconds(60)
  /// Shorter waits are not worth a line on a screen where none is.
  private static let seenWait = Duration.seconds(1)
  /// Work that is done sooner shows no bar at all.
  private static let patience = Duration.milliseconds(300)

  package func receive(_ event: ProgressEvent) {
    if case .waiting(let process) = event { return tell("waiting: \(process)") }
    guard isBar || isPlain else { return }
    state.withLock { state in
      switch event {
      case .began(let phase, let total):
        erase(&state)
        state.line = ProgressLine(phase: phase, total: total, start: monotonic())
        state.line?.wait = state.wait
        state.lastDrawn = monotonic() + Self.patience - Self.redrawEvery
        state.ticker?.cancel()
        state.ticker = ticker()
      case .stepped(let outcome):
        state.line?.step(outcome)
        drawIfDue(&state)
      case .ended:
        stop(&state)
        state.line = nil
      case .waiting: break
      }
    }
  }

  /// Writes a line of its own, where anything is shown.
  private func tell(_ note: String) {
    guard isBar || isPlain || isNoted else { return }
    state.withLock { state in
      erase(&state)
      write("note: \(Printable.escaped(note))\n")
    }
  }

  package func receive(_ wait: PacingWait?) {
    state.withLock { state in
      state.wait = wait
      state.line?.wait = wait
      if isBar { show(wait, &state) }
      if isNoted, let wait { note(wait, &state) }
    }
  }

  /// Writes a line at once, also while something is drawn.
  package func say(_ text: String) {
    state.withLock { state in
      state.isDrawn = false
      // On a terminal the key that led to it may stand there.
      write((isBar ? "\r\u{1B}[K" : "") + text + "\n")
    }
  }

  /// What is shown of a session has the line to itself.
  package func receive(_ event: SessionEvent, as presentation: Presentation) async {
    state.withLock { state in
      state.wait = nil
      if isBar { show(nil, &state) }
    }
  }

  /// Draws a wait at once: in the bar, or else on a line of its own.
  private func show(_ wait: PacingWait?, _ state: inout State) {
    if state.line != nil {
      if wait != nil { draw(&state) }
    } else if let wait, wait.until - wallClock() >= Self.seenWait {
      draw(&state)
      if state.ticker == nil { state.ticker = ticker() }
    } else if wait == nil {
      stop(&state)
    }
  }

  /// Reports a long wait once, since nothing else shows why a script stands still.
  private func note(_ wait: PacingWait, _ state: inout State) {
    let now = wallClock()
    if wait.isSilence {
      guard state.notedSilence.map({ now - $0 >= Self.betweenSilences }) ?? true else { return }
      state.notedSilence = now
    } else {
      let left = wait.until - now
      // The end of a wait is an estimate: one that moves a little is the same wait.
      let isOther = state.notedUntil.map { wait.until - $0 > max(Self.longWait, left / 10) } ?? true
      guard left >= Self.longWait, isOther else { return }
      state.notedUntil = wait.until
    }
    write("note: \(wait.text(at: now))\n")
  }

  private func ticker() -> Task<Void, Never> {
    let pause: Duration = isPlain ? .seconds(60) : .seconds(1)
    return Task { [weak self, sleep] in
      while true {
        do { try await sleep(pause) } catch { return }
        guard let self else { return }
        self.tick()
      }
    }
  }

  private func tick() {
    state.withLock { state in
      guard isPlain else { return draw(&state) }
      if let line = state.line { write(line.plain(at: monotonic(), wall: wallClock()) + "\n") }
    }
  }

  private func drawIfDue(_ state: inout State) {
    guard isBar, let last = state.lastDrawn, monotonic() - last >= Self.redrawEvery else { return }
    draw(&state)
  }

  private func draw(_ state: inout State) {
    guard let text = text(of: state) else { return erase(&state) }
    state.lastDrawn = monotonic()
    state.isDrawn = true
    // A line that reaches the last column would wrap to the next one, and could not be overwritten.
    let widest = max(0, (columns() ?? Self.usualColumns) - 1)
    write("\r\(text.prefix(widest))\u{1B}[K")
  }

  private func text(of state: State) -> String? {
    let wall = wallClock()
    return state.line?.bar(at: monotonic(), wall: wall) ?? state.wait?.text(ifAnyAt: wall)
  }

  private func stop(_ state: inout State) {
    state.ticker?.cancel()
    state.ticker = nil
    erase(&state)
  }

  private func erase(_ state: inout State) {
    if state.isDrawn { write("\r\u{1B}[K") }
    state.isDrawn = false
  }
}
