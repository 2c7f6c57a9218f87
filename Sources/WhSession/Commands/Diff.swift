import WhDomain
import WhSyntax

/// `diff`: prints each staged change as before and after.
struct Diff: PrintCommand {
  static let grammar = Grammar.printing("diff")
  static let help = Help(
    .committing, "Print the staged changes, with each webhook before and after.",
    examples: [Example("add event MESSAGE_SENT; diff")])

  init(_ arguments: Arguments) {}

  func run(in context: LookContext) async -> Reply {
    let plan = context.view.plan
    return plan.isEmpty ? [.note("nothing staged")] : [.diff(plan)]
  }
}
