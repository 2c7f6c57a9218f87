import ArgumentParser
import WhSession

/// `wh run FILE…`
struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run scripts in one session.",
    discussion: "All scripts are checked first; if any has an error, nothing is sent.")

  @Argument(help: ArgumentHelp("The scripts; `-` is standard input.", valueName: "file"))
  var files: [String]

  @OptionGroup var variables: VariableOptions
  @OptionGroup var connection: ConnectionOptions<SeveralProfiles>
  @OptionGroup var requests: RequestOptions
  @OptionGroup var share: ShardOption
  @OptionGroup var screen: ScreenOptions
  @OptionGroup var permission: PermissionOptions
  @OptionGroup var deletions: DeletionLimit
  @OptionGroup var time: TimeLimitOption
  @OptionGroup var lock: LockOption
  @OptionGroup var reports: ReportArguments
  @OptionGroup var recording: TranscriptArgument

  func run() async throws {
    try await BatchRun(
      SessionArguments(variables, connection, requests, share, screen, permission, deletions, time, lock), reports,
      recording, .live
    ).run(files.map { Script(name: $0) })
  }
}
