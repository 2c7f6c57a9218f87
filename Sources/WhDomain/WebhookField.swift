/// The fields of a webhook that can be changed.
package enum WebhookField: String, CaseIterable, Sendable {
  case url, events, headers
}

extension WebhookPatch {
  /// The fields that it sets.
  package var fields: Set<WebhookField> {
    Set(
      WebhookField.allCases.filter { field in
        switch field {
        case .url: url != nil
        case .events: events != nil
        case .headers: headers != nil
        }
      })
  }

  /// The same values, of some of the fields alone.
  package func limited(to fields: Set<WebhookField>) -> WebhookPatch {
    WebhookPatch(
      url: fields.contains(.url) ? url : nil, events: fields.contains(.events) ? events : nil,
      headers: fields.contains(.headers) ? headers : nil)
  }

  /// These values, and another's where this has none.
  package func filled(from other: WebhookPatch) -> WebhookPatch {
    WebhookPatch(url: url ?? other.url, events: events ?? other.events, headers: headers ?? other.headers)
  }

  /// The fields in which a webhook differs. Texts compare by their bytes, as they are sent; events
  /// are a set, whose order is the service's own; the names of headers compare without case.
  package func fieldsThatDiffer(in webhook: Webhook) -> Set<WebhookField> {
    Set(WebhookField.allCases.filter { differs(from: webhook, in: $0) })
  }

  /// True where a webhook holds all that this sets.
  func isHeld(by webhook: Webhook) -> Bool { !WebhookField.allCases.contains { differs(from: webhook, in: $0) } }

  private func differs(from webhook: Webhook, in field: WebhookField) -> Bool {
    switch field {
    case .url: url.map { !$0.isSame(as: webhook.url) } ?? false
    case .events: events.map { !Self.areSame($0, webhook.events) } ?? false
    case .headers: headers.map { $0 != webhook.headers } ?? false
    }
  }

  /// The fields that a webhook certainly holds otherwise than this says: services may write a url in another form, and mask
  /// a header.
  package func fieldsThatDiffer(inNormalFormOf webhook: Webhook) -> Set<WebhookField> {
    var (patch, webhook) = (masked(as: webhook), webhook)
    patch.url = url.map(WebhookURL.normalized)
    webhook.url = WebhookURL.normalized(webhook.url)
    return patch.fieldsThatDiffer(in: webhook)
  }

  static func areSame(_ left: [String], _ right: [String]) -> Bool {
    if left.count == right.count, zip(left, right).allSatisfy({ $0.isSame(as: $1) }) { return true }
    return Set(left.map { Array($0.utf8) }) == Set(right.map { Array($0.utf8) })
  }
}

extension Webhook {
  /// All fields as a patch.
  package var asPatch: WebhookPatch { WebhookPatch(url: url, events: events, headers: headers) }
}
