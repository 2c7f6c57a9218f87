import WhDomain
import WhSyntax

/// `rename event OLD to NEW`: replaces one subscription by another, keeping its place in the list.
struct RenameEvent: EditCommand {
  static let grammar = Grammar("rename", "event", .slot("old", .subscribedEvent), "to", .slot("new", .newEvent))
  static let help = Help(
    .editing, "Replace one event by another in the chosen webhooks, in its place in the list.",
    details: ["A webhook without the old event stays as it is."],
    examples: [Example("rename event MESSAGE_SENT to messages.sms.sent")])

  private let old: String
  private let new: String

  init(_ arguments: Arguments) throws(Diagnostic) {
    old = try arguments.event("old", isNew: false)
    new = try arguments.event("new", isNew: true)
  }

  var field: WebhookField { .events }

  var needs: EditNeeds { .reading }

  func applied(to webhook: Webhook, in app: App) -> Webhook {
    var result = webhook
    result.events = webhook.events.map { $0 == old ? new : $0 }.uniqued()
    return result
  }
}
