import CTestSupport
import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a `PseudoTerminal` shares with the thread that follows the program.
final class PseudoTerminalLink: Sendable {
  /// A test that waits.
  struct Waiter {
    let deadline: ContinuousClock.Instant
    let condition: @Sendable (PseudoTerminal.Snapshot) -> Bool
    let continuation: CheckedContinuation<PseudoTerminal.Snapshot, any Error>
    let description: String
  }

  private struct State {
    var snapshot: PseudoTerminal.Snapshot
    var waiters: [Waiter] = []
    var isOver = false
  }

  let process: Int32
  /// The program's side is its terminal, this is the test's.
  let master: Int32
  private let state: Mutex<State>

  init(process: Int32, master: Int32, screen: Screen) {
    self.process = process
    self.master = master
    state = Mutex(State(snapshot: .init(screen: screen)))
  }

  deinit { close(master) }

  var snapshot: PseudoTerminal.Snapshot { state.withLock { $0.snapshot } }

  func add(_ waiter: Waiter) {
    state.withLock { state in
      state.waiters.append(waiter)
      Self.settle(&state)
    }
  }

  func resize(rows: Int, columns: Int) {
    // The screen first, so that what the program then writes meets the new one.
    state.withLock { state in
      state.snapshot.screen.resize(rows: rows, columns: columns)
      _ = cts_resize(master, Int32(rows), Int32(columns))
    }
  }

  /// Reads until the program has ended; the body of the thread.
  func follow() {
    var exit: ExitStatus?
    while exit == nil {
      let isQuiet = !take(waiting: 20)
      var status: Int32 = 0
      if isQuiet, waitpid(process, &status, WNOHANG) == process { exit = ExitStatus(status) }
      state.withLock { Self.settle(&$0) }
    }
    while take(waiting: 0) {}
    state.withLock { state in
      state.snapshot.exit = exit
      state.isOver = true
      Self.settle(&state)
    }
  }

  /// Puts on the screen what the program writes within so many milliseconds; false when it wrote nothing.
  private func take(waiting milliseconds: Int32) -> Bool {
    var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&source, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else {
      // Nobody has the terminal open, and asking again at once would only burn time.
      usleep(1000 * UInt32(milliseconds) / 4)
      return false
    }
    state.withLock { state in
      state.snapshot.output += buffer[..<count]
      state.snapshot.screen.feed(buffer[..<count])
    }
    return true
  }

  /// Resumes those who wait for what is now, or have waited too long.
  private static func settle(_ state: inout State) {
    let now = ContinuousClock.now
    let snapshot = state.snapshot
    let isOver = state.isOver
    state.waiters.removeAll { waiter in
      if waiter.condition(snapshot) {
        waiter.continuation.resume(returning: snapshot)
      } else if isOver || waiter.deadline < now {
        waiter.continuation.resume(throwing: PseudoTerminalError.notSeen(waiter.description, snapshot: snapshot))
      } else {
        return false
      }
      return true
    }
  }
}
