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
    var scope = options.scope
    var result = BatchResult(failure: sources.count < files.count ? .unreadableFile : nil)
    for source in sources {
      let script = runtime.binder.bind(source, in: scope)
      for diagnostic in script.diagnostics { await runtime.display.show(diagnostic) }
      if script.hasErrors {
        result.failure = max(result.failure ?? .failed, script.isUnreadable ? .unreadableFile : .script)
      }
      scope = script.scope
    }
    try ExitStatus.exit(after: result, runtime.console)
  }
}
