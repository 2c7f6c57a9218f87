import WhDomain
import WhSyntax

/// `resume [RUN]`: finishes a run that was stopped part-way.
struct Resume: CommitCommand {
  static let grammar = Grammar("resume", .optional([.slot("run", .run)]))
  static let help = Help(
    .committing, "Finish a run that was stopped part-way, or all unfinished runs.",
    details: [
      "Without a number all unfinished runs are finished, oldest first.",
      "Webhooks with an unknown outcome are read first. If the change was applied, nothing is sent; if not, it is sent; if the "
        + "webhook was changed by others, it is a conflict.",
      "Staged edits stay, and are applied to what the webhooks are then. `show runs` lists the runs.",
    ],
    examples: [Example("resume", setup: "")])

  private let run: Int?

  init(_ arguments: Arguments) throws(Diagnostic) {
    run = try arguments.runNumber()
  }

  func run(in context: CommitContext) async throws(Failure) -> Reply {
    guard !context.look.book.isReadOnly else { return [.note("a plan does not resume runs")] }
    return try await context.resume(run, at: nil)
  }
}
