import WhDomain
import WhSyntax

/// `status`: says in short what is chosen and staged.
struct Status: Command {
  static let grammar = Grammar.printing("status")
  static let help = Help(
    .committing, "Say in short what is chosen and what is staged.",
    examples: [Example("add event MESSAGE_SENT; status")])

  init(_ arguments: Arguments) {}

  func run(in session: isolated Session) async -> Reply {
    let changes = session.workspace.changes
    return [
      .status(
        Output.StatusReport(
          plan: session.workspace.plan, unchanged: changes.count(where: \.isEmpty),
          chosenApps: session.workspace.chosenApps?.count, chosenWebhooks: session.workspace.chosen?.count,
          origins: session.workspace.stagedOrigins))
    ]
  }
}
