import WhDomain
import WhSyntax

/// `set header NAME VALUE`: sets a custom header of the selected webhooks.
struct SetHeader: EditCommand {
  static let grammar = Grammar("set", "header", .slot("name", .headerName), .slot("value", .headerValue))
  static let help = Help(
    .editing, "Set a custom header of the selected webhooks.",
    details: [
      "Header names are case-insensitive. Values of secret headers, such as Authorization, are never shown; "
        + "pass them as variables with `wh run --var`."
    ],
    examples: [
      Example("set header X-Team messaging"),
      Example(#"set header X-Source "app ${app.slug}""#),
    ])

  private let name: String
  private let value: Template

  init(_ arguments: Arguments) throws(Diagnostic) {
    name = try arguments.headerName("name")
    value = try arguments.headerValue("value", ofHeader: name)
  }

  var field: WebhookField { .headers }

  var needs: EditNeeds { .placeholders(in: value).union(.reading) }

  func applied(to webhook: Webhook, in app: App) throws(InvalidValue) -> Webhook {
    var result = webhook
    let value = try value.text(for: webhook, in: app, percentEncoded: false)
    try Header.validate(value: value)
    result.headers = webhook.headers.setting(name, to: value)
    return result
  }
}
