import WhDomain
import WhSyntax

/// `show`: prints the selection.
struct ShowSelection: PrintCommand {
  static let grammar = Grammar.listing("show")
  static let help = Help(
    .looking, "Print the selection, with the staged edits applied.",
    details: ["`as table` prints one line for each webhook, and `as csv` the same for a spreadsheet."],
    examples: [Example("show"), Example("show as table"), Example(#"show as csv > "webhooks.csv""#)])

  private let isTable: Bool

  init(_ arguments: Arguments) {
    isTable = arguments.has("table")
  }

  func run(in context: LookContext) async throws(Failure) -> Reply {
    if let chosen = context.view.draft.webhooks {
      try await context.require(chosen)
      let view = context.view
      context.noteListed(chosen.filter { view.webhook($0) != nil })
      return [.webhooks(context.view.rows(chosen), isDetailed: !isTable)]
    }
    let apps = try await context.selectedApps()
    return [.apps(apps.map { Output.AppRow(app: context.view.app($0.id), isChosen: true) })]
  }
}
