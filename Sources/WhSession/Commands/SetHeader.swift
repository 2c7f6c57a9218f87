import WhDomain
import WhSyntax

/// `set header NAME VALUE`: gives the chosen webhooks a custom header.
struct SetHeader: EditCommand {
  static let grammar = Grammar("set", "header", .slot("name", .headerName), .slot("value", .headerValue))
  static let help = Help(
    .editing, "Give the chosen webhooks a custom header, or a new value for one.",
    details: [
      "Names compare without case. The values of headers whose name says secret, such as Authorization, "
        + "are never shown; take them from a variable: `wh run --var`."
    ],
    examples: [
      Example("set header X-Team messaging"),
      Example(#"set header X-Source "app ${app.slug}""#),
    ])

  let edit: Edit

  init(_ arguments: Arguments) throws(Diagnostic) {
    let name = try arguments.headerName("name")
    edit = .setHeader(name: name, try arguments.headerValue("value", ofHeader: name))
  }
}
