import ArgumentParser
import WhSession
import WhShell
import WhSystem

/// `wh resume [RUN]`
struct Resume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Finish a run that was stopped part-way.",
    discussion: """
      Webhooks with an unknown outcome are read first. If the change was applied, nothing is sent; if not, it is sent; \
      if the webhook was changed by others, it is a conflict. A resume can itself be stopped and resumed.
      """)

  @Argument(help: ArgumentHelp("The run number; default: the unfinished runs, oldest first.", valueName: "run"))
  var run: RunArgument?

  @OptionGroup var connection: ConnectionOptions<OneProfile>
  @OptionGroup var requests: RequestOptions
  @OptionGroup var screen: ScreenOptions
  @OptionGroup var time: TimeLimitOption
  @OptionGroup var lock: LockOption
  @OptionGroup var reports: ReportArguments

  func run() async throws {
    let arguments = SessionArguments(connection, requests, screen, time, lock)
    let runtime = Runtime(
      arguments, .none, SharedProcess(report: reports.sink), mode: .live, isInteractive: false,
      script: ScriptIdentity(name: "resume", sha256: ""))
    try await reports.check(runtime)
    let number = try await run?.number(runtime)
    try await reports.reporting("resume", number.map { [String($0)] } ?? [], [], runtime) {
      try await resume(number, runtime, TimeLimit(arguments.timeLimit))
    }
  }

  private func resume(_ number: Int?, _ runtime: Runtime, _ limit: TimeLimit?) async throws {
    try await runtime.checkStart()
    let signals = runtime.listenForSignals()
    defer { withExtendedLifetime(signals) {} }
    let result = await runtime.interruption.guarding(within: limit) {
      let session = runtime.session
      return await runtime.runner.perform { () async throws(Failure) in try await session.resume(number) }
    }
    try ExitStatus.exit(after: RunnerResult(failure: result), runtime.console)
  }
}
