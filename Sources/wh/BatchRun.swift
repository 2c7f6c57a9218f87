import ArgumentParser
import WhDomain
import WhSession
import WhShell
import WhSyntax

/// Runs scripts from the command line to an exit code.
struct BatchRun {
  private let arguments: SessionArguments
  private let reports: ReportArguments?
  private let mode: Session.Mode

  init(_ arguments: SessionArguments, _ reports: ReportArguments?, _ mode: Session.Mode) {
    self.arguments = arguments
    self.reports = reports
    self.mode = mode
  }

  func run(_ scripts: [Script], exitCodeTellsChanges: Bool = false) async throws {
    let sources = try Script.sources(scripts, SystemTerminal.console(arguments.color, Redactor()))
    try reports?.check()
    let runtime = Runtime(arguments, mode: mode, isInteractive: false, script: ScriptIdentity(sources))
    let work = { try await run(sources, runtime, exitCodeTellsChanges: exitCodeTellsChanges) }
    guard let reports else { return try await work() }
    try await reports.reporting(mode == .plan ? "plan" : "run", scripts.map(\.name), runtime, work)
  }

  private func run(_ sources: [Source], _ runtime: Runtime, exitCodeTellsChanges: Bool) async throws {
    let signals = runtime.listenForSignals()
    defer { withExtendedLifetime(signals) {} }
    let mode = mode
    let (result, plan) = await runtime.interruption.guarding {
      if let notice = await runtime.session.unfinishedNotice() { await runtime.display.show(.note(notice)) }
      let batch = Batch(session: runtime.session, display: runtime.display, binder: runtime.binder)
      let result = await batch.run(sources)
      guard mode == .plan, result.failure == nil || result.failure == .failed else { return (result, Plan()) }
      let plan = await runtime.session.plannedChanges()
      let reads = await runtime.session.requestCount()
      let seconds = await runtime.session.seconds(for: plan.changes.count)
      await runtime.display.show(PlanSummary(plan: plan, reads: reads, seconds: seconds))
      return (result, plan)
    }
    await runtime.session.close()
    try ExitStatus.exit(after: result, runtime.console)
    if exitCodeTellsChanges, !plan.isEmpty { throw ExitStatus.changesPlanned }
  }
}
