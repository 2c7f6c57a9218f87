import WhDomain
import WhSyntax

/// `add event EVENT, …`: subscribes the selected webhooks to more events.
struct AddEvent: EditCommand {
  static let grammar = Grammar("add", "event", .list("events", .newEvent))
  static let help = Help(
    .editing, "Subscribe the selected webhooks to more events.",
    details: ["Events that a webhook already has keep their position."],
    examples: [Example("add event MESSAGE_SENT"), Example("add event messages.sms.sent, messages.sms.failed")])

  private let events: [String]

  init(_ arguments: Arguments) throws(Diagnostic) {
    events = try arguments.events("events")
  }

  var field: WebhookField { .events }

  var needs: EditNeeds { .reading }

  func applied(to webhook: Webhook, in app: App) -> Webhook {
    var result = webhook
    result.events = (webhook.events + events).uniqued()
    return result
  }
}
