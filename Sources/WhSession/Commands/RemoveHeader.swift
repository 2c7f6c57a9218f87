import WhDomain
import WhSyntax

/// `remove header NAME, …`: takes custom headers off the chosen webhooks.
struct RemoveHeader: EditCommand {
  static let grammar = Grammar("remove", "header", .list("names", .presentHeader))
  static let help = Help(
    .editing, "Take custom headers off the chosen webhooks.",
    details: ["A header that a webhook does not have is passed over."],
    examples: [Example("remove header X-Custom-Header")])

  let edit: Edit

  init(_ arguments: Arguments) throws(Diagnostic) {
    edit = .removeHeaders(try arguments.headerNames("names"))
  }
}
