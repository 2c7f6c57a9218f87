#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `/bin/sh -c`, started without Foundation's `Process`, which on Linux reads past the end of a folder's entries and may
/// crash there.
package struct Shell: Sendable {
  private let environment: Environment

  package init(_ environment: Environment) {
    self.environment = environment
  }

  /// Starts a command with the signals as they are by default: those that this process ignores would stay ignored.
  ///
  /// - Parameters:
  ///   - input: its standard input; nil for that of this process.
  ///   - output: its standard output; nil for that of this process.
  ///   - hasOwnGroup: true for a process group of its own.
  /// - Returns: 0, or the system's error.
  func start(
    _ pid: inout pid_t, _ command: String, input: Int32? = nil, output: Int32? = nil, hasOwnGroup: Bool = false
  ) -> Int32 {
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
    if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
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
    let words = ["sh", "-c", command]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    let variables = environment.entries.map(Self.copy)
    defer { (arguments + variables).forEach { free($0) } }
    return posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments + [nil], variables + [nil])
  }

  private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
    (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { $0.baseAddress.flatMap { strdup($0) } }
  }

  /// Waits for a command's end; gives the status of `waitpid`.
  static func wait(for pid: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
