import WhDomain
import WhSyntax

/// `remove header NAME, …`: removes custom headers from the selected webhooks.
struct RemoveHeader: EditCommand {
  static let grammar = Grammar("remove", "header", .list("names", .presentHeader))
  static let help = Help(
    .editing, "Remove custom headers from the selected webhooks.",
    details: ["Headers that a webhook does not have are ignored."],
    examples: [Example("remove header X-Custom-Header")])

  private let names: [String]

  init(_ arguments: Arguments) throws(Diagnostic) {
    names = try arguments.headerNames("names")
  }

  var field: WebhookField { .headers }

  var needs: EditNeeds { .reading }

  func applied(to webhook: Webhook, in app: App) -> Webhook {
    var result = webhook
    for name in names { result.headers = result.headers.removing(name) }
    return result
  }
}
