import ArgumentParser
import WhSession
import WhShell
import WhSyntax

/// `wh check FILE…`
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check scripts and print all errors, without network access.")

  @Argument(help: ArgumentHelp("The scripts; `-` is standard input.", valueName: "file"))
  var files: [String]

  @OptionGroup var variables: VariableOptions
  @OptionGroup var output: OutputOption
  @OptionGroup var colour: ColourOption
  @OptionGroup var less: QuietOption
  @OptionGroup var reports: ReportArguments

  func run() async throws {
    let arguments = SessionArguments(variables, output, colour, less)
    let runtime = Runtime(
      arguments, await VariableValues(reading: arguments.variables), SharedProcess(report: reports.sink), mode: .plan,
      isInteractive: false)
    try await reports.check(against: files, runtime)
    let (sources, problems) = Script.read(files.map { Script(name: $0) })
    try await reports.reporting("check", files, sources, runtime) { try await check(sources, problems, runtime) }
  }

  private func check(_ sources: [Source], _ problems: [Diagnostic], _ runtime: Runtime) async throws {
    try await runtime.checkOfflineStart()
    for problem in problems { await runtime.runner.show(.diagnostic(problem)) }
    let unreadable: Failure.Kind? = problems.isEmpty ? nil : .unreadableFile
    let failure = await runtime.runner.check(sources)
    let worst = [unreadable, failure].compactMap(\.self).max()
    try ExitStatus.exit(after: RunnerResult(failure: worst), runtime.console)
  }
}
