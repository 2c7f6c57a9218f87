import WhDomain
import WhSyntax

/// `show apps`: lists the apps of the organisation.
struct ShowApps: Command {
  static let grammar = Grammar.printing("show", "apps")
  static let help = Help(
    .looking, "List the apps of the organisation.", examples: [Example("show apps", setup: "")])

  init(_ arguments: Arguments) {}

  func run(in session: isolated Session) async throws(Failure) -> Reply {
    let chosen = Set((session.workspace.chosenApps ?? []).map(\.id))
    return [
      .apps(try await session.allApps().map { Output.AppRow(app: $0, isChosen: chosen.contains($0.id)) })
    ]
  }
}
