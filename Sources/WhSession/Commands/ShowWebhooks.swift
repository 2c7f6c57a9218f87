import WhSyntax

/// `show webhooks`: lists the webhooks of the selected apps.
struct ShowWebhooks: PrintCommand {
  static let grammar = Grammar.listing("show", "webhooks")
  static let help = Help(
    .looking, "List the webhooks of the selected apps, with the staged edits applied.",
    examples: [Example("show webhooks", setup: "use app my-app")])

  init(_ arguments: Arguments) {}

  var foreseen: Foreseen { .list }

  func run(in context: LookContext) async throws(Failure) -> Reply {
    let apps = try await context.selectedApps()
    let webhooks = try await context.webhooks(of: apps)
    let view = context.view
    context.noteListed(webhooks.filter { view.webhook($0) != nil })
    return Reply(
      [.webhooks(view.rows(webhooks) + view.creationRows(in: apps), isDetailed: false)],
      warnings: [.unreadable(in: apps, view.holdings, context.span)].compactMap(\.self))
  }
}
