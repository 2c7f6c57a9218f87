import WhDomain
import WhSyntax

/// Webhooks as a script that restores them.
struct DumpScript: GeneratedScript {
  /// What is dumped of an app.
  struct Part {
    let app: AppID
    let webhooks: [Webhook]
    /// How many webhooks the app has; nil where they were not listed.
    let listed: Int?

    /// True where a list takes no more requests than reading the webhooks one by one.
    var isShorterAsList: Bool { listed.map { webhooks.count >= Catalog.pageCount(of: $0) } ?? false }
  }

  private typealias Line = ScriptLines.Line

  /// In the order of the script; a strict dump has those of all selected apps.
  private let parts: [Part]
  /// True where the script is to state how many webhooks each app has, and which headers each webhook has.
  private let isStrict: Bool
  private let vocabulary: Vocabulary
  private let redactor: Redactor

  init(_ parts: [Part], isStrict: Bool, vocabulary: Vocabulary, redactor: Redactor) {
    self.parts = parts
    self.isStrict = isStrict
    self.vocabulary = vocabulary
    self.redactor = redactor
  }

  func text() throws(UnreadableDump) -> String {
    try ScriptLines(allLines()).text(vocabulary)
  }

  // MARK: Lines

  private func allLines() -> [Line] {
    let parts = parts.filter { isStrict || !$0.webhooks.isEmpty }
    guard !parts.isEmpty else { return [.comment("no webhooks")] }
    // A difference must not hide those after it.
    var lines: [Line] = [.statement("on error continue")]
    // What the service holds is valid, whatever the session makes of unknown names.
    let events = parts.flatMap { $0.webhooks.flatMap(\.events) }
    if !events.allSatisfy(EventCatalogue.contains) { lines.append(.statement("config strict off")) }
    return lines + parts.flatMap { self.lines($0) } + [.statement("commit")]
  }

  private func lines(_ part: Part) -> [Line] {
    var lines: [Line] = []
    if !part.app.text.isEmpty { lines.append(.statement("use app \(Quoter.word(part.app.text))")) }
    if isStrict {
      if let listed = part.listed {
        lines += [.statement("webhook *"), .statement("expect \(listed)")]
      } else {
        lines.append(.comment("this API cannot list webhooks, so their number is not checked"))
      }
    }
    // Of a list one that is gone is nothing to edit, and not an error at each statement.
    let isFoundByList = isStrict ? part.listed != nil : part.isShorterAsList
    return lines + part.webhooks.flatMap { self.lines($0, isFoundByList: isFoundByList) } + [.blank]
  }

  private func lines(_ webhook: Webhook, isFoundByList: Bool) -> [Line] {
    var lines: [Line] = []
    if isFoundByList {
      lines.append(.statement("webhook where id = \(word(webhook.id))"))
    } else {
      lines.append(.statement("webhook \(word(webhook.id))"))
    }
    let isThere = "expect 1 id = \(word(webhook.id))"
    if isStrict {
      lines.append(
        .statement("\(isThere) and headers = \(Quoter.word(Predicate.names(of: webhook.headers)))"))
    } else if isFoundByList {
      lines.append(.statement(isThere))
    }
    lines.append(line(url: webhook.url))
    lines.append(line(events: webhook.events))
    let secrets = webhook.headers.all.filter(redactor.isWithheld)
    if secrets.isEmpty { lines.append(.statement("clear headers")) }
    for header in webhook.headers.all {
      lines.append(
        redactor.isWithheld(header)
          ? .comment("the value of header \(Quoter.word(header.name)) is secret and is left unchanged")
          : .statement("set header \(Quoter.word(header.name)) \(Quoter.word(header.value))"))
    }
    return lines
  }

  /// Events that no statement may name are left as they are.
  private func line(events: [String]) -> Line {
    if events.isEmpty { return .comment("no events: no statement can set an empty list") }
    do throws(InvalidValue) {
      for event in events { try EventCatalogue.validate(event) }
      if events.contains(where: redactor.holdsSecret) {
        return .comment("the events contain a secret and are left unchanged")
      }
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
      if redactor.holdsSecret(url) { return .comment("the url contains a secret and is left unchanged") }
      try WebhookURL.validate(url)
      return .statement("set url \(Quoter.word(url))")
    } catch {
      return .statement("expect url = \(Quoter.word(url))")
    }
  }

  /// An id where a keyword would be another selection, or end the list.
  private func word(_ id: WebhookID) -> String {
    Quoter.word(id.text, avoiding: vocabulary.grammars.editKeywords.union(["where", "from", "except", "limit"]))
  }
}
