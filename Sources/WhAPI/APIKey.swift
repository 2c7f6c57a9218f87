import WhDomain

/// Which routes a key opens (api.md, "Operations").
package enum KeyKind: Hashable, Sendable {
  /// `sk_admin_…`: all apps of the organisation.
  case admin
  /// `sk_live_app_…` or `sk_test_app_…`: one app, which is never named.
  case app
}

/// A key of the service.
package struct APIKey: Hashable, Sendable {
  package let secret: Secret
  package let kind: KeyKind

  /// - Throws: `InvalidValue` when the text is empty or holds what no header value may. The reason never quotes the key.
  package init(_ text: String) throws(InvalidValue) {
    guard !text.isEmpty else { throw InvalidValue("is empty") }
    guard text.utf8.count <= 4096 else { throw InvalidValue("is longer than 4096 characters") }
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw InvalidValue("contains a space, a line break or another invalid character")
    }
    secret = Secret(text)
    kind = text.hasPrefix("sk_live_app_") || text.hasPrefix("sk_test_app_") ? .app : .admin
  }
}
