import WhDomain
import WhSyntax

/// `show apps`: lists the apps of the organisation.
struct ShowApps: PrintCommand {
  static let grammar = Grammar.listing("show", "apps")
  static let help = Help(
    .looking, "List the apps of the organisation.", examples: [Example("show apps", setup: "")])

  init(_ arguments: Arguments) {}

  func run(in context: LookContext) async throws(Failure) -> Reply {
    let chosen = Set((context.view.draft.apps ?? []).map(\.id))
    let rows = try await context.apps().map { Output.AppRow(app: $0, isChosen: chosen.contains($0.id)) }
    return Reply(
      [.apps(rows)], warnings: [.unreadableApps(context.view.holdings, context.span)].compactMap(\.self))
  }
}
