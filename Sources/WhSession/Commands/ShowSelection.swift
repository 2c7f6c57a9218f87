import WhDomain
import WhSyntax

/// `show`: prints what is chosen.
struct ShowSelection: Command {
  static let grammar = Grammar.printing("show")
  static let help = Help(
    .looking, "Print what is chosen, with the staged edits in it.",
    examples: [Example("show")])

  init(_ arguments: Arguments) {}

  func run(in session: isolated Session) async throws(Failure) -> Reply {
    if let chosen = session.workspace.chosen {
      try await session.requireViews(of: chosen)
      return [.webhooks(session.rows(chosen), isDetailed: true)]
    }
    let apps = try await session.requireApps()
    return [.apps(apps.map { Output.AppRow(app: session.workspace.app($0.id), isChosen: true) })]
  }
}
