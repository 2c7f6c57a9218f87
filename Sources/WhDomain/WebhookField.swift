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

  /// The fields that a webhook holds otherwise than this says. Texts compare by their bytes, as they go on the wire; events
  /// are a set, whose order is the service's own; the names of headers compare without case.
  package func fieldsThatDiffer(in webhook: Webhook) -> Set<WebhookField> {
    var fields: Set<WebhookField> = []
    if let url, !url.hasBytes(of: webhook.url) { fields.insert(.url) }
    if let events, Self.bytes(of: events) != Self.bytes(of: webhook.events) { fields.insert(.events) }
    if let headers, !headers.holdTheSame(as: webhook.headers) { fields.insert(.headers) }
    return fields
  }

  /// The fields that a webhook holds otherwise than this says, even where services may write a url in another form.
  package func fieldsThatDiffer(inNormalFormOf webhook: Webhook) -> Set<WebhookField> {
    var (patch, webhook) = (self, webhook)
    patch.url = url.map(WebhookURL.normalized)
    webhook.url = WebhookURL.normalized(webhook.url)
    return patch.fieldsThatDiffer(in: webhook)
  }

  private static func bytes(of events: [String]) -> Set<[UInt8]> { Set(events.map { Array($0.utf8) }) }
}

extension Webhook {
  /// All fields as a patch.
  package var asPatch: WebhookPatch { WebhookPatch(url: url, events: events, headers: headers) }
}

extension Headers {
  fileprivate func holdTheSame(as other: Headers) -> Bool {
    all.count == other.all.count
      && zip(all, other.all).allSatisfy { Headers.same($0.name, $1.name) && $0.value.hasBytes(of: $1.value) }
  }
}

extension String {
  /// `==` takes texts of other bytes for equal where Unicode does.
  fileprivate func hasBytes(of other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
