import WhDomain
import WhSyntax

/// `remove event EVENT, …`: ends subscriptions of the chosen webhooks.
struct RemoveEvent: EditCommand {
  static let grammar = Grammar("remove", "event", .list("events", .subscribedEvent))
  static let help = Help(
    .editing, "End subscriptions of the chosen webhooks.",
    details: ["An event that a webhook does not have is passed over."],
    examples: [Example("remove event MESSAGE_DELIVERED")])

  let edit: Edit

  init(_ arguments: Arguments) throws(Diagnostic) {
    edit = .removeEvents(try arguments.events("events", isNew: false))
  }
}
