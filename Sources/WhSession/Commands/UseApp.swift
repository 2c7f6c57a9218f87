import WhDomain
import WhSyntax

/// `use app SELECTION`: chooses the apps that the statements below work on.
package struct UseApp: Command {
  package static let grammar = Grammar("use", "app", .selection(.app))
  package static let help = Help(
    .choosing, "Choose the apps that the statements below work on.",
    details: [
      "SELECTION is `*`, ids, slugs or globs, `from \"FILE\"` with one name a line, or `where PREDICATE` over "
        + "id, slug, name, status, created and updated. The choice of webhooks is dropped.",
      "With an app key there is one app, chosen from the start.",
    ],
    examples: [
      Example("use app my-app", setup: ""),
      Example("use app prod-*, my-app", setup: ""),
      Example("use app where status = active and not slug ~ staging-*", setup: ""),
    ])

  let argument: SelectionArgument

  package init(_ arguments: Arguments) throws(Diagnostic) {
    argument = try arguments.selection(.app)
  }

  package func run(in session: isolated Session) async throws(Failure) -> Reply {
    let apps = try await session.findApps(argument)
    let before = (session.workspace.chosenApps, session.workspace.chosen)
    session.workspace.chosenApps = apps
    session.workspace.chosen = nil
    if apps.isEmpty { return [.note("no app fits: the selection is empty")] }
    do throws(Failure) {
      let guess = try await session.nameTakenForID(argument).map { Output.note(Self.guessed($0)) }
      return try await Reply([guess, .confirmation(session.describeChosenApps())].compactMap(\.self))
    } catch {
      (session.workspace.chosenApps, session.workspace.chosen) = before
      throw error
    }
  }

  private static func guessed(_ name: String) -> String { "this API does not list apps: `\(name)` is taken for an id" }
}
