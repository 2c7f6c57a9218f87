import WhDomain
import WhSyntax

/// `undo [RUN]`: stages edits that revert a run.
package struct Undo: StageCommand {
  package static let grammar = Grammar("undo", .optional([.slot("run", .run)]))
  package static let help = Help(
    .committing, "Stage edits that revert a run; without a number, the newest run.",
    details: [
      "Only the fields that the run changed are reverted. A field changed by others since is a conflict and is left unchanged.",
      "An undo is a run too and can be undone. `show runs` lists the runs.",
    ],
    examples: [
      Example("undo; diff; commit", setup: Example.demoSelection + "; set url https://example.com/undo; commit")
    ])

  let run: Int?

  package init(_ arguments: Arguments) throws(Diagnostic) {
    guard let word = arguments.words("run").first else {
      run = nil
      return
    }
    let text = try arguments.text(of: word)
    guard let number = Int(text), number > 0 else {
      throw .invalid(.invalidRun, "run number", text, InvalidValue("must be a positive number"), word.span)
    }
    run = number
  }

  package func run(in context: StageContext) async throws(Failure) -> Reply {
    guard context.look.view.plan.isEmpty else { throw context.look.failure(.editsAreStaged(context.look.span)) }
    let (number, notes) = try await context.stageUndo(of: run)
    let count = context.look.view.draft.changeCount
    return Reply(
      notes.map { .note($0) } + [
        .confirmation("staged the undo of run \(number): \(count.counting("change")) to commit")
      ])
  }
}
