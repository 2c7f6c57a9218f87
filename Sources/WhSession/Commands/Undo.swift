import WhDomain
import WhSyntax

/// `undo [RUN] [where PREDICATE]`: stages edits that revert a run, or a part of it.
package struct Undo: StageCommand {
  package static let grammar = Grammar(
    "undo", .optional([.slot("run", .run)]), .optional(["where", .predicate(.webhook)]))
  package static let help = Help(
    .committing, "Stage edits that revert a run; without a number, the newest run.",
    details: [
      "Only the fields that the run changed are reverted. A webhook with such a field that was changed by others since is a conflict, "
        + "and none of its fields are.",
      "`where` limits it to the webhooks that match now; one that was deleted is compared as it was before. An unfinished run can "
        + "only be undone as a whole.",
      "An undo is a run too and can be undone. `show runs` lists the runs.",
    ],
    examples: [
      Example("undo; diff; commit", setup: Example.demoSelection + "; set url https://example.com/undo; commit"),
      Example("undo where slug = my-app", setup: Example.demoSelection + "; set url https://example.com/undo; commit"),
    ])

  let run: Int?
  private let part: Predicate?

  package init(_ arguments: Arguments) throws(Diagnostic) {
    part = arguments.match.predicate == nil ? nil : try arguments.predicate()
    run = try arguments.runNumber()
  }

  package func run(in context: StageContext) async throws(Failure) -> Reply {
    guard context.look.view.plan.isEmpty else { throw context.look.failure(.editsAreStaged(context.look.span)) }
    let (number, notes) = try await context.stageUndo(of: run, where: part)
    let count = context.look.view.draft.changeCount
    return Reply(
      notes.map { .note($0) } + [
        .confirmation("staged the undo of run \(number): \(count.counting("change")) to commit")
      ])
  }
}
