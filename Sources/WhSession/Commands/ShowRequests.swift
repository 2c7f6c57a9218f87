import WhDomain
import WhSyntax

/// `show requests`: prints what is staged as curl commands.
struct ShowRequests: Command {
  static let grammar = Grammar.printing("show", "requests")
  static let help = Help(
    .looking, "Print the requests that `commit` would send, as curl commands.",
    details: ["The key stands there as `$WH_API_KEY`; secret header values are hidden."],
    examples: [Example("add event MESSAGE_SENT; show requests")])

  init(_ arguments: Arguments) {}

  func run(in session: isolated Session) async throws(Failure) -> Reply {
    let plan = session.workspace.plan
    if plan.isEmpty { return [.note("nothing is staged")] }
    return [.requests(try await session.curlCommands(for: plan))]
  }
}
