import WhDomain
import WhSyntax

/// `refresh`: reads the selection anew.
struct Refresh: Command {
  static let grammar = Grammar("refresh")
  static let help = Help(
    .looking, "Read the chosen webhooks anew; staged edits are done again on what is found.",
    examples: [Example("refresh")])

  init(_ arguments: Arguments) {}

  func run(in session: isolated Session) async throws(Failure) -> Reply {
    let gone = try await session.refresh()
    let count = session.workspace.chosen?.count ?? 0
    let notes = gone.map {
      Output.note("webhook \($0.webhook) is gone: it is not chosen any more, its edits are dropped")
    }
    return Reply(notes + [.confirmation("read \(count) \(count == 1 ? "webhook" : "webhooks") anew")])
  }
}
