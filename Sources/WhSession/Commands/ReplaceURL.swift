import WhDomain
import WhSyntax

/// `replace url OLD with NEW`: replaces every occurrence of a text in the urls.
struct ReplaceURL: EditCommand {
  static let grammar = Grammar(
    "replace", "url", .slot("old", .urlPart), "with", .slot("new", .urlPart))
  static let help = Help(
    .editing, "Replace every occurrence of a text in the urls of the chosen webhooks.",
    details: ["A url that does not hold the text stays as it is."],
    examples: [
      Example("replace url old.example.com with hooks.example.com"),
      Example(#"replace url "/messages" with "/v2/messages""#),
    ])

  let edit: Edit

  init(_ arguments: Arguments) throws(Diagnostic) {
    edit = .replaceURL(
      try arguments.urlPart("old", mayBeEmpty: false), with: try arguments.urlPart("new", mayBeEmpty: true))
  }
}
