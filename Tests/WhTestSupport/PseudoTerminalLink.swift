import CTestSupport
import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a `PseudoTerminal` shares with the thread that follows the program.
final class PseudoTerminalLink: Sendable {
  let process: Int32
  /// The program's side is its terminal, this is the test's.
  let master: Int32
  let known: Watched<PseudoTerminal.Snapshot>

  init(process: Int32, master: Int32, screen: Screen) {
    self.process = process
    self.master = master
    known = Watched(.init(screen: screen), isFinal: { $0.exit != nil }, describe: \.description)
  }

  deinit { close(master) }

  func resize(rows: Int, columns: Int) {
    // The screen first, so that what the program then writes meets the new one.
    known.change { known in
      known.screen.resize(rows: rows, columns: columns)
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
    }
    while take(waiting: 0) {}
    known.change { $0.exit = exit }
  }

  /// Puts on the screen what the program writes within this number of milliseconds; false if it wrote nothing.
  private func take(waiting milliseconds: Int32) -> Bool {
    var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&source, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 16 * 1024)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else {
      // No program has the terminal open, and asking again at once would only burn time.
      usleep(1000 * UInt32(milliseconds) / 4)
      return false
    }
    known.change { known in
      known.output += buffer[..<count]
      known.screen.feed(buffer[..<count])
    }
    return true
  }
}
