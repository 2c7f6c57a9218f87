import ArgumentParser
import WhSession
import WhShell
import WhSystem

/// `wh resume [RUN]`
struct Resume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finish a run that was stopped part-way.",
    discussion: """
      Each webhook of which it is not known whether it was changed is read: one that is as asked for is done, one that is \
      as it was is sent, and any other one is a conflict. It may be stopped and begun again as often as need be.
      """)

  @Argument(help: ArgumentHelp("The run; else the newest that is not finished.", valueName: "run"))
  var run: Int?

  @OptionGroup var options: SessionArguments

  @OptionGroup var reports: ReportArguments

  func run() async throws {
    try reports.check()
    let runtime = Runtime(
      options, mode: .live, isInteractive: false, script: ScriptIdentity(name: "resume", sha256: ""))
    try await reports.reporting("resume", run.map { [String($0)] } ?? [], runtime) { try await resume(runtime) }
  }

  private func resume(_ runtime: Runtime) async throws {
    let signals = runtime.listenForSignals()
    defer { withExtendedLifetime(signals) {} }
    let number = run
    let result = await runtime.interruption.guarding {
      let session = runtime.session
      return await runtime.runner.perform { () async throws(Failure) in try await session.resume(number) }
    }
    try ExitStatus.exit(after: RunnerResult(failure: result), runtime.console)
  }
}
