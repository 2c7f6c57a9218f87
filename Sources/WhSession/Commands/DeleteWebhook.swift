import WhSyntax

/// `delete webhook`: stages the deletion of the selection.
struct DeleteWebhook: UnavailableCommand {
  static let grammar = Grammar("delete", "webhook")
  static let help = Help(
    .editing, "Stage the deletion of the chosen webhooks.",
    examples: [Example("delete webhook")])

  init(_ arguments: Arguments) throws(Diagnostic) {
    throw Self.notAvailable(arguments)
  }
}
