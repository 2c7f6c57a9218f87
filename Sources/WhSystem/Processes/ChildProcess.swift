import Foundation
import Synchronization
import WhDomain

/// A command that was started, until it is reaped.
final class ChildProcess: Sendable {
  let processID: pid_t
  private let hasOwnGroup: Bool
  private let isReaped = Mutex(false)

  /// - Parameter hasOwnGroup: true for one that is the first of a process group of its own.
  init(_ processID: pid_t, hasOwnGroup: Bool) {
    self.processID = processID
    self.hasOwnGroup = hasOwnGroup
  }

  /// Sends a signal to it, and to its group where it has one. One that was reaped gets none: its number may be another
  /// process's by now.
  func signal(_ number: Int32) {
    isReaped.withLock { isReaped in
      if !isReaped { kill(hasOwnGroup ? -processID : processID, number) }
    }
  }

  /// Calls a function once the command has ended, on a thread of its own. The command stays to be reaped.
  func whenEnded(_ handler: @escaping @Sendable () -> Void) {
    Thread { [processID] in
      var information = siginfo_t()
      while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
      handler()
    }.start()
  }

  /// Waits for its end, and how it ended.
  func reap() -> CommandEnd {
    var information = siginfo_t()
    while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    return isReaped.withLock { isReaped in
      var status: Int32 = 0
      while waitpid(processID, &status, 0) < 0, errno == EINTR {}
      isReaped = true
      return Self.end(status)
    }
  }

  private static func end(_ status: Int32) -> CommandEnd {
    let (signal, code) = (Int(status & 0x7F), Int(status >> 8 & 0xFF))
    if signal != 0 { return .killed(signal: signal) }
    // A shell reports this for a program that a signal ended.
    return (129...160).contains(code) ? .killed(signal: code - 128) : .exited(code)
  }
}
