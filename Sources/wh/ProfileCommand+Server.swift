import ArgumentParser
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// What tells of one profile: `wh profile show` and `wh profile test`.
extension ProfileCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show what a profile resolves to, and where each value comes from.",
      discussion: "It does not connect, runs no key command, and shows no secrets.")

    @Argument(
      help: ArgumentHelp("The profile; default: WH_PROFILE, then the configured default.", valueName: "profile"))
    var name: String?

    @OptionGroup var output: OutputOption
    @OptionGroup var colour: ColourOption

    func run() async throws {
      var arguments = SessionArguments(output, colour)
      arguments.server.profiles = [name].compactMap(\.self)
      let configuration = try ProfileCommand.with(output.output) { file throws(ConfigurationProblem) in
        try file.load()
      }
      let runtime = Runtime(arguments, mode: .plan, isInteractive: false)
      try await runtime.checkServer { _ in true }
      let choice = arguments.server.choice(in: configuration)
      let settings = ProfileSettings(
        try choice.server(), namedBy: name == nil ? choice.profileSource : .option("command line"), in: configuration,
        Journals(arguments))
      let rows = settings.settings.map { [$0.name, $0.value, $0.source.description] }
      await runtime.runner.show(
        .output(.table(Output.Table(type: "setting", columns: ["setting", "value", "source"], rows: rows))))
      try ExitStatus.exit(ifUnwritten: runtime.console)
    }
  }

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Connect with a profile, test its key, and list its apps.")

    @OptionGroup var connection: ConnectionOptions<OneProfile>
    @OptionGroup var screen: ScreenOptions

    func run() async throws {
      let runtime = Runtime(SessionArguments(connection, screen), mode: .live, isInteractive: false)
      let signals = runtime.listenForSignals()
      defer { withExtendedLifetime(signals) {} }
      let code = await runtime.interruption.guarding {
        await ExitStatus.of {
          try await runtime.checkStart()
          if let notice = await runtime.session.unfinishedNotice() { await runtime.runner.show(.output(.note(notice))) }
          do throws(Failure) {
            try await runtime.session.testKey()
          } catch {
            await runtime.runner.show(.diagnostic(error.diagnostic))
            throw ExitStatus.code(for: error.kind)
          }
          let scripts = await runtime.runner.read([Source(name: "profile test", text: "show apps")])
          try ExitStatus.exit(after: await runtime.runner.runScript(scripts.statements), runtime.console)
        }
      }
      if code != .success { throw code }
    }
  }
}
