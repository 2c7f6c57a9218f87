import WhDomain
import WhSyntax

/// Webhooks as a script that creates them in another app, where they are missing.
struct CopyScript: GeneratedScript {
  private struct Secret: Hashable {
    let header: String
    let value: String
  }

  private let webhooks: [(app: App, webhook: Webhook)]
  private let vocabulary: Vocabulary
  private let redactor: Redactor

  init(_ webhooks: [(app: App, webhook: Webhook)], vocabulary: Vocabulary, redactor: Redactor) {
    self.webhooks = webhooks
    self.vocabulary = vocabulary
    self.redactor = redactor
  }

  func text() throws(UnreadableDump) -> String {
    let variables = secretVariables()
    let byApp = Dictionary(grouping: webhooks, by: \.app.id)
    let apps = webhooks.map(\.app).uniqued()
    guard !apps.isEmpty else { return try ScriptLines([.comment("no webhooks")]).text(vocabulary) }
    var lines: [ScriptLines.Line] = []
    if !variables.isEmpty {
      lines.append(.comment("Secrets are not written. Enter each, or pass it with `--var-env`."))
      lines += variables.values.sorted().map { .statement("let \($0) = \"\"") }
      lines.append(.blank)
    }
    let hasUnknown = webhooks.contains { !$0.webhook.events.allSatisfy(EventCatalogue.contains) }
    if hasUnknown { lines.append(.statement("config strict off")) }
    if apps.count == 1, let app = apps.first, !app.id.text.isEmpty {
      lines += [
        .comment("To copy to another app, pass `--var app=NAME`."),
        .statement("let app = \(Quoter.word(app.slug ?? app.id.text))"), .statement("use app ${app}"),
      ]
    }
    for app in apps {
      if apps.count > 1 { lines.append(.statement("use app \(Quoter.word(app.slug ?? app.id.text))")) }
      lines += creations((byApp[app.id] ?? []).map(\.webhook), variables)
      if apps.count > 1 { lines.append(.blank) }
    }
    lines.append(.statement("commit"))
    return try ScriptLines(lines).text(vocabulary, given: variables.values.sorted())
  }

  // MARK: Creations

  private func creations(_ webhooks: [Webhook], _ variables: [Secret: String]) -> [ScriptLines.Line] {
    var made: [String: [Set<String>]] = [:]
    let counts = Dictionary(grouping: webhooks, by: \.url).mapValues(\.count)
    // Of webhooks with one url those with fewer events come first: the condition of one must not hold for another.
    let ordered = webhooks.enumerated().sorted { left, right in
      (counts[left.element.url] == 1 ? 0 : left.element.events.count, left.offset)
        < (counts[right.element.url] == 1 ? 0 : right.element.events.count, right.offset)
    }
    return ordered.map(\.element).map { webhook in
      let events = Set(webhook.events)
      guard !(made[webhook.url] ?? []).contains(events) else {
        return .comment("webhook \(Quoter.word(webhook.id.text)) has the url and the events of another one: left out")
      }
      made[webhook.url, default: []].append(events)
      return creation(of: webhook, isAlone: counts[webhook.url] == 1, variables)
    }
  }

  private func creation(of webhook: Webhook, isAlone: Bool, _ variables: [Secret: String]) -> ScriptLines.Line {
    do throws(InvalidValue) {
      if redactor.holdsSecret(webhook.url) { throw InvalidValue("the url contains a secret") }
      try WebhookURL.validate(webhook.url)
      for event in webhook.events { try EventCatalogue.validate(event) }
      var text = "create webhook \(Quoter.word(webhook.url))"
      let events = webhook.events.map { Quoter.word(event: $0) }
      if !events.isEmpty { text += " events " + events.joined(separator: ", ") }
      for header in webhook.headers.all {
        try Header.validate(name: header.name)
        let value = variables[secret(header)].map { "${\($0)}" } ?? Quoter.word(header.value)
        text += " header \(Quoter.word(header.name)) \(value)"
      }
      text += " unless url = \(Quoter.word(webhook.url))"
      if !isAlone { text += events.map { " and event \($0)" }.joined() }
      return .statement(text)
    } catch {
      return .comment(
        "webhook \(Quoter.word(webhook.id.text)), \(Quoter.quoted(redactor.redact(webhook.url))): left out, "
          + "because no statement can create it (\(error.reason))")
    }
  }

  // MARK: Secrets

  /// The variable of each secret: one for all headers of a name and a value.
  private func secretVariables() -> [Secret: String] {
    var variables: [Secret: String] = [:]
    var counts: [String: Int] = [:]
    for header in webhooks.flatMap(\.webhook.headers.all) where redactor.isWithheld(header) {
      let secret = secret(header)
      guard variables[secret] == nil else { continue }
      let name = Self.variable(named: secret.header)
      counts[name, default: 0] += 1
      variables[secret] = counts[name] == 1 ? name : "\(name)_\(counts[name] ?? 0)"
    }
    return variables
  }

  private func secret(_ header: Header) -> Secret { Secret(header: header.name.lowercased(), value: header.value) }

  /// `X-Signature` becomes `x_signature`.
  private static func variable(named header: String) -> String {
    let name = String(header.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return name.first?.isLetter ?? false ? name : "h_" + name
  }
}
