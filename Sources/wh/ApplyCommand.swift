import ArgumentParser
import WhAPI
import WhDomain
import WhJournal
import WhMigrations
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh apply PLAN`
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Do exactly what a plan says that `wh plan --out` or `wh migrate plan --out` wrote.",
    discussion: """
      A webhook that is not as it was when the plan was made is a conflict, and is not changed. A plan contains no secrets: give \
      them again with --var-env, --var-file or --var-command. The plan of another profile or server is refused, and one of \
      which a script, or one that it includes, was edited since. \
      The plan of a folder also records its scripts as applied, as `wh migrate up` does.
      """)

  @Argument(help: ArgumentHelp("The plan.", valueName: "plan"))
  var file: String

  @OptionGroup var variables: VariableOptions
  @OptionGroup var connection: ConnectionOptions<OneProfile>
  @OptionGroup var requests: RequestOptions
  @OptionGroup var screen: ScreenOptions
  @OptionGroup var permission: PermissionOptions
  @OptionGroup var time: TimeLimitOption
  @OptionGroup var lock: LockOption
  @OptionGroup var reports: ReportArguments

  func run() async throws {
    let arguments = SessionArguments(variables, connection, requests, screen, permission, time, lock)
    let values = await VariableValues(reading: arguments.variables)
    let runtime = Runtime(
      arguments, values, SharedProcess(report: reports.sink), mode: .live, isInteractive: false,
      script: ScriptIdentity(name: file, sha256: ""))
    try await reports.check(runtime)
    try await reports.reporting("apply", [file], [], runtime) {
      try await runtime.checkStart()
      let plan = try await read(runtime)
      try await refuseEditedScripts(of: plan, runtime)
      for name in plan.unused(values.values) { await runtime.runner.show(.output(.unusedVariable(name))) }
      let signals = runtime.listenForSignals()
      defer { withExtendedLifetime(signals) {} }
      let (session, name) = (runtime.session, file)
      let result = await runtime.interruption.guarding(within: TimeLimit(arguments.timeLimit)) {
        if let migration = plan.source.migration {
          return await PlannedMigrator(session: session, runner: runtime.runner).apply(
            plan, migration, named: name, variables: values.values)
        }
        return await runtime.runner.perform { () async throws(Failure) in
          try await session.apply(plan, named: name, variables: values.values)
        }
      }
      await runtime.session.close()
      try ExitStatus.exit(after: RunnerResult(failure: result), runtime.console)
    }
  }

  private func read(_ runtime: Runtime) async throws -> PlanFile {
    let bytes = try await runtime.bytes(of: file)
    do throws(PlanFileProblem) {
      return try PlanFile(file: bytes)
    } catch {
      throw await runtime.fail(.unreadableFile, "`\(file)` \(error.reason)", in: file, ExitStatus.scriptErrors)
    }
  }

  /// A script that stands where the plan found it, or where another one includes it from, must be the one that the plan was
  /// made from.
  private func refuseEditedScripts(of plan: PlanFile, _ runtime: Runtime) async throws {
    for script in plan.source.scripts {
      guard let bytes = try? Runtime.effects.readFile(script.name), ScriptHash.hash(of: bytes) != script.sha256 else {
        continue
      }
      throw await runtime.fail(
        .notAvailable, "`\(script.name)` was edited since the plan was made; nothing was sent; make the plan again",
        in: script.name, ExitStatus.scriptErrors)
    }
  }
}

/// Where a plan is kept.
struct PlanFileOption: ParsableArguments {
  @Option(name: .customLong("out"), help: ArgumentHelp("Write the plan to a file for `wh apply`.", valueName: "file"))
  var out: String?

  /// - Throws: `ValidationError` where a report would overwrite the plan.
  func check(besides reports: ReportArguments) throws {
    guard let out, reports.files.contains(where: { $0.path == out || FileInformation.isSame($0.path, out) }) else {
      return
    }
    throw ValidationError("--out and --report name the same file.")
  }

  /// Writes the plan of a session.
  ///
  /// - Parameters:
  ///   - sources: the scripts that were read, and those that they include.
  ///   - migration: what the plan of a folder stands for.
  /// - Throws: `ExitCode`; what is wrong was shown then.
  func write(
    _ sources: [Source], _ variables: VariableValues, _ runtime: Runtime, migration: PlannedMigration? = nil
  ) async throws {
    guard let out, let dryRuns = runtime.dryRuns else { return }
    let parts = dryRuns.parts().filter { !$0.plan.isEmpty }
    guard parts.count < 2, let part = parts.first ?? dryRuns.parts().first else {
      throw await runtime.fail(
        .notAvailable, parts.isEmpty ? "there is no plan to write" : "--out needs a plan of one profile", in: out)
    }
    if part.plan.changes.contains(where: { DryRun.isPlanned($0) }) {
      throw await runtime.fail(
        .notAvailable, "the script changes a webhook that it creates, and no plan can name that", in: out)
    }
    if let script = sources.first(where: { FileInformation.isSame(out, $0.name) }) {
      throw await runtime.fail(
        .fileExists, "the plan would overwrite the script `\(script.name)`", in: out, .validationFailure)
    }
    let redactor = runtime.console.redactor
    let file = PlanFile(
      part.plan,
      PlanFile.Source(
        profile: part.profile, host: part.host,
        scripts: sources.map { PlanFile.Script(name: $0.name, sha256: ScriptHash.hash(of: $0.bytes)) }.uniqued(),
        migration: migration, tool: Version.text,
        createdAt: "\(Moment(secondsSince1970: Runtime.effects.time.now().inSeconds))"),
      random: (0..<32).map { _ in UInt8.random(in: .min ... .max) },
      secrecy: PlanSecrecy(redacted: { redactor.redact(value: $0) }, variables: variables.values))
    try await runtime.write(file.text, to: out, mode: nil)
    let secrets = file.secretsToGive
    guard !secrets.isEmpty else { return }
    await runtime.runner.show(
      .output(
        .note(
          "the plan does not contain secrets: give \(secrets.prefix(5).joined(separator: ", "))"
            + (secrets.count > 5 ? " and \(secrets.count - 5) more" : "") + " again to `wh apply`")))
  }
}
