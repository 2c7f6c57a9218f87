import CSpawn

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `/bin/sh -c`, started without Foundation's `Process`, which on Linux reads past the end of a folder's entries and may
/// crash there.
///
/// A command has the standard streams and no other descriptor of this process, and no `WH_API_KEY` in its environment.
package struct Shell: Sendable {
  /// The standard input of a command.
  enum Input {
    case inherited
    case nothing
    case descriptor(Int32)
  }

  private let environment: Environment

  package init(_ environment: Environment) {
    self.environment = environment
  }

  /// Starts a command with the signals as they are by default: those that this process ignores would stay ignored.
  ///
  /// - Parameters:
  ///   - output: its standard output; nil for that of this process.
  ///   - hasOwnGroup: true for a process group of its own.
  /// - Throws: `SystemError`.
  func start(
    _ command: String, input: Input = .inherited, output: Int32? = nil, hasOwnGroup: Bool = false
  ) throws(SystemError) -> ChildProcess {
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
    switch input {
    case .inherited: break
    case .nothing: posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    case .descriptor(let number): posix_spawn_file_actions_adddup2(&actions, number, STDIN_FILENO)
    }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    var flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    var (signals, none) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&signals)
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGXFSZ, SIGWINCH] {
      sigaddset(&signals, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setsigmask(&attributes, &none)
    if hasOwnGroup {
      flags |= POSIX_SPAWN_SETPGROUP
      posix_spawnattr_setpgroup(&attributes, 0)
    }
    posix_spawnattr_setflags(&attributes, Int16(flags))
    let refused = cspawn_close_others(&actions, &attributes)
    guard refused == 0 else { throw SystemError(number: refused) }
    let arguments = ["sh", "-c", command].map { Self.copy(Array($0.utf8)) }
    let variables = environment.entriesForChildren.map(Self.copy)
    defer { (arguments + variables).forEach { free($0) } }
    var processID: pid_t = 0
    let error = posix_spawn(&processID, "/bin/sh", &actions, &attributes, arguments + [nil], variables + [nil])
    guard error == 0 else { throw SystemError(number: error) }
    return ChildProcess(processID, hasOwnGroup: hasOwnGroup)
  }

  private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar>? {
    (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { $0.baseAddress.flatMap { strdup($0) } }
  }
}
