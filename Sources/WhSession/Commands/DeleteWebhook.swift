import WhDomain
import WhSyntax

/// `delete webhook`: stages the deletion of the selection.
package struct DeleteWebhook: StageCommand {
  package static let grammar = Grammar("delete", "webhook")
  package static let help = Help(
    .editing, "Stage the deletion of the selected webhooks.",
    details: ["A commit with deletions asks for confirmation on a terminal and needs `--yes` in scripts."],
    examples: [
      Example("webhook where url ~ https://old.example.com/*; delete webhook; rollback", setup: "use app my-app")
    ])

  package init(_ arguments: Arguments) {}

  package func run(in context: StageContext) async throws(Failure) -> Reply {
    let chosen = try context.look.selectedWebhooks()
    guard !chosen.isEmpty else { return [.note("no webhooks selected: nothing staged")] }
    try await context.look.require(chosen)
    context.stageDeletion(of: chosen)
    return [.confirmation("staged the deletion of \(chosen.count.counting("webhook"))")]
  }
}
