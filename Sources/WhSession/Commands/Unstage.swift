import WhDomain
import WhSyntax

/// `unstage`: drops what is staged on the selected webhooks.
struct Unstage: StageCommand {
  static let grammar = Grammar("unstage")
  static let help = Help(
    .committing, "Discard the staged changes of the selected webhooks.",
    examples: [Example("add event MESSAGE_SENT; webhook where url ~ */status; unstage; status")])

  init(_ arguments: Arguments) {}

  func run(in context: StageContext) async throws(Failure) -> Reply {
    let count = context.unstage(try context.look.selectedWebhooks())
    let webhooks = count.counting("webhook")
    return [.confirmation(count == 0 ? "nothing staged on the selection" : "discarded the edits of \(webhooks)")]
  }
}
