import WhDomain
import WhSyntax

/// Webhooks as a script that sets all that they hold.
struct DumpScript {
  private let webhooks: [(app: AppID, webhook: Webhook)]

  /// Keywords that would end a list of ids where one of them is an id.
  private let keywords: Set<String>

  init(_ webhooks: [(app: AppID, webhook: Webhook)], keywords: Set<String>) {
    self.webhooks = webhooks
    self.keywords = keywords
  }

  var text: String {
    guard !webhooks.isEmpty else { return "# no webhooks\n" }
    var lines: [String] = []
    var apps: [AppID] = []
    let byApp = Dictionary(grouping: webhooks, by: \.app)
    for entry in webhooks where !apps.contains(entry.app) { apps.append(entry.app) }
    for app in apps {
      let mine = (byApp[app] ?? []).map(\.webhook)
      if !app.text.isEmpty { lines.append("use app \(Quoter.word(app.text))") }
      // Choosing all of them first takes a list page, and not a request for each.
      if mine.count > 1 { lines.append("webhook " + mine.map { word($0.id) }.joined(separator: ", ")) }
      lines += mine.flatMap { self.lines($0) }
      lines.append("")
    }
    return (lines + ["commit"]).map { $0 + "\n" }.joined()
  }

  private func lines(_ webhook: Webhook) -> [String] {
    var lines = ["webhook \(word(webhook.id))", "set url \(Quoter.word(webhook.url))"]
    lines.append(
      webhook.events.isEmpty
        ? "# it has no events, which no statement sets"
        : "set events " + webhook.events.map { Quoter.word($0) }.joined(separator: ", "))
    let secrets = webhook.headers.all.filter(\.isSecret)
    if secrets.isEmpty { lines.append("clear headers") }
    for header in webhook.headers.all {
      lines.append(
        header.isSecret
          ? "# header \(header.name) is secret and stays as it is"
          : "set header \(Quoter.word(header.name)) \(Quoter.word(header.value))")
    }
    return lines
  }

  private func word(_ id: WebhookID) -> String { Quoter.word(id.text, avoiding: keywords) }
}
