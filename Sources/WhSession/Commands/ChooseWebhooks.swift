import WhDomain
import WhSyntax

/// `webhook SELECTION [EDIT]`: selects webhooks in the selected apps, and may edit them at once.
package struct ChooseWebhooks: ChooseCommand {
  package static let grammar = Grammar("webhook", .selection(.webhook), .optional([.edit]))
  package static let help = Help(
    .choosing, "Select webhooks in the selected apps, and optionally edit them.",
    details: [
      "SELECTION is `*`, ids or globs, `from \"FILE\"` with one id per line, or `where PREDICATE` on url, host, id, "
        + "event, header, created and updated, and the app's slug, name and status.",
      "`except SELECTION` leaves webhooks out, and `limit N` keeps the first N. Of a CSV file the column `webhook.id` or "
        + "`id` is read, or else the first.",
      "A selection is evaluated once: later edits do not change it.",
    ],
    examples: [
      Example(
        "webhook a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 set url https://example.com/webhook", setup: "use app my-app"),
      Example("webhook where event MESSAGE_SENT and url ~ https://old.example.com/*", setup: "use app *"),
      Example("webhook * add event MESSAGE_SENT", setup: "use app my-app"),
      Example("webhook * except where host = example.com limit 10", setup: "use app *"),
    ])

  package let choice: Choice? = .webhooks
  let argument: SelectionArgument
  let edit: (any EditCommand)?

  package init(_ arguments: Arguments) throws(Diagnostic) {
    argument = try arguments.selection(.webhook)
    edit = try arguments.edit()
  }

  private init(argument: SelectionArgument, edit: (any EditCommand)?) {
    self.argument = argument
    self.edit = edit
  }

  /// The selection alone.
  package var harmless: (any Runnable)? { ChooseWebhooks(argument: argument, edit: nil) }

  package var foreseen: Foreseen {
    argument.isPlain ? argument.base.selection.plainNames.map(Foreseen.webhooks) ?? .list : .list
  }

  package func run(in context: ChooseContext) async throws(Failure) -> Reply {
    let selected = try await context.selectWebhooks(argument)
    let warnings = [context.unreadable(argument)].compactMap(\.self)
    guard let edit else { return Reply(describe(selected, context.look.view).outputs, warnings: warnings) }
    do throws(Failure) {
      let reply = try await context.stage(edit)
      return Reply(describe(selected, context.look.view).outputs + reply.outputs, warnings: warnings + reply.warnings)
    } catch {
      // What follows must not work on a selection whose statement failed.
      context.deselectWebhooks()
      throw error
    }
  }

  private func describe(_ selected: [WebhookKey], _ view: View) -> Reply {
    guard let first = selected.first else { return [.note("no matching webhooks: no webhooks selected")] }
    if selected.count == 1 {
      let url = view.webhook(first).map { " \($0.url)" } ?? ""
      return [.confirmation("webhook \(first.webhook)\(url)")]
    }
    let apps = Set(selected.map(\.app)).count
    return [.confirmation("\(selected.count) webhooks in \(apps.counting("app"))")]
  }
}
