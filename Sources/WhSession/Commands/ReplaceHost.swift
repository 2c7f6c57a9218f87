import WhDomain
import WhSyntax

/// `replace host OLD with NEW`: moves urls from one host to another.
struct ReplaceHost: EditCommand {
  static let grammar = Grammar("replace", "host", .slot("old", .host), "with", .slot("new", .host))
  static let help = Help(
    .editing, "Replace the host in the urls of the selected webhooks.",
    details: [
      "Only the host itself is compared, ignoring case; other hosts, paths and queries are not changed. The port is "
        + "kept unless the new host has one."
    ],
    examples: [Example("replace host old.example.com with hooks.example.com")])

  private let old: String
  private let new: String

  init(_ arguments: Arguments) throws(Diagnostic) {
    old = try arguments.host("old", mayHavePort: false).lowercased()
    new = try arguments.host("new", mayHavePort: true)
  }

  var field: WebhookField { .url }

  var needs: EditNeeds { .reading }

  func applied(to webhook: Webhook, in app: App) -> Webhook {
    guard let place = WebhookURL.host(of: webhook.url), place.text.lowercased() == old else { return webhook }
    var result = webhook
    let rest = webhook.url[place.range.upperBound...]
    let port = new.dropFirst(new.hasPrefix("[") ? 1 : 0).contains(":") && !new.hasSuffix("]")
    let tail = port ? rest.drop { $0 == ":" || ($0.isASCII && $0.isNumber) } : rest
    result.url = webhook.url[..<place.range.lowerBound] + new + tail
    return result
  }
}
