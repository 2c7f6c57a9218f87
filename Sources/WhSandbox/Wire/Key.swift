/// An API key, told apart by its form.
enum Key: Sendable, Hashable {
  /// What a key opens.
  enum Kind: Sendable {
    case admin
    case app
  }

  case admin(String)
  case app(slug: String, isTest: Bool)

  /// Reads a key; nil if it has none of the service's forms.
  init?(token: String) {
    let forms: [(prefix: String, make: (String) -> Key)] = [
      ("sk_admin_", Key.admin),
      ("sk_live_app_", { .app(slug: $0, isTest: false) }),
      ("sk_test_app_", { .app(slug: $0, isTest: true) }),
    ]
    for form in forms where token.hasPrefix(form.prefix) {
      let rest = String(token.dropFirst(form.prefix.count))
      guard !rest.isEmpty, rest.utf8.allSatisfy(Identifier.isByte) else { return nil }
      self = form.make(rest)
      return
    }
    return nil
  }

  /// Reads the key out of an `Authorization` header; nil if it is not among `keys` or there is none.
  init?(authorization: String?, among keys: [String]?) {
    guard let parts = authorization?.split(separator: " ", maxSplits: 1), parts.count == 2,
      parts[0].lowercased() == "bearer"
    else { return nil }
    let token = String(parts[1])
    if let keys, !keys.contains(token) { return nil }
    self.init(token: token)
  }

  var kind: Kind {
    switch self {
    case .admin: .admin
    case .app: .app
    }
  }
}
