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

  private let old: Template
  private let new: Template

  init(_ arguments: Arguments) throws(Diagnostic) {
    old = try arguments.urlPart("old", mayBeEmpty: false)
    new = try arguments.urlPart("new", mayBeEmpty: true)
  }

  var field: WebhookField { .url }

  var needs: EditNeeds { .placeholders(in: old, new).union(.reading) }

  func applied(to webhook: Webhook, in app: App) throws(InvalidValue) -> Webhook {
    var result = webhook
    let old = try old.text(for: webhook, in: app, percentEncoded: true)
    let new = try new.text(for: webhook, in: app, percentEncoded: true)
    result.url = webhook.url.replacingEvery(old, with: new)
    // What the service holds is valid: only what this makes of a good url is judged, and what it puts in.
    if !result.url.isSame(as: webhook.url), WebhookURL.isValid(webhook.url) { try WebhookURL.validate(result.url) }
    return result
  }
}
