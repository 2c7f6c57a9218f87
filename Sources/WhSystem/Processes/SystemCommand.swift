import Foundation
import Synchronization
import WhDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A command of the shell's, in the terminal's foreground beside this process.
package final class SystemCommand: Sendable {
  private struct State {
    var child: pid_t?
    var isTerminated = false
  }

  /// True where no terminal is in play: then the command is a process group of its own, which can be ended as a whole. On
  /// a terminal it must be in the foreground with this process, and has its Ctrl-C from there.
  private let hasOwnGroup = ![STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO].contains { isatty($0) == 1 }

  private let state = Mutex(State())
  private let hasInterrupts: Bool
  private let shell: Shell

  /// - Parameter hasInterrupts: true for a command at a prompt, which Ctrl-C is to end, and nothing else.
  package init(_ shell: Shell, hasInterrupts: Bool) {
    self.shell = shell
    self.hasInterrupts = hasInterrupts
  }

  /// Runs a command, hands it a text, and waits for its end, with the terminal as it was.
  package func run(_ command: String, input: String) async -> CommandEnd {
    await withCheckedContinuation { continuation in
      // The command may take its time to read, which is not to hold up one of the pool's threads.
      Thread { [self] in continuation.resume(returning: runHere(command, input)) }.start()
    }
  }

  /// Asks the command to end, or to end as soon as it has begun.
  package func terminate() {
    state.withLock { state in
      state.isTerminated = true
      if let pid = state.child { terminate(pid) }
    }
  }

  private func terminate(_ pid: pid_t) {
    kill(hasOwnGroup ? -pid : pid, SIGTERM)
  }

  private func runHere(_ command: String, _ input: String) -> CommandEnd {
    var settings = termios()
    let isTerminal = tcgetattr(STDIN_FILENO, &settings) == 0
    defer {
      // A program that was killed may leave the terminal raw.
      if isTerminal { tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) }
    }
    // As `system` has it: the terminal sends Ctrl-C to this process too, and told of it later, when the command has ended,
    // it would take it for its own.
    let handlers = hasInterrupts ? [SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) } : []
    defer {
      for (number, handler) in handlers { signal(number, handler) }
    }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return .notStarted(String(cString: strerror(errno))) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var pid: pid_t = 0
    // The shell stays until its programs have ended: a Ctrl-C is theirs, and some, as a pager, live on.
    let error = shell.start(&pid, "trap : INT QUIT\n" + command, input: ends[0], hasOwnGroup: hasOwnGroup)
    close(ends[0])
    guard error == 0 else {
      close(ends[1])
      return .notStarted(String(cString: strerror(error)))
    }
    state.withLock { state in
      state.child = pid
      if state.isTerminated { terminate(pid) }
    }
    // A command that has read enough ends, and that is no error.
    _ = Descriptor.write(Array(input.utf8), to: ends[1])
    close(ends[1])
    let status = Shell.wait(for: pid)
    state.withLock { $0.child = nil }
    return Self.end(status)
  }

  private static func end(_ status: Int32) -> CommandEnd {
    let (signal, code) = (Int(status & 0x7F), Int(status >> 8 & 0xFF))
    if signal != 0 { return .killed(signal: signal) }
    // A shell tells so of a program that a signal ended.
    return (129...160).contains(code) ? .killed(signal: code - 128) : .exited(code)
  }
}
