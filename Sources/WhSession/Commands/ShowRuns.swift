import WhSyntax

/// `show runs`: lists the runs of the journal.
struct ShowRuns: PrintCommand {
  static let grammar = Grammar.listing("show", "runs")
  static let help = Help(
    .looking, "List the runs of this profile, newest first.",
    details: ["`wh runs RUN` shows the changes of one run."], examples: [Example("show runs")])

  init(_ arguments: Arguments) {}

  func run(in context: LookContext) async throws(Failure) -> Reply { [.runs(try await context.runs())] }
}
