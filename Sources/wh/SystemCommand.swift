import Foundation
import Synchronization
import WhShell

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A command of the shell's, in the terminal's foreground beside this process.
final class SystemCommand: Sendable {
  private struct State {
    var child: pid_t?
    var isTerminated = false
  }

  /// True where no terminal is in play: then the command is a process group of its own, which can be ended as a whole. On
  /// a terminal it must be in the foreground with this process, and has its Ctrl-C from there.
  private let hasOwnGroup = ![STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO].contains { isatty($0) == 1 }

  private let state = Mutex(State())

  /// Runs a command, hands it a text, and waits for its end, with the terminal as it was.
  func run(_ command: String, input: String) async -> Outlets.CommandEnd {
    await withCheckedContinuation { continuation in
      // The command may take its time to read, which is not to hold up one of the pool's threads.
      Thread { [self] in continuation.resume(returning: runHere(command, input)) }.start()
    }
  }

  /// Asks the command to end, or to end as soon as it has begun.
  func terminate() {
    state.withLock { state in
      state.isTerminated = true
      if let pid = state.child { terminate(pid) }
    }
  }

  private func terminate(_ pid: pid_t) {
    kill(hasOwnGroup ? -pid : pid, SIGTERM)
  }

  private func runHere(_ command: String, _ input: String) -> Outlets.CommandEnd {
    var settings = termios()
    let isTerminal = tcgetattr(STDIN_FILENO, &settings) == 0
    defer {
      // A program that was killed may leave the terminal raw.
      if isTerminal { tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) }
    }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return .notStarted(String(cString: strerror(errno))) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var pid: pid_t = 0
    let error = spawn(&pid, command, standardInput: ends[0])
    close(ends[0])
    guard error == 0 else {
      close(ends[1])
      return .notStarted(String(cString: strerror(error)))
    }
    state.withLock { state in
      state.child = pid
      if state.isTerminated { terminate(pid) }
    }
    Self.write(input, to: ends[1])
    close(ends[1])
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    state.withLock { $0.child = nil }
    return Self.end(status)
  }

  private static func end(_ status: Int32) -> Outlets.CommandEnd {
    let (signal, code) = (Int(status & 0x7F), Int(status >> 8 & 0xFF))
    if signal != 0 { return .killed(signal: signal) }
    // A shell tells so of a program that a signal ended.
    return (129...160).contains(code) ? .killed(signal: code - 128) : .exited(code)
  }

  /// A command that has read enough ends, and that is no error.
  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Starts `/bin/sh -c`, with the signals as they are by default: those that this process ignores would stay ignored.
  private func spawn(_ pid: inout pid_t, _ command: String, standardInput: Int32) -> Int32 {
    #if canImport(Darwin)
      var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
    #else
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, standardInput, STDIN_FILENO)
    var (signals, none) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&signals)
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGXFSZ, SIGWINCH] {
      sigaddset(&signals, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setsigmask(&attributes, &none)
    var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    if hasOwnGroup {
      flags |= POSIX_SPAWN_SETPGROUP
      posix_spawnattr_setpgroup(&attributes, 0)
    }
    posix_spawnattr_setflags(&attributes, Int16(flags))
    // The shell stays until its programs have ended: a Ctrl-C is theirs, and some, as a pager, live on.
    let words = ["sh", "-c", "trap : INT QUIT\n" + command]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    defer { arguments.forEach { free($0) } }
    return posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments + [nil], environ)
  }
}
