import WhAPI
import WhDomain
import WhSyntax

/// `show requests`: prints what is staged as curl commands.
struct ShowRequests: PrintCommand {
  static let grammar = Grammar.printing("show", "requests")
  static let help = Help(
    .looking, "Print the requests that `commit` would send, as curl commands.",
    details: [
      "The key is written as `${WH_API_KEY:?}`, a secret header as `${WH_HEADER_NAME:?}`: the shell refuses to run a "
        + "command whose variables are not set."
    ],
    examples: [Example("add event MESSAGE_SENT; show requests")])

  init(_ arguments: Arguments) {}

  func run(in context: LookContext) async throws(Failure) -> Reply {
    let plan = context.view.plan
    if plan.isEmpty { return [.note("nothing staged")] }
    return [.requests(try await commands(for: plan, context))]
  }

  /// The shell commands that would make the changes of a plan.
  @SessionActor private func commands(for plan: Plan, _ context: LookContext) async throws(Failure) -> [String] {
    let connection = try await context.connected().connection
    let redactor = context.redactor
    var curl = CurlCommands(
      for: connection.client.keyKind, at: connection.baseURL, secretRanges: { redactor.maskedRanges(ofValue: $0) })
    var commands: [String] = []
    for change in plan.changes {
      do {
        commands.append(try curl.command(for: change.operation()))
      } catch {
        throw context.failure(Diagnostic(.editRefused, error.description, at: context.span))
      }
    }
    return commands
  }
}
