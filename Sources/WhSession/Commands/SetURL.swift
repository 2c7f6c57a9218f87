import WhDomain
import WhSyntax

/// `set url URL`: sets the url of the selected webhooks.
struct SetURL: EditCommand {
  static let grammar = Grammar("set", "url", .slot("url", .url))
  static let help = Help(
    .editing, "Set the url of the selected webhooks.",
    details: [
      "`${app.id}`, `${app.slug}`, `${app.name}` and `${webhook.id}` are replaced for each webhook and "
        + "percent-encoded."
    ],
    examples: [
      Example("set url https://example.com/webhook"),
      Example("set url https://hooks.example.com/${app.slug}/${webhook.id}"),
    ])

  private let url: Template

  init(_ arguments: Arguments) throws(Diagnostic) {
    url = try arguments.url("url")
  }

  var field: WebhookField { .url }

  var needs: EditNeeds { .placeholders(in: url) }

  func applied(to webhook: Webhook, in app: App) throws(InvalidValue) -> Webhook {
    var result = webhook
    result.url = try url.text(for: webhook, in: app, percentEncoded: true)
    try WebhookURL.validate(result.url)
    return result
  }
}
