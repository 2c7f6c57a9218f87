import WhDomain
import WhSyntax

/// `remove event EVENT, …`: unsubscribes the selected webhooks from events.
struct RemoveEvent: EditCommand {
  static let grammar = Grammar("remove", "event", .list("events", .subscribedEvent))
  static let help = Help(
    .editing, "Unsubscribe the selected webhooks from events.",
    details: ["Events that a webhook does not have are ignored."],
    examples: [Example("remove event MESSAGE_DELIVERED")])

  private let events: Set<String>

  init(_ arguments: Arguments) throws(Diagnostic) {
    events = Set(try arguments.events("events"))
  }

  var field: WebhookField { .events }

  var needs: EditNeeds { .reading }

  func applied(to webhook: Webhook, in app: App) -> Webhook {
    var result = webhook
    result.events.removeAll(where: events.contains)
    return result
  }
}
