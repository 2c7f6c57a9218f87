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

  /// In lower case.
  private let old: String
  private let new: String
  private let newHasPort: Bool

  init(_ arguments: Arguments) throws(Diagnostic) {
    old = try arguments.host("old", mayHavePort: false).lowercased()
    new = try arguments.host("new", mayHavePort: true)
    newHasPort = new.dropFirst(new.hasPrefix("[") ? 1 : 0).contains(":") && !new.hasSuffix("]")
  }

  var field: WebhookField { .url }

  var needs: EditNeeds { .reading }

  func applied(to webhook: Webhook, in app: App) -> Webhook {
    let url = webhook.url
    guard let place = WebhookURL.host(of: url), place.text == old || place.text.lowercased() == old else {
      return webhook
    }
    let rest = url[place.range.upperBound...]
    var moved = String(url[..<place.range.lowerBound])
    moved.reserveCapacity(url.utf8.count + new.utf8.count)
    moved += new
    moved += newHasPort ? rest.drop { $0 == ":" || ($0.isASCII && $0.isNumber) } : rest
    var result = webhook
    result.url = moved
    return result
  }
}
