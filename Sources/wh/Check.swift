import ArgumentParser
import WhSession
import WhShell
import WhSyntax

/// `wh check FILE…`
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check scripts and print all errors, without network access.")

  @Argument(help: ArgumentHelp("The scripts; `-` is standard input.", valueName: "file"))
  var files: [String]

  @OptionGroup var options: SessionArguments

  func run() async throws {
    let runtime = Runtime(options, mode: .plan, isInteractive: false)
    let sources = Script.readable(files.map { Script(name: $0) }, runtime.console)
    let unreadable: Failure.Kind? = sources.count < files.count ? .unreadableFile : nil
    let failure = await runtime.runner.read(sources).failure
    let worst = [unreadable, failure].compactMap(\.self).max()
    try ExitStatus.exit(after: RunnerResult(failure: worst), runtime.console)
  }
}
