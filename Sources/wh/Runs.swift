import ArgumentParser
import Foundation
import WhDomain
import WhJournal
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh runs [RUN]`, `wh runs abandon RUN`, `wh runs prune`, `wh runs check`; the rest is in RunsExport.swift
struct Runs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "Show and maintain the journal of runs.",
    subcommands: [Show.self, Abandon.self, Prune.self, Check.self, Export.self, Import.self],
    defaultSubcommand: Show.self)

  struct Show: AsyncParsableCommand {
    // The description that the parser gives of itself names a default only where its name is given.
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "List the runs, or show the changes of one run.")

    @Argument(help: ArgumentHelp("The run to show.", valueName: "run"))
    var run: RunArgument?

    @OptionGroup var profile: ProfileFilter
    @OptionGroup var output: OutputOption
    @OptionGroup var colour: ColourOption

    func run() async throws {
      let arguments = SessionArguments(profile, output, colour)
      let runtime = Runtime(arguments, mode: .plan, isInteractive: false)
      let run = try await run?.number(runtime)
      try await Runs.read(Journals(arguments), runtime) { journal in
        guard let run else {
          let runs = try await journal?.runs(profile: profile.name) ?? []
          return await runtime.runner.show(.output(.runs(runs)))
        }
        guard let journal else { throw await runtime.fail(.unknownRun, "the journal has no run \(run)") }
        let found = try await Runs.find(run, in: journal, profile.name, runtime)
        let intents = try await journal.allIntents(of: run)
        runtime.console.redactor.learn(secretsOf: intents)
        await runtime.runner.show(.output(.run(found, intents)))
      }
      try ExitStatus.exit(ifUnwritten: runtime.console)
    }
  }

  struct Abandon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "abandon",
      abstract: "Give up an unfinished run: it is no longer resumed and no longer blocks commits.")

    @Argument(help: ArgumentHelp("The run to abandon.", valueName: "run"))
    var run: RunArgument

    @OptionGroup var profile: ProfileFilter
    @OptionGroup var output: OutputOption

    func run() async throws {
      let arguments = SessionArguments(profile, output)
      let runtime = Runtime(arguments, mode: .plan, isInteractive: false)
      let run = try await run.number(runtime)
      try await Runs.write(Journals(arguments), runtime) { journal in
        guard let journal else { throw await runtime.fail(.unknownRun, "the journal has no run \(run)") }
        let found = try await Runs.find(run, in: journal, profile.name, runtime)
        guard found.openCount > 0 else {
          return await runtime.runner.show(.output(.text("run \(run) is finished: nothing to abandon")))
        }
        try await journal.abandon(run)
        let open = try await journal.allIntents(of: run, .open)
        await runtime.runner.show(.output(.text(Self.text(run, open))))
      }
      try ExitStatus.exit(ifUnwritten: runtime.console)
    }

    private static func text(_ run: Int, _ open: [Intent]) -> String {
      let states = Dictionary(grouping: open, by: \.state)
      let counts = Outcome.State.allCases.compactMap { state in
        states[state].map { "\($0.count) \(state.rawValue)" }
      }
      let webhooks = open.count.counting("webhook left open", "webhooks left open")
      return "abandoned run \(run): \(webhooks) (\(counts.joined(separator: ", "))); run `wh runs \(run)` for details"
    }
  }

  struct Prune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune", abstract: "Remove old finished runs from the journal. They can no longer be undone.")

    @Option(name: .customLong("older-than"), help: ArgumentHelp("Minimum age, such as 90d or 12h.", valueName: "age"))
    var age: AgeArgument

    @OptionGroup var profile: ProfileFilter
    @OptionGroup var output: OutputOption

    func run() async throws {
      let arguments = SessionArguments(profile, output)
      let runtime = Runtime(arguments, mode: .plan, isInteractive: false)
      try await Runs.write(Journals(arguments), runtime) { journal in
        let moment = Moment(secondsSince1970: Date().timeIntervalSince1970).adding(seconds: -age.seconds)
        let count = try await journal?.prune(olderThan: moment, profile: profile.name, host: nil) ?? 0
        await runtime.runner.show(.output(.text("removed \(count.counting("run"))")))
      }
      try ExitStatus.exit(ifUnwritten: runtime.console)
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check the journal for damage.")

    @OptionGroup var journal: JournalOption
    @OptionGroup var output: OutputOption

    func run() async throws {
      let arguments = SessionArguments(journal, output)
      let runtime = Runtime(arguments, mode: .plan, isInteractive: false)
      try await Runs.read(Journals(arguments), runtime) { journal in
        let problems = try await journal?.check() ?? []
        for problem in problems { await runtime.runner.show(.output(.text(problem.description))) }
        guard problems.isEmpty else { throw ExitStatus.somethingFailed }
        await runtime.runner.show(.output(.text("the journal is ok")))
      }
      try ExitStatus.exit(ifUnwritten: runtime.console)
    }
  }

  /// The run that is named, which must be of the profile that is named.
  static func find(
    _ number: Int, in journal: any RunLog, _ profile: String?, _ runtime: Runtime
  ) async throws -> WhJournal.Run {
    let run = try await journal.run(number)
    guard profile == nil || profile == run.metadata.profile else {
      throw await runtime.fail(.unknownRun, "run \(number) was made with profile \(run.metadata.profile)")
    }
    return run
  }

  /// Opens the journal for reading, where there is one.
  static func read(
    _ journals: Journals, _ runtime: Runtime, _ work: ((any RunLog)?) async throws -> Void
  ) async throws {
    try await use(runtime, { () throws(JournalError) in try await journals.location().findToRead() }, work)
  }

  /// Opens the journal for reading and writing, where there is one.
  private static func write(
    _ journals: Journals, _ runtime: Runtime, _ work: ((any RunLog)?) async throws -> Void
  ) async throws {
    try await use(runtime, { () throws(JournalError) in try await journals.location().find() }, work)
  }

  /// Does work, and says what is wrong with the journal.
  private static func use(
    _ runtime: Runtime, _ open: () async throws(JournalError) -> (any RunLog)?,
    _ work: ((any RunLog)?) async throws -> Void
  ) async throws {
    do {
      let journal = try await open()
      try await work(journal)
      await journal?.close()
    } catch let error as JournalError {
      throw await runtime.fail(error)
    }
  }
}

/// Limits a command to the runs of one profile.
struct ProfileFilter: SessionOptionGroup {
  @Option(help: ArgumentHelp("Only runs of this profile; default: of all profiles.", valueName: "name"))
  var profile: String?

  @Flag(help: "Only runs in the embedded sandbox.")
  var sandbox = false

  @Option(help: JournalOption.help)
  var journal: String?

  func validate() throws {
    try JournalOption.validate(journal)
    if sandbox, profile != nil { throw ValidationError("--sandbox and --profile cannot be combined.") }
  }

  /// The profile that the command line names, if any.
  var name: String? { sandbox ? Configuration.sandbox : profile }

  func apply(to arguments: inout SessionArguments) {
    arguments.server = ServerArguments(profiles: profile.map { [$0] } ?? [], sandbox: sandbox)
    arguments.journal.url = journal
  }
}

/// An age such as `90d`, `12h` or `30m`.
struct AgeArgument: ExpressibleByArgument {
  let seconds: Int64

  init?(argument: String) {
    let units: [Character: Int64] = ["d": 86_400, "h": 3600, "m": 60, "s": 1]
    guard let unit = argument.last.flatMap({ units[$0] }), let count = Int64(argument.dropLast()),
      (0..<1_000_000).contains(count)
    else { return nil }
    seconds = count * unit
  }
}
