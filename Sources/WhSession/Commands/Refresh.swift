import WhDomain
import WhSyntax

/// `refresh`: reads the selection again.
struct Refresh: ChooseCommand {
  static let grammar = Grammar("refresh")
  static let help = Help(
    .looking, "Read the selected webhooks again and reapply the staged edits.",
    examples: [Example("refresh")])

  var foreseen: Foreseen { .forgets }

  init(_ arguments: Arguments) {}

  func run(in context: ChooseContext) async throws(Failure) -> Reply {
    let gone = try await context.refresh()
    let count = context.look.view.draft.webhooks?.count ?? 0
    let notes = gone.map {
      Output.note("webhook \($0.webhook) no longer exists: deselected, staged edits discarded")
    }
    return Reply(notes + [.confirmation("read \(count.counting("webhook")) again")])
  }
}
