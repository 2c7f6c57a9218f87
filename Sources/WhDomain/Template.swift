/// Placeholders in edits that are replaced for each webhook, such as `${app.slug}`.
package enum Placeholder: String, CaseIterable, Sendable {
  case appID = "app.id"
  case appSlug = "app.slug"
  case appName = "app.name"
  case webhookID = "webhook.id"
}

/// A text that may hold placeholders, so that one statement serves many webhooks.
package struct Template: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case text(String)
    case placeholder(Placeholder)
    case lookup(Lookup)
  }

  package let parts: [Part]

  package init(_ parts: [Part]) {
    self.parts = parts
  }

  package init(_ text: String) {
    parts = [.text(text)]
  }

  /// What must be known of a webhook and its app.
  package var placeholders: [Placeholder] {
    parts.compactMap { part in
      switch part {
      case .text: nil
      case .placeholder(let placeholder): placeholder
      case .lookup(let lookup): lookup.key
      }
    }
  }

  /// The first variable whose value depends on the webhook; nil if it is the same text for all of them.
  package var firstVariable: String? {
    parts.lazy.compactMap { part in
      switch part {
      case .text: nil
      case .placeholder(let placeholder): placeholder.rawValue
      case .lookup(let lookup): lookup.name
      }
    }.first
  }

  /// The text for one webhook. In a url the values of placeholders are percent-encoded, all but unreserved characters.
  ///
  /// - Throws: `InvalidValue` when a placeholder's value is not known, as an app's slug is not with an app key.
  package func text(for webhook: Webhook, in app: App, percentEncoded: Bool) throws(InvalidValue) -> String {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .placeholder(let placeholder):
        let value = try value(of: placeholder, for: webhook, in: app)
        result += percentEncoded ? Self.percentEncode(value) : value
      case .lookup(let lookup):
        // As a variable of the script it is put in as it is.
        result += try lookup.value(of: value(of: lookup.key, for: webhook, in: app))
      }
    }
    return result
  }

  private func value(of placeholder: Placeholder, for webhook: Webhook, in app: App) throws(InvalidValue) -> String {
    let value: String? =
      switch placeholder {
      case .appID: webhook.appID.text
      case .appSlug: app.slug
      case .appName: app.name
      case .webhookID: webhook.id.text
      }
    guard let value else {
      throw InvalidValue("needs `${\(placeholder.rawValue)}`, which is not known for app \(app.id)")
    }
    return value
  }

  private static func percentEncode(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    var result = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if scalar.isIdentifierScalar {
        result.unicodeScalars.append(scalar)
      } else {
        result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return result
  }
}
