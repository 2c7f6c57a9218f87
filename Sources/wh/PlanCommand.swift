import ArgumentParser
import WhSession

/// `wh plan FILE…`
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Print what `run` would change, without changing anything.")

  @Argument(help: ArgumentHelp("The scripts; `-` is standard input.", valueName: "file"))
  var files: [String]

  @Flag(name: .customLong("exit-code"), help: "Exit with 10 if there are changes, 0 if not.")
  var exitCode = false

  @OptionGroup var planFile: PlanFileOption
  @OptionGroup var variables: VariableOptions
  @OptionGroup var connection: ConnectionOptions<SeveralProfiles>
  @OptionGroup var requests: RequestOptions
  @OptionGroup var share: ShardOption
  @OptionGroup var screen: ScreenOptions
  @OptionGroup var deletions: DeletionLimit
  @OptionGroup var reports: ReportArguments
  @OptionGroup var recording: TranscriptArgument

  func validate() throws { try planFile.check(besides: reports) }

  func run() async throws {
    try await BatchRun(
      SessionArguments(variables, connection, requests, share, screen, deletions), reports, recording, .plan
    ).run(files.map { Script(name: $0) }, exitCodeTellsChanges: exitCode, planFile: planFile)
  }
}
