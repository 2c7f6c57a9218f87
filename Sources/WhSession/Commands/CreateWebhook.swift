import WhDomain
import WhSyntax

/// `create webhook URL [events EVENT, …] [header NAME VALUE]… [unless PREDICATE]`: stages a creation in each selected app.
package struct CreateWebhook: StageCommand {
  package static let grammar = Grammar(
    "create", "webhook", .slot("url", .url), .optional(["events", .list("events", .event)]),
    .repeated(["header", .slot("header", .headerName), .slot("value", .headerValue)]),
    .optional(["unless", .predicate(.webhook)]))
  package static let help = Help(
    .editing, "Stage the creation of a webhook in each selected app.",
    details: [
      "`${app.id}`, `${app.slug}` and `${app.name}` are replaced for each app. The service assigns the id.",
      "`unless` skips apps that already have a matching webhook, so that a script can run more than once.",
    ],
    examples: [
      Example("create webhook https://example.com/${app.slug} events MESSAGE_SENT, MESSAGE_CREATED; commit"),
      Example(
        "create webhook https://example.com/in events MESSAGE_SENT header X-Team sms unless url = https://example.com/in"
      ),
    ])

  package static let usesValues = true

  private let url: Template
  private let events: [String]
  private let headers: [(name: String, value: Template)]
  private let exception: Predicate?
  private let place: Span

  package init(_ arguments: Arguments) throws(Diagnostic) {
    url = try arguments.url("url")
    place = try arguments.word("url").span
    events = try arguments.events("events").uniqued()
    if events.isEmpty { try arguments.doubt(.noEvents(place)) }
    var headers: [(name: String, value: Template)] = []
    for (nameWord, valueWord) in zip(arguments.words("header"), arguments.words("value")) {
      let name = try arguments.headerName(of: nameWord)
      let value = try arguments.headerValue(of: valueWord, ofHeader: name)
      if value.placeholders.contains(.webhookID) { throw .noIDYet(valueWord.span) }
      headers.append((name, value))
    }
    self.headers = headers
    exception = arguments.match.predicate == nil ? nil : try arguments.predicate()
    if url.placeholders.contains(.webhookID) { throw .noIDYet(place) }
  }

  package var foreseen: Foreseen { exception == nil ? .nothing : .list }

  package func run(in context: StageContext) async throws(Failure) -> Reply {
    let look = context.look
    let selected = try await look.selectedApps()
    guard !selected.isEmpty else { return [.note("no apps selected: nothing staged")] }
    let needs = headers.reduce(EditNeeds.placeholders(in: url)) { $0.union(.placeholders(in: $1.value)) }
    if needs.contains(.appDetails) || exception?.needsAppDetails ?? false { _ = try await look.apps() }
    if exception != nil { _ = try await look.webhooks(of: selected) }
    var changes: [Change] = []
    for app in selected.map({ look.view.app($0.id) }) where !isPassedOver(app, look.view) {
      do {
        changes.append(Change(app: app, webhookID: nil, action: try action(in: app), origins: [look.origin]))
      } catch {
        throw look.failure(.notCreatable(error, app, place))
      }
    }
    context.stage(creations: changes)
    let passed = selected.count - changes.count
    let rest = passed == 0 ? "" : ", \(passed.counting("app")) skipped (matching webhook exists)"
    var names = EventNames()
    for _ in changes { names.add(events) }
    return Reply(
      [.confirmation("staged \(changes.count.counting("creation"))\(rest)")],
      warnings: names.warnings(look.span))
  }

  /// True for an app with a webhook that makes the creation needless.
  private func isPassedOver(_ app: App, _ view: View) -> Bool {
    guard let exception else { return false }
    return (view.holdings.webhooks(of: app.id) ?? []).contains { key in
      view.webhook(key).map { exception.holds(for: app, $0) } ?? false
    }
  }

  private func action(in app: App) throws(InvalidValue) -> Change.Action {
    let unborn = Webhook(id: WebhookID(unchecked: ""), appID: app.id, url: "", events: [])
    let url = try url.text(for: unborn, in: app, percentEncoded: true)
    try WebhookURL.validate(url)
    var result = Headers()
    for header in headers {
      let value = try header.value.text(for: unborn, in: app, percentEncoded: false)
      try Header.validate(value: value)
      result = result.setting(header.name, to: value)
    }
    return .create(url: url, events: events, headers: result)
  }
}

extension Diagnostic {
  fileprivate static func noEvents(_ span: Span) -> Diagnostic {
    Diagnostic(
      .noEvents, "the new webhook has no events, so nothing is sent to it", at: span, label: "add `events EVENT, …`")
  }

  fileprivate static func noIDYet(_ span: Span) -> Diagnostic {
    Diagnostic(
      .placeholderNotAllowed, "a webhook has no id before it is created", at: span,
      label: "use `${webhook.id}` in `set url`")
  }

  fileprivate static func notCreatable(_ problem: InvalidValue, _ app: App, _ span: Span) -> Diagnostic {
    Diagnostic(
      .editRefused, "the webhook can't be created in \(app.title)", at: span,
      label: "its url or a header \(problem.reason)",
      notes: ["this statement staged nothing"])
  }
}
