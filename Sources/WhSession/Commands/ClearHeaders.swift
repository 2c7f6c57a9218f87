import WhDomain
import WhSyntax

/// `clear headers`: takes all custom headers off the chosen webhooks.
struct ClearHeaders: EditCommand {
  static let grammar = Grammar("clear", "headers")
  static let help = Help(
    .editing, "Take all custom headers off the chosen webhooks.", examples: [Example("clear headers")])

  var edit: Edit { .clearHeaders }

  init(_ arguments: Arguments) {}
}
