import WhDomain
import WhSyntax

/// `create webhook URL [events EVENT, …]`: stages a creation in each chosen app.
package struct CreateWebhook: StageCommand {
  package static let grammar = Grammar(
    "create", "webhook", .slot("url", .url), .optional(["events", .list("events", .event)]))
  package static let help = Help(
    .editing, "Stage the creation of a webhook in each chosen app.",
    details: ["`${app.id}`, `${app.slug}` and `${app.name}` stand for each app's own. The service gives the id."],
    examples: [
      Example("create webhook https://example.com/${app.slug} events MESSAGE_SENT, MESSAGE_CREATED; commit")
    ])

  package static let usesValues = true

  let url: Template
  let events: [String]
  let place: Span

  package init(_ arguments: Arguments) throws(Diagnostic) {
    url = try arguments.url("url")
    place = try arguments.word("url").span
    events = try arguments.events("events", isNew: true).uniqued()
    if url.placeholders.contains(.webhookID) { throw .noIDYet(place) }
  }

  package func run(in context: StageContext) async throws(Failure) -> Reply {
    let apps = try await context.look.selectedApps()
    guard !apps.isEmpty else { return [.note("no apps selected: nothing staged")] }
    let needsDetails = url.placeholders.contains { $0 == .appSlug || $0 == .appName }
    if needsDetails { _ = try await context.look.apps() }
    var changes: [Change] = []
    for app in apps.map({ context.look.view.app($0.id) }) {
      let unborn = Webhook(id: WebhookID(unchecked: ""), appID: app.id, url: "", events: [])
      do {
        let url = try url.text(for: unborn, in: app, percentEncoded: true)
        try WebhookURL.validate(url)
        changes.append(
          Change(
            app: app, webhookID: nil, action: .create(url: url, events: events, headers: Headers()),
            origins: [context.look.origin]))
      } catch {
        throw context.look.failure(.notCreatable(error, app, place))
      }
    }
    context.stage(creations: changes)
    return [.confirmation("staged \(changes.count == 1 ? "1 creation" : "\(changes.count) creations")")]
  }
}

extension Diagnostic {
  fileprivate static func noIDYet(_ span: Span) -> Diagnostic {
    Diagnostic(
      .placeholderNotAllowed, "a webhook that is to be created has no id yet", at: span,
      label: "`${webhook.id}` may stand in `set url`")
  }

  fileprivate static func notCreatable(_ problem: InvalidValue, _ app: App, _ span: Span) -> Diagnostic {
    Diagnostic(
      .editRefused, "no webhook can be created so in \(app.title)", at: span, label: "the url \(problem.reason)",
      notes: ["nothing was staged by this statement"])
  }
}
