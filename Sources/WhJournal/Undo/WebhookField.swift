import WhDomain

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
  func filled(from other: WebhookPatch) -> WebhookPatch {
    WebhookPatch(url: url ?? other.url, events: events ?? other.events, headers: headers ?? other.headers)
  }

  /// The fields that a webhook holds otherwise than this says.
  func fieldsThatDiffer(in webhook: Webhook) -> Set<WebhookField> {
    WebhookPatch(from: webhook, to: applied(to: webhook)).fields
  }
}

extension Webhook {
  /// All fields as a patch.
  var asPatch: WebhookPatch { WebhookPatch(url: url, events: events, headers: headers) }
}
