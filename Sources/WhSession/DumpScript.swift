import WhDomain
import WhSyntax

/// Webhooks as a script that restores them.
struct DumpScript {
  /// What a strict dump states besides what is to be restored.
  struct Totals {
    /// The selected apps, in their order, with the number of their webhooks; nil where the service lists none.
    let apps: [(id: AppID, webhooks: Int?)]
  }

  /// Foreign text in the script is in words and in comments only, so the statements of what is read back are exactly these.
  private enum Line {
    case statement(String)
    case comment(String)
    case blank

    var text: String {
      switch self {
      case .statement(let text): text
      case .comment(let text): "# " + text
      case .blank: ""
      }
    }
  }

  private let webhooks: [(app: AppID, webhook: Webhook)]
  /// Nil for a dump that is not strict.
  private let totals: Totals?
  private let vocabulary: Vocabulary
  private let redactor: Redactor

  init(
    _ webhooks: [(app: AppID, webhook: Webhook)], totals: Totals?, vocabulary: Vocabulary, redactor: Redactor
  ) {
    self.webhooks = webhooks
    self.totals = totals
    self.vocabulary = vocabulary
    self.redactor = redactor
  }

  /// The script, which has been read back.
  ///
  /// - Throws: `UnreadableDump` if it would not be the same script.
  func text() throws(UnreadableDump) -> String {
    let lines = allLines()
    let text = lines.map { $0.text + "\n" }.joined()
    let written = lines.compactMap { if case .statement(let text) = $0 { text } else { nil } }
    let source = Source(name: "dump", text: text)
    if let error = vocabulary.errors(source).first { throw UnreadableDump(reason: error.message) }
    let read = Parser(vocabulary.grammars).parse(source).statements.map(\.span.text)
    guard read == written else { throw UnreadableDump(reason: "it reads as other statements") }
    return text
  }

  // MARK: Lines

  private func allLines() -> [Line] {
    let byApp = Dictionary(grouping: webhooks, by: \.app)
    let apps = totals?.apps.map(\.id) ?? webhooks.map(\.app).uniqued()
    var lines = apps.flatMap { self.lines($0, (byApp[$0] ?? []).map(\.webhook)) }
    guard !lines.isEmpty else { return [.comment("no webhooks")] }
    // What the service holds is valid, whatever the session makes of unknown names.
    let hasUnknown = webhooks.contains { !$0.webhook.events.allSatisfy(EventCatalogue.contains) }
    if hasUnknown { lines.insert(.statement("config strict off"), at: 0) }
    // A difference must not hide those after it.
    if totals != nil { lines.insert(.statement("on error continue"), at: 0) }
    return lines + [.statement("commit")]
  }

  private func lines(_ app: AppID, _ webhooks: [Webhook]) -> [Line] {
    var lines: [Line] = []
    if !app.text.isEmpty { lines.append(.statement("use app \(Quoter.word(app.text))")) }
    if let totals {
      if let count = totals.apps.first(where: { $0.id == app })?.webhooks {
        lines += [.statement("webhook *"), .statement("expect \(count)")]
      } else {
        lines.append(.comment("this API cannot list webhooks, so their number is not checked"))
      }
    } else if webhooks.count > 1 {
      // Selecting all of them first takes a list page, and not a request for each.
      lines.append(.statement("webhook " + webhooks.map { word($0.id) }.joined(separator: ", ")))
    }
    return lines + webhooks.flatMap { self.lines($0, canList: totals?.apps.contains { $0.webhooks != nil } ?? false) }
      + [.blank]
  }

  private func lines(_ webhook: Webhook, canList: Bool) -> [Line] {
    var lines: [Line] = []
    if totals != nil, canList {
      // One that is gone is then nothing to edit, and the expectation says so.
      lines.append(.statement("webhook where id = \(word(webhook.id))"))
    } else {
      lines.append(.statement("webhook \(word(webhook.id))"))
    }
    if totals != nil {
      lines.append(.statement("expect 1 headers = \(Quoter.word(Predicate.names(of: webhook.headers)))"))
    }
    lines.append(line(url: webhook.url))
    lines.append(line(events: webhook.events))
    let secrets = webhook.headers.all.filter(isWithheld)
    if secrets.isEmpty { lines.append(.statement("clear headers")) }
    for header in webhook.headers.all {
      lines.append(
        isWithheld(header)
          ? .comment("the value of header \(Quoter.word(header.name)) is secret and is left unchanged")
          : .statement("set header \(Quoter.word(header.name)) \(Quoter.word(header.value))"))
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

  /// Events that no statement may name are left as they are.
  private func line(events: [String]) -> Line {
    if events.isEmpty { return .comment("no events: no statement can set an empty list") }
    do throws(InvalidValue) {
      for event in events { try EventCatalogue.validate(event) }
      if events.contains(where: holdsSecret) { return .comment("the events contain a secret and are left unchanged") }
      return .statement("set events " + events.map { Quoter.word(event: $0) }.joined(separator: ", "))
    } catch {
      return .comment(
        "the events are left unchanged, no statement can name them: "
          + events.map { Quoter.quoted($0) }.joined(separator: ", "))
    }
  }

  /// A url that the service holds and that no author may write is only stated.
  private func line(url: String) -> Line {
    do throws(InvalidValue) {
      if holdsSecret(url) { return .comment("the url contains a secret and is left unchanged") }
      try WebhookURL.validate(url)
      return .statement("set url \(Quoter.word(url))")
    } catch {
      return .statement("expect url = \(Quoter.word(url))")
    }
  }

  private func holdsSecret(_ value: String) -> Bool { redactor.redact(value: value) != value }

  /// An id where a keyword would be another selection, or end the list.
  private func word(_ id: WebhookID) -> String {
    Quoter.word(id.text, avoiding: vocabulary.grammars.editKeywords.union(["where", "from", "except", "limit"]))
  }
}

/// Why a dump is not written: read back, it would not be the script that was meant.
struct UnreadableDump: Error {
  let reason: String
}
