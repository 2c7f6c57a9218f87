import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// Runs scripts from the command line to an exit code.
struct BatchRun {
  private let arguments: SessionArguments
  private let reports: ReportArguments?
  private let transcript: TranscriptArgument?
  private let mode: Runtime.Mode

  init(
    _ arguments: SessionArguments, _ reports: ReportArguments?, _ transcript: TranscriptArgument?, _ mode: Runtime.Mode
  ) {
    self.transcript = transcript
    self.arguments = arguments
    self.reports = reports
    self.mode = mode
  }

  /// - Parameter planFile: where the plan is to be kept; nil where it is not.
  func run(_ scripts: [Script], exitCodeTellsChanges: Bool = false, planFile: PlanFileOption? = nil) async throws {
    let (sources, problems) = Script.read(scripts)
    let values = await VariableValues(reading: arguments.variables)
    let runtime = Runtime(
      arguments, values, mode: mode, isInteractive: false,
      script: ScriptIdentity(sources))
    try await reports?.check(against: scripts.map(\.name), runtime)
    let work = {
      try await runtime.checkStart()
      for problem in problems { await runtime.runner.show(.diagnostic(problem)) }
      guard problems.isEmpty else { throw ExitStatus.unreadableFile }
      try await transcript?.begin(runtime)
      let plan = try await run(sources, runtime)
      try await planFile?.write(sources, values, runtime)
      if exitCodeTellsChanges, !plan.isEmpty { throw ExitStatus.changesPlanned }
    }
    guard let reports else { return try await work() }
    try await reports.reporting(mode == .plan ? "plan" : "run", scripts.map(\.name), sources, runtime, work)
  }

  /// - Returns: what would be sent, where nothing is.
  private func run(_ sources: [Source], _ runtime: Runtime) async throws -> Plan {
    let signals = runtime.listenForSignals()
    defer { withExtendedLifetime(signals) {} }
    let (result, plan) = await runtime.interruption.guarding {
      if let notice = await runtime.session.unfinishedNotice() {
        await runtime.runner.show(.output(.note(notice)))
      }
      let result = await runtime.runner.run(sources)
      guard result.failure == nil || result.failure == .failed else { return (result, Plan()) }
      guard let summary = await runtime.summary else { return (result, Plan()) }
      // Where a statement failed before anything was staged, nothing is known to be as asked for.
      if result.failure == nil || !summary.plan.isEmpty { await runtime.runner.show(.summary(summary)) }
      return (result, summary.plan)
    }
    await TranscriptArgument.end(runtime)
    await runtime.session.close()
    try ExitStatus.exit(after: result, runtime.console)
    try ExitStatus.exit(ifUnrecorded: runtime.transcript)
    return plan
  }
}
