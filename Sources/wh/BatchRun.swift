import ArgumentParser
import Synchronization
import WhDomain
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// Runs scripts from the command line to an exit code: in one session, or in one for each profile at the same time.
struct BatchRun {
  /// Keeps the sessions until the process ends, so that no time is spent on freeing what they hold piece by piece.
  private static let groups = Mutex<[SessionGroup]>([])

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

  /// - Parameters:
  ///   - exitCodeTellsChanges: true where changes of a plan have an exit code of their own.
  ///   - planFile: where the plan is to be kept; nil where it is not.
  func run(_ scripts: [Script], exitCodeTellsChanges: Bool = false, planFile: PlanFileOption? = nil) async throws {
    if arguments.server.profiles.count > 1 {
      if transcript?.transcript != nil {
        throw ValidationError("--transcript records one session; give --profile once.")
      }
      if planFile?.out != nil { throw ValidationError("--out keeps the plan of one profile; give --profile once.") }
    }
    let (sources, problems) = Script.read(scripts)
    let values = await VariableValues(reading: arguments.variables)
    let group = SessionGroup(arguments, values, reports, mode: mode, script: ScriptIdentity(sources))
    Self.groups.withLock { $0.append(group) }
    try await reports?.check(against: scripts.map(\.name), group.first)
    let limit = TimeLimit(arguments.timeLimit)
    let work: () async -> [ExitCode] = {
      let signals = group.interruption.listenForSignals()
      defer { withExtendedLifetime(signals) {} }
      return await group.interruption.guarding(within: limit) {
        let start = await ExitStatus.of {
          try await group.checkStart()
          for problem in problems { await group.first.runner.show(.diagnostic(problem)) }
          guard problems.isEmpty else { throw ExitStatus.unreadableFile }
          try await transcript?.begin(group.first)
        }
        if start != .success { return [start] }
        return await group.run(sources, exitCodeTellsChanges: exitCodeTellsChanges) { runtime, read in
          try await planFile?.write(read, values, runtime)
        }
      }
    }
    if let reports {
      try await reports.reporting(mode == .plan ? "plan" : "run", scripts.map(\.name), sources, group.runtimes, work)
    } else {
      try ExitStatus.exit(after: await work())
    }
  }
}
