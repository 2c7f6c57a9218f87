import WhDomain
import WhSyntax

/// `diff`: prints each staged change as before and after.
struct Diff: Command {
  static let grammar = Grammar.printing("diff")
  static let help = Help(
    .committing, "Print what is staged, as before and after of each webhook.",
    examples: [Example("add event MESSAGE_SENT; diff")])

  init(_ arguments: Arguments) {}

  func run(in session: isolated Session) async -> Reply {
    let plan = session.workspace.plan
    return plan.isEmpty ? [.note("nothing is staged")] : [.diff(plan)]
  }
}
