import ArgumentParser
import Foundation
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// The root command: the prompt, or standard input as a script.
@main
struct Wh: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wh",
    abstract: "Look at webhooks, change them safely, and move them all.",
    discussion: """
      Without a subcommand `wh` is a prompt on a terminal; else it runs standard input as a script. Inside, `help` lists \
      the statements.

      Exit codes: 0 all done; 1 something failed; 10 `plan --exit-code` found changes; 64 wrong command line; 65 the \
      script has errors and nothing was sent; 66 a file can't be read; 69 the API can't be reached; 73 the journal is locked \
      or can't be used; 75 stopped part-way; 77 no key, or it was refused; 130 ended at once.
      """,
    version: Version.text,
    subcommands: [
      Run.self, PlanCommand.self, Check.self, FormatCommand.self, Resume.self, ReplayCommand.self, Migrate.self,
      Runs.self,
      SandboxCommand.self,
      ProfileCommand.self,
      Reference.self,
    ])

  @Option(
    name: .customShort("c"),
    help: ArgumentHelp(
      "Run these statements. May be given several times; all run in one session.", valueName: "statements"))
  var statements: [String] = []

  @OptionGroup var options: SessionArguments

  @OptionGroup var reports: ReportArguments

  @OptionGroup var recording: TranscriptArgument

  static func main() async {
    StandardStreams.reserve()
    Signals.prepare()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try CommandLineHints.check(arguments, subcommands: Self.names)
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(after: error)
    }
  }

  private static var names: Set<String> {
    Set(configuration.subcommands.map { $0.configuration.commandName ?? String(describing: $0).lowercased() })
  }

  /// Ends with what is wrong with the command line. It may quote an argument, which may hold anything.
  private static func end(after error: any Error) -> Never {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    if code == .success {
      Console.standard(.auto, Redactor()).print(message + "\n")
    } else if !message.isEmpty {
      Console.standard(.auto, Redactor()).printError(Printable.escapedLines(message) + "\n")
    }
    Foundation.exit(code.rawValue)
  }

  func run() async throws {
    if !statements.isEmpty {
      try await BatchRun(options, reports, recording, .live).run(statements.map { Script(name: "-c", text: $0) })
    } else if ThisProcess.terminal.isInteractive {
      try await PromptRun(options, reports, recording).run()
    } else {
      try await BatchRun(options, reports, recording, .live).run([.standardInput])
    }
  }
}
