import WhDomain
import WhSyntax

/// `show`: prints the selection.
struct ShowSelection: PrintCommand {
  static let grammar = Grammar.printing("show")
  static let help = Help(
    .looking, "Print the selection, with the staged edits applied.",
    examples: [Example("show")])

  init(_ arguments: Arguments) {}

  func run(in context: LookContext) async throws(Failure) -> Reply {
    if let chosen = context.view.draft.webhooks {
      try await context.require(chosen)
      return [.webhooks(context.view.rows(chosen), isDetailed: true)]
    }
    let apps = try await context.selectedApps()
    return [.apps(apps.map { Output.AppRow(app: context.view.app($0.id), isChosen: true) })]
  }
}
