import WhDomain
import WhSyntax

/// `set events EVENT, …`: replaces the events of the selected webhooks.
struct SetEvents: EditCommand {
  static let grammar = Grammar("set", "events", .list("events", .event))
  static let help = Help(
    .editing, "Subscribe the selected webhooks to exactly these events.",
    examples: [
      Example("set events messages.sms.received, messages.sms.sent"),
      Example("set events MESSAGE_CREATED MESSAGE_SENT"),
    ])

  private let events: [String]

  init(_ arguments: Arguments) throws(Diagnostic) {
    events = try arguments.events("events").uniqued()
  }

  var field: WebhookField { .events }

  var needs: EditNeeds { [] }

  func applied(to webhook: Webhook, in app: App) -> Webhook {
    var result = webhook
    result.events = events
    return result
  }
}
