/// What can be done to a webhook: a pure function from a webhook to a webhook. Done twice it is done once, as long as what
/// it adds does not hold again what it replaces.
package protocol Edit: Sendable {
  /// The field that it changes.
  var field: WebhookField { get }
  /// What must be known before it can be done.
  var needs: EditNeeds { get }
  /// - Throws: `InvalidValue` when the result is one that no request may carry, or a placeholder has no value.
  func applied(to webhook: Webhook, in app: App) throws(InvalidValue) -> Webhook
}

/// What must be known before an edit can be done.
package struct EditNeeds: OptionSet, Sendable {
  package let rawValue: Int

  package init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// What the webhook holds.
  package static let reading = EditNeeds(rawValue: 1)
  /// The slug or the name of its app.
  package static let appDetails = EditNeeds(rawValue: 2)

  /// What the placeholders of texts need.
  package static func placeholders(in templates: Template...) -> EditNeeds {
    let needsDetails = templates.contains { $0.placeholders.contains { $0 == .appSlug || $0 == .appName } }
    return needsDetails ? .appDetails : []
  }
}

extension Edit {
  /// What the edit sets when nothing is known of the webhook; nil where the result depends on what it holds.
  ///
  /// - Throws: `InvalidValue` as `applied(to:in:)` does.
  package func blindPatch(for id: WebhookID, in app: App) throws(InvalidValue) -> WebhookPatch? {
    if needs.contains(.reading) { return nil }
    return try applied(to: Webhook(id: id, appID: app.id, url: "", events: []), in: app).asPatch.limited(to: [field])
  }
}

/// Restores what a webhook had. Values from the service are valid, so they are not checked.
package struct Restoration: Edit {
  private let patch: WebhookPatch
  package let field: WebhookField

  package var needs: EditNeeds { .reading }

  /// The edits that together set all fields of a patch.
  package static func edits(for patch: WebhookPatch) -> [Restoration] {
    WebhookField.allCases.filter(patch.fields.contains).map { Restoration(patch: patch.limited(to: [$0]), field: $0) }
  }

  package func applied(to webhook: Webhook, in app: App) -> Webhook { patch.applied(to: webhook) }
}

extension Array where Element: Hashable {
  /// The elements in their order, each once: later duplicates fall.
  package func uniqued() -> [Element] {
    if count < 2 { return self }
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
