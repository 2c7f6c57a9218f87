import WhDomain
import WhSyntax

/// `webhook SELECTION [EDIT]`: chooses webhooks in the chosen apps, and may edit them at once.
package struct ChooseWebhooks: Command {
  package static let grammar = Grammar("webhook", .selection(.webhook), .optional([.edit]))
  package static let help = Help(
    .choosing, "Choose webhooks in the chosen apps, and edit them at once if an edit follows.",
    details: [
      "SELECTION is `*`, ids or globs, `from \"FILE\"` with one id a line, or `where PREDICATE` over url, id, event, "
        + "header, created and updated, and the app's slug, name and status.",
      "The choice is made once: what is edited later does not change who is in it.",
    ],
    examples: [
      Example(
        "webhook a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 set url https://example.com/webhook", setup: "use app my-app"),
      Example("webhook where event MESSAGE_SENT and url ~ https://old.example.com/*", setup: "use app *"),
      Example("webhook * add event MESSAGE_SENT", setup: "use app my-app"),
    ])

  let argument: SelectionArgument
  let edit: (any EditCommand)?

  package init(_ arguments: Arguments) throws(Diagnostic) {
    argument = try arguments.selection(.webhook)
    edit = try arguments.edit()
  }

  /// The choice alone.
  package var withoutEdit: ChooseWebhooks { ChooseWebhooks(argument: argument, edit: nil) }

  private init(argument: SelectionArgument, edit: (any EditCommand)?) {
    self.argument = argument
    self.edit = edit
  }

  package func run(in session: isolated Session) async throws(Failure) -> Reply {
    let before = session.workspace.chosen
    session.workspace.chosen = try await session.findWebhooks(argument)
    guard let edit else { return session.describeChosenWebhooks() }
    do throws(Failure) {
      let reply = try await session.stage(edit.edit)
      return Reply(session.describeChosenWebhooks().outputs + reply.outputs)
    } catch {
      session.workspace.chosen = before
      throw error
    }
  }
}
