import WhDomain
import WhSyntax

/// `rename event OLD to NEW, …`: replaces subscriptions by others, each in its place in the list.
struct RenameEvent: EditCommand {
  static let grammar = Grammar(
    "rename", "event", .pairs("old", .subscribedEvent, keyword: "to", "new", .newEvent))
  static let help = Help(
    .editing, "Rename events of the selected webhooks, keeping their position.",
    details: [
      "A webhook without the old event is not changed. Several pairs are applied at once, so that two names can be "
        + "exchanged."
    ],
    examples: [
      Example("rename event MESSAGE_SENT to messages.sms.sent"),
      Example("rename event MESSAGE_CREATED to messages.sms.received, MESSAGE_DELIVERED to messages.sms.delivered"),
    ])

  private let names: [String: String]

  init(_ arguments: Arguments) throws(Diagnostic) {
    var names: [String: String] = [:]
    for (old, new) in zip(arguments.words("old"), arguments.words("new")) {
      let name = try arguments.event(of: old)
      guard names[name] == nil else { throw .renamedTwice(name, old.span) }
      names[name] = try arguments.event(of: new)
    }
    self.names = names
  }

  var field: WebhookField { .events }

  var needs: EditNeeds { .reading }

  func applied(to webhook: Webhook, in app: App) -> Webhook {
    var result = webhook
    result.events = webhook.events.map { names[$0] ?? $0 }.uniqued()
    return result
  }
}

extension Diagnostic {
  fileprivate static func renamedTwice(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unexpectedWord, "`\(Printable.escaped(name))` is renamed twice", at: span, label: "list each event once")
  }
}
