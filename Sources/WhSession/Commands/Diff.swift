import WhDomain
import WhSyntax

/// `diff`: prints each staged change as before and after.
struct Diff: PrintCommand {
  static let grammar = Grammar.printing("diff")
  static let help = Help(
    .committing, "Print what is staged, as before and after of each webhook.",
    examples: [Example("add event MESSAGE_SENT; diff")])

  init(_ arguments: Arguments) {}

  func run(in context: LookContext) async -> Reply {
    let plan = context.view.plan
    return plan.isEmpty ? [.note("nothing staged")] : [.diff(plan)]
  }
}
