import WhDomain
import WhSyntax

/// `replace url OLD with NEW`: replaces every occurrence of a text in the urls.
struct ReplaceURL: EditCommand {
  static let grammar = Grammar(
    "replace", "url", .slot("old", .urlPart), "with", .slot("new", .urlPart))
  static let help = Help(
    .editing, "Replace every occurrence of a text in the urls of the selected webhooks.",
    details: ["A url without the text is not changed."],
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
    // Values from the service are valid: only the result for a valid url, and the new text, are checked.
    if !result.url.isSame(as: webhook.url), WebhookURL.isValid(webhook.url) { try WebhookURL.validate(result.url) }
    return result
  }
}
