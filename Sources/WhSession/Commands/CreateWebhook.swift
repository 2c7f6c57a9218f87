import WhSyntax

/// `create webhook URL [events EVENT, …]`: stages a creation.
struct CreateWebhook: UnavailableCommand {
  static let grammar = Grammar("create", "webhook", .slot("url", .url), .optional(["events", .list("events", .event)]))
  static let help = Help(
    .editing, "Stage the creation of a webhook in each chosen app.",
    examples: [Example("create webhook https://example.com/webhook events MESSAGE_SENT")])

  init(_ arguments: Arguments) throws(Diagnostic) {
    throw Self.notAvailable(arguments)
  }
}
