import WhDomain
import WhSyntax

/// Webhooks as a script that restores them.
struct DumpScript {
  private let webhooks: [(app: AppID, webhook: Webhook)]

  /// Keywords that would end a list of ids where one of them is an id.
  private let keywords: Set<String>

  private let redactor: Redactor

  init(_ webhooks: [(app: AppID, webhook: Webhook)], keywords: Set<String>, redactor: Redactor) {
    self.webhooks = webhooks
    self.keywords = keywords
    self.redactor = redactor
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
      // Selecting all of them first takes a list page, and not a request for each.
      if mine.count > 1 { lines.append("webhook " + mine.map { word($0.id) }.joined(separator: ", ")) }
      lines += mine.flatMap { self.lines($0) }
      lines.append("")
    }
    return (lines + ["commit"]).map { $0 + "\n" }.joined()
  }

  private func lines(_ webhook: Webhook) -> [String] {
    var lines = ["webhook \(word(webhook.id))", line(url: webhook.url)]
    lines.append(
      webhook.events.isEmpty
        ? "# no events: no statement can set an empty list"
        : "set events " + webhook.events.map { word(event: $0) }.joined(separator: ", "))
    let secrets = webhook.headers.all.filter(isWithheld)
    if secrets.isEmpty { lines.append("clear headers") }
    for header in webhook.headers.all {
      lines.append(
        isWithheld(header)
          ? "# the value of header \(Quoter.word(header.name)) is secret and is left unchanged"
          : "set header \(Quoter.word(header.name)) \(Quoter.word(header.value))")
    }
    return lines
  }

  /// True for a header that is left as it is: its value is secret or masked, or no request could carry it.
  private func isWithheld(_ header: Header) -> Bool {
    do throws(InvalidValue) {
      try Header.validate(name: header.name)
      try Header.validate(value: header.value)
      return header.isSecret || header.isMasked || holdsSecret(header.value)
    } catch {
      return true
    }
  }

  /// A url that the service holds and that no author may write is only stated.
  private func line(url: String) -> String {
    do throws(InvalidValue) {
      if holdsSecret(url) { return "# the url contains a secret and is left unchanged" }
      try WebhookURL.validate(url)
      return "set url \(Quoter.word(url))"
    } catch {
      return "expect url = \(Quoter.word(url))"
    }
  }

  private func holdsSecret(_ value: String) -> Bool { redactor.redact(value: value) != value }

  /// Outside quotes a name that looks like a pattern is refused.
  private func word(event: String) -> String { Glob.isPattern(event) ? Quoter.quoted(event) : Quoter.word(event) }

  private func word(_ id: WebhookID) -> String { Quoter.word(id.text, avoiding: keywords) }
}
