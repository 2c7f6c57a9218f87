import WhDomain
import WhSyntax

/// `status`: summarises the selection and the staged changes.
struct Status: PrintCommand {
  static let grammar = Grammar.printing("status")
  static let help = Help(
    .committing, "Summarise the selection and the staged changes.",
    examples: [Example("add event MESSAGE_SENT; status")])

  init(_ arguments: Arguments) {}

  func run(in context: LookContext) async -> Reply {
    let view = context.view
    let plan = view.plan
    return [
      .status(
        Output.StatusReport(
          plan: plan, unchanged: plan.unchanged,
          chosenApps: view.draft.apps?.count, chosenWebhooks: view.draft.webhooks?.count,
          origins: view.draft.origins))
    ]
  }
}
