import Foundation
import WhDomain

/// Runs a command of the shell's for what it prints, within bounds: when one is reached, or the task is cancelled, all
/// processes of the command are ended.
package struct CapturedCommand: Sendable {
  package enum Result: Equatable, Sendable {
    /// It ended with status 0, and printed this.
    case printed([UInt8])
    /// It ended otherwise.
    case ended(CommandEnd)
    case timedOut
    case printedTooMuch
    case cancelled
  }

  /// What happens while a command runs.
  private enum Event: UInt8 {
    case ended, cancelled
  }

  /// The bounds of a command that prints a secret, where nothing else is said.
  enum Secret {
    static let seconds = 30
    static let kibibytes = 64
  }

  /// How long a command may take to end after it was asked to.
  private static let grace = Duration.seconds(1)

  private let shell: Shell
  private let clock: @Sendable () -> Duration
  private let mostTime: Duration
  private let mostBytes: Int

  /// - Parameters:
  ///   - clock: the time since some moment; never goes back.
  ///   - mostTime: from its start to its end.
  ///   - mostBytes: of what it prints.
  package init(
    _ shell: Shell, clock: @escaping @Sendable () -> Duration, mostTime: Duration, mostBytes: Int
  ) {
    self.shell = shell
    self.clock = clock
    self.mostTime = mostTime
    self.mostBytes = mostBytes
  }

  /// Runs a command. Where there is a terminal, it has that, to ask for a passphrase.
  package func run(_ command: String) async -> Result {
    let events: EventPipe
    do {
      events = try EventPipe()
    } catch {
      return .ended(.notStarted(error.reason))
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // The command may take its time, which is not to hold up one of the pool's threads.
        Thread { continuation.resume(returning: runHere(command, events)) }.start()
      }
    } onCancel: {
      events.tell(Event.cancelled.rawValue)
    }
  }

  private func runHere(_ command: String, _ events: EventPipe) -> Result {
    let child: ChildProcess
    let output: Int32
    do throws(SystemError) {
      (child, output) = try start(command)
    } catch {
      return .ended(.notStarted(error.reason))
    }
    defer { close(output) }
    let foreground = Foreground(lentTo: child.processID)
    defer { foreground?.takeBack() }
    child.whenEnded { events.tell(Event.ended.rawValue) }
    var watch = Watch(output: output, events: events.source, clock: clock)
    let bound = watch.watch(until: clock() + mostTime, mostBytes: mostBytes)
    // The processes that a finished command has left running.
    child.signal(SIGTERM)
    if bound != nil, !watch.waitForEnd(until: clock() + Self.grace) { child.signal(SIGKILL) }
    let end = child.reap()
    if let bound { return bound }
    switch end {
    case .exited(0): return .printed(watch.printed)
    // On a terminal Ctrl-C is the command's.
    case .killed(signal: Int(SIGINT)): return .cancelled
    default: return .ended(end)
    }
  }

  /// - Returns: the command, and where its output is read.
  private func start(_ command: String) throws(SystemError) -> (ChildProcess, Int32) {
    let ends = try PipeEnds()
    defer { close(ends.sink) }
    _ = fcntl(ends.source, F_SETFL, O_NONBLOCK)
    do throws(SystemError) {
      let input: Shell.Input = isatty(STDIN_FILENO) == 1 ? .inherited : .nothing
      return (try shell.start(command, input: input, output: ends.sink, hasOwnGroup: true), ends.source)
    } catch {
      close(ends.source)
      throw error
    }
  }

  /// Waits for what a command prints, and for its end.
  private struct Watch {
    let output: Int32
    let events: Int32
    let clock: @Sendable () -> Duration
    private(set) var printed: [UInt8] = []
    private var isOpen = true
    private var hasEnded = false
    private var isCancelled = false

    init(output: Int32, events: Int32, clock: @escaping @Sendable () -> Duration) {
      self.output = output
      self.events = events
      self.clock = clock
    }

    /// Returns the limit that was reached; nil for a command that finished.
    mutating func watch(until deadline: Duration, mostBytes: Int) -> Result? {
      while true {
        guard wait(until: deadline) else { return .timedOut }
        let piece = EventPipe.read(output, atMost: mostBytes + 1 - printed.count)
        printed += piece.bytes
        isOpen = piece.isOpen
        if isCancelled { return .cancelled }
        guard printed.count <= mostBytes else { return .printedTooMuch }
        if hasEnded { return nil }
      }
    }

    mutating func waitForEnd(until deadline: Duration) -> Bool {
      isOpen = false
      while !hasEnded {
        guard wait(until: deadline) else { return false }
      }
      return true
    }

    /// Waits until something happens; false when nothing does.
    private mutating func wait(until deadline: Duration) -> Bool {
      let left = (deadline - clock()).components
      guard left.seconds >= 0, left.attoseconds >= 0 else { return false }
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
      var polled = [
        pollfd(fd: events, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOpen ? output : -1, events: Int16(POLLIN), revents: 0),
      ]
      // An interrupted call is one in which nothing happened yet.
      guard poll(&polled, nfds_t(polled.count), Int32(clamping: milliseconds)) != 0 else { return false }
      for event in EventPipe.read(events, atMost: 16).bytes {
        switch Event(rawValue: event) {
        case .ended: hasEnded = true
        case .cancelled: isCancelled = true
        case nil: break
        }
      }
      return true
    }
  }
}
