import ArgumentParser
import Foundation
import WhDomain
import WhJournal
import WhSession
import WhShell
import WhSyntax
import WhSystem

/// `wh runs [RUN]`, `wh runs prune`, `wh runs check`
struct Runs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the journal: the runs, or what one of them changed.",
    subcommands: [Show.self, Prune.self, Check.self], defaultSubcommand: Show.self)

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the runs, or show one with each change.")

    @Argument(help: ArgumentHelp("The run to show.", valueName: "run"))
    var run: Int?

    @OptionGroup var options: SessionArguments

    func run() async throws {
      let runtime = Runtime(options, mode: .plan, isInteractive: false)
      try await Runs.withJournal { journal in
        guard let run else {
          await runtime.display.show(.runs(try await journal?.runs() ?? []))
          return
        }
        guard let journal else { throw ExitStatus.fail("the journal has no run \(run)") }
        let found = try await journal.run(run)
        let intents = try await journal.allIntents(of: run)
        for intent in intents {
          for webhook in [intent.change.before, intent.change.after, intent.outcome?.answer].compactMap(\.self) {
            runtime.console.redactor.learn(headersOf: webhook)
          }
        }
        await runtime.display.show(.run(found, intents))
      }
    }
  }

  struct Prune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take old runs out of the journal; they can't be undone any more. An unfinished run stays.")

    @Option(name: .customLong("older-than"), help: ArgumentHelp("The age, as 90d or 12h.", valueName: "age"))
    var age: AgeArgument

    @OptionGroup var options: SessionArguments

    func run() async throws {
      let runtime = Runtime(options, mode: .plan, isInteractive: false)
      try await Runs.withJournal { journal in
        let now = Moment(secondsSince1970: Date().timeIntervalSince1970)
        let count = try await journal?.prune(olderThan: now.adding(seconds: -age.seconds), profile: nil, host: nil) ?? 0
        await runtime.display.show(.text("removed \(count) \(count == 1 ? "run" : "runs")"))
      }
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Verify the journal's file, and that each run adds up.")

    @OptionGroup var options: SessionArguments

    func run() async throws {
      let runtime = Runtime(options, mode: .plan, isInteractive: false)
      try await Runs.withJournal { journal in
        let problems = try await journal?.check() ?? []
        for problem in problems { await runtime.display.show(.text(problem.description)) }
        guard problems.isEmpty else { throw ExitStatus.somethingFailed }
        await runtime.display.show(.text("the journal is fine"))
      }
    }
  }

  /// Opens the journal, where there is one, and says what is wrong with it.
  private static func withJournal(_ work: (Journal?) async throws -> Void) async throws {
    do {
      try await work(try Journal.open(ifExists: ThisProcess.paths.journal))
    } catch let error as JournalError {
      throw ExitStatus.fail("\(error); \(error.advice)")
    }
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
