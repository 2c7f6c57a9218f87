/// What can be done to a webhook. An edit is a pure function from a webhook to a webhook: done twice it is done once,
/// as long as what it adds does not hold again what it replaces.
package enum Edit: Hashable, Sendable {
  case setURL(Template)
  /// Every occurrence of a text in the url.
  case replaceURL(Template, with: Template)
  case setEvents([String])
  case addEvents([String])
  case removeEvents([String])
  /// The new name takes the old one's place in the list.
  case renameEvent(String, to: String)
  case setHeader(name: String, Template)
  case removeHeaders([String])
  case clearHeaders

  /// - Throws: `InvalidValue` when the result is one that no request may carry, or a placeholder has no value.
  package func applied(to webhook: Webhook, in app: App) throws(InvalidValue) -> Webhook {
    var result = webhook
    switch self {
    case .setURL(let url):
      result.url = try url.text(for: webhook, in: app, percentEncoded: true)
      try WebhookURL.validate(result.url)
    case .replaceURL(let old, let new):
      let old = try old.text(for: webhook, in: app, percentEncoded: true)
      let new = try new.text(for: webhook, in: app, percentEncoded: true)
      result.url = webhook.url.replacingEvery(old, with: new)
      if result.url != webhook.url { try WebhookURL.validate(result.url) }
    case .setEvents(let events): result.events = events.uniqued()
    case .addEvents(let events): result.events = (webhook.events + events).uniqued()
    case .removeEvents(let events): result.events.removeAll(where: events.contains)
    case .renameEvent(let old, let new):
      result.events = webhook.events.map { $0 == old ? new : $0 }.uniqued()
    case .setHeader(let name, let value):
      let value = try value.text(for: webhook, in: app, percentEncoded: false)
      try Header.validate(value: value)
      result.headers = webhook.headers.setting(name, to: value)
    case .removeHeaders(let names):
      for name in names { result.headers = result.headers.removing(name) }
    case .clearHeaders: result.headers = Headers()
    }
    return result
  }

  /// What the edit sets when nothing is known of the webhook; nil where the result depends on what it holds.
  ///
  /// - Throws: `InvalidValue` as `applied(to:in:)` does.
  package func blindPatch(for id: WebhookID, in app: App) throws(InvalidValue) -> WebhookPatch? {
    let unknown = Webhook(id: id, appID: app.id, url: "", events: [])
    switch self {
    case .setURL: return WebhookPatch(url: try applied(to: unknown, in: app).url)
    case .setEvents: return WebhookPatch(events: try applied(to: unknown, in: app).events)
    case .clearHeaders: return WebhookPatch(headers: Headers())
    case .replaceURL, .addEvents, .removeEvents, .renameEvent, .setHeader, .removeHeaders: return nil
    }
  }
}

extension Array where Element: Hashable {
  /// The elements in their order, each once: later duplicates fall.
  package func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension String {
  /// Replaces every occurrence of a text, from the left, without looking again at what was put in.
  package func replacingEvery(_ old: String, with new: String) -> String {
    let (text, pattern) = (Array(utf8), Array(old.utf8))
    guard !pattern.isEmpty, pattern.count <= text.count else { return self }
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      if index + pattern.count <= text.count, text[index..<index + pattern.count].elementsEqual(pattern) {
        result += new.utf8
        index += pattern.count
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
