import WhDomain
import WhSyntax

/// `add event EVENT, …`: subscribes the chosen webhooks to further events.
struct AddEvent: EditCommand {
  static let grammar = Grammar("add", "event", .list("events", .newEvent))
  static let help = Help(
    .editing, "Subscribe the chosen webhooks to further events.",
    details: ["An event that a webhook has already stays in its place."],
    examples: [Example("add event MESSAGE_SENT"), Example("add event messages.sms.sent, messages.sms.failed")])

  let edit: Edit

  init(_ arguments: Arguments) throws(Diagnostic) {
    edit = .addEvents(try arguments.events("events", isNew: true))
  }
}
