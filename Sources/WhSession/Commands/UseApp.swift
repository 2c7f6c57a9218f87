import WhDomain
import WhSyntax

/// `use app SELECTION`: selects the apps that the following statements apply to.
package struct UseApp: ChooseCommand {
  package static let grammar = Grammar("use", "app", .selection(.app))
  package static let help = Help(
    .choosing, "Select the apps that the following statements apply to.",
    details: [
      "SELECTION is `*`, ids, slugs or globs, `from \"FILE\"` with one name per line, or `where PREDICATE` on "
        + "id, slug, name, status, created and updated. Clears the webhook selection.",
      "`except SELECTION` leaves apps out, and `limit N` keeps the first N. Of a CSV file the column `app.id`, `app.slug`, "
        + "`id` or `slug` is read, or else the first.",
      "With an app key there is one app, which is always selected.",
    ],
    examples: [
      Example("use app my-app", setup: ""),
      Example("use app prod-*, my-app", setup: ""),
      Example("use app where status = active and not slug ~ staging-*", setup: ""),
      Example("use app * except prod-*, my-app limit 5", setup: ""),
    ])

  package let choice: Choice? = .apps
  let argument: SelectionArgument

  package init(_ arguments: Arguments) throws(Diagnostic) {
    argument = try arguments.selection(.app)
  }

  package var foreseen: Foreseen {
    guard argument.exception == nil, argument.limit == nil else { return .apps(named: nil) }
    if case .all = argument.base.selection { return .allApps }
    return .apps(named: argument.base.selection.plainNames)
  }

  package func run(in context: ChooseContext) async throws(Failure) -> Reply {
    let (apps, guess) = try await context.selectApps(argument)
    let warnings = [argument.isPlain ? nil : unreadable(context)].compactMap(\.self)
    if apps.isEmpty { return [.note("no matching apps: no apps selected")] }
    let note = guess.map { Output.note("this API cannot list apps: using `\($0)` as an id") }
    do throws(Failure) {
      let text = try await describe(apps, context)
      return Reply([note, .confirmation(text)].compactMap(\.self), warnings: warnings)
    } catch {
      context.deselectApps()
      throw error
    }
  }

  @SessionActor private func unreadable(_ context: ChooseContext) -> Diagnostic? {
    .unreadableApps(context.look.view.holdings, context.look.span)
  }

  /// What was selected, for people: of one app also its name and how many webhooks it has.
  @SessionActor private func describe(_ apps: [App], _ context: ChooseContext) async throws(Failure) -> String {
    guard let only = apps.first, apps.count == 1 else { return "\(apps.count) apps" }
    let look = context.look
    guard context.isTalkative else { return "app \(look.view.app(only.id).title)" }
    let catalog = try await look.connected().catalog
    do throws(ReadFailure) {
      if only.slug == nil, catalog.canList != false { _ = try await catalog.apps() }
    } catch {
      // A missing list is not a reason to refuse a selection.
      guard error.isMissingOperation else { throw Failure(error, at: look.span) }
    }
    let app = look.view.app(only.id)
    let name = app.slug.map { "\($0) (\(app.id))" } ?? app.title
    do throws(ReadFailure) {
      guard catalog.canList != false else { return "app \(name)" }
      let count = try await catalog.webhooks(of: [app]).count
      return "app \(name), \(count.counting("webhook"))"
    } catch {
      guard error.isMissingOperation else { throw Failure(error, at: look.span) }
      return "app \(name)"
    }
  }
}
