/// The commands that print keys. Each runs once in a process, also when it fails.
package actor KeyCommands {
  private let shell: Shell
  private let clock: @Sendable () -> Duration
  private var runs: [String: Task<Result<[UInt8], KeyProblem>, Never>] = [:]

  /// - Parameter clock: the time since some moment; never goes back.
  package init(_ shell: Shell, clock: @escaping @Sendable () -> Duration) {
    self.shell = shell
    self.clock = clock
  }

  /// What a command prints.
  ///
  /// - Throws: `KeyProblem`.
  func output(of command: String, within seconds: Int) async throws(KeyProblem) -> [UInt8] {
    let run = runs[command] ?? Task { [shell, clock] in await Self.run(command, seconds, shell, clock) }
    runs[command] = run
    let result = await withTaskCancellationHandler {
      await run.value
    } onCancel: {
      run.cancel()
    }
    // It did not fail on its own, and may run again.
    if result == .failure(.interrupted), runs[command] == run { runs[command] = nil }
    return try result.get()
  }

  private static func run(
    _ command: String, _ seconds: Int, _ shell: Shell, _ clock: @escaping @Sendable () -> Duration
  ) async -> Result<[UInt8], KeyProblem> {
    let captured = CapturedCommand(
      shell, clock: clock, mostTime: .seconds(seconds), mostBytes: CapturedCommand.Secret.kibibytes << 10)
    switch await captured.run(command) {
    case .printed(let bytes): return .success(bytes)
    case .ended(let end): return .failure(.commandEnded(end))
    case .timedOut: return .failure(.commandTimedOut(seconds: seconds))
    case .printedTooMuch: return .failure(.commandPrintedTooMuch(kibibytes: CapturedCommand.Secret.kibibytes))
    case .cancelled: return .failure(.interrupted)
    }
  }
}
