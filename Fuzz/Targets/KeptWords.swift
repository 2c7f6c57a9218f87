import WhDomain

/// What files of plans and runs have in common.
enum KeptWords {
  static let all = [
    "\"app\":{\"id\":\"", "\"appId\":\"", "\"webhook\":\"whk_1\"", "\"action\":\"update\"", "\"action\":\"create\"",
    "\"action\":\"delete\"", "\"url\":\"https://a.example\"", "\"events\":[\"A\"]", "\"headers\":[[\"X-Token\",\"",
    "\"origins\":[]", "hunter2-secret", "../", "%2e", "\\u0000", "\\ud800", "\\\"", "null", "1e999",
    "9223372036854775807",
    "-9223372036854775808", "[[[[[[[[", "\u{FEFF}",
  ]

  /// No file brings an id that leads to another path of the service.
  static func check(_ app: AppID, _ webhook: WebhookID?) {
    rule(app == .own || (try? AppID(app.text)) != nil, "the id of an app is not one")
    rule(webhook.map { (try? WebhookID($0.text)) != nil } ?? true, "the id of a webhook is not one")
  }
}
