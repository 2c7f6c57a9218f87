import ArgumentParser
import Foundation
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// The root command: the prompt, or standard input as a script.
@main
struct Wh: AsyncParsableCommand {
  /// What it does without a subcommand.
  static let introduction = """
    Without a subcommand, `wh` starts a prompt on a terminal; otherwise it runs standard input as a script. Type `help` \
    at the prompt for a list of statements.
    """

  static let configuration = CommandConfiguration(
    commandName: "wh",
    abstract: "View, change and migrate webhooks safely.",
    discussion: """
      \(introduction)

      Exit codes: 0 success; 1 something failed; 10 `plan --exit-code` found changes; 64 usage error; 65 script error, nothing \
      sent; 66 cannot read or write a file; 69 cannot reach the API; 73 journal locked or unusable; 75 stopped part-way, \
      `wh resume` finishes it; 77 no key, or key refused; 130 killed by a second Ctrl-C.
      """,
    version: Version.text, subcommands: Subcommands.all)

  @Option(
    name: .customShort("c"),
    help: ArgumentHelp(
      "Run these statements; repeatable, all in one session.", valueName: "statements"))
  var statements: [String] = []

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

  static func main() async {
    // Before anything takes a descriptor or starts a thread.
    // Swift reads them from there; without it, any command line would seem to be `wh` alone.
    if CommandLine.arguments.isEmpty {
      Foundation.exit(ExitStatus.fail("the command line can't be read: mount /proc").rawValue)
    }
    if let problem = ThisProcess.limits.problem { Foundation.exit(ExitStatus.fail(problem.message).rawValue) }
    StandardStreams.reserve()
    Signals.prepare()
    ProcessMemory.prepare()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      let placed = PlacedArguments(arguments, of: Self.self)
      try CommandLineHints.check(placed)
      var command = try placed.command.isEmpty ? parseAsRoot(arguments) : Subcommands.parseAsRoot(placed.arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(after: error)
    }
  }

  /// Ends with what is wrong with the command line. It may quote an argument, which may hold anything.
  private static func end(after error: any Error) -> Never {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    if code == .success {
      let console = Console.standard(.auto, Redactor())
      console.print(message + "\n")
      if (try? ExitStatus.exit(ifUnwritten: console)) == nil { Foundation.exit(ExitStatus.somethingFailed.rawValue) }
    } else if !message.isEmpty {
      Console.standard(.auto, Redactor()).printError(Printable.escapedLines(message) + "\n")
    }
    Foundation.exit(code.rawValue)
  }

  func run() async throws {
    let session = SessionArguments(variables, connection, requests, share, screen, permission, deletions, time, lock)
    if !statements.isEmpty {
      try await BatchRun(session, reports, recording, .live)
        .run(statements.map { Script(name: "-c", text: $0) })
    } else if ThisProcess.terminal.isInteractive {
      if connection.profiles.count > 1 {
        throw ValidationError("The prompt works with one profile; give --profile once.")
      }
      if time.timeLimit != nil { throw ValidationError("--stop-after is for scripts; the prompt does not take it.") }
      try await PromptRun(session, reports, recording).run()
    } else {
      // Without the note it would seem to hang.
      if ThisProcess.terminal.isInputTerminal, session.verbosity != .quiet {
        Console.standard(session.color, Redactor()).printError(
          "note: standard output is not a terminal, so there is no prompt: type a script and end it with Ctrl-D\n")
      }
      try await BatchRun(session, reports, recording, .live).run([.standardInput])
    }
  }
}

/// The subcommands alone. Under the root command they would be handed its options, and theirs that they lack would be dropped.
struct Subcommands: ParsableCommand {
  static let all: [any ParsableCommand.Type] = [
    Run.self, PlanCommand.self, ApplyCommand.self, Check.self, FormatCommand.self, Resume.self, ReplayCommand.self,
    Migrate.self,
    Runs.self, SandboxCommand.self, ProfileCommand.self, DoctorCommand.self, CompletionCommand.self,
    CompleteCommand.self, Reference.self,
  ]

  static let configuration = CommandConfiguration(commandName: "wh", version: Version.text, subcommands: all)
}
