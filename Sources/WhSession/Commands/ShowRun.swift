import WhDomain
import WhSyntax

/// `show run RUN`: prints the changes of a run.
struct ShowRun: PrintCommand {
  static let grammar = Grammar.printing("show", "run", .slot("run", .run))
  static let help = Help(
    .looking, "Print a run of this profile: when, by whom, and what became of each webhook.",
    details: ["`show runs` lists the runs."],
    examples: [Example("show run 1", setup: Example.demoSelection + "; set url https://example.com/run; commit")])

  private let run: Int

  init(_ arguments: Arguments) throws(Diagnostic) {
    run = try arguments.runNumber() ?? 0
  }

  func run(in context: LookContext) async throws(Failure) -> Reply {
    let found = try await context.run(run)
    return [.run(found.run, found.intents)]
  }
}
