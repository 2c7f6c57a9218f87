import WhDomain
import WhSyntax

/// `clear headers`: removes all custom headers from the selected webhooks.
struct ClearHeaders: EditCommand {
  static let grammar = Grammar("clear", "headers")
  static let help = Help(
    .editing, "Remove all custom headers from the selected webhooks.", examples: [Example("clear headers")])

  init(_ arguments: Arguments) {}

  var field: WebhookField { .headers }

  var needs: EditNeeds { [] }

  func applied(to webhook: Webhook, in app: App) -> Webhook {
    var result = webhook
    result.headers = Headers()
    return result
  }
}
