/// One custom header of a webhook.
package struct Header: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// The custom headers of a webhook, sorted by name; names compare without case (RFC 9110, section 5.1).
package struct Headers: Sendable {
  package private(set) var all: [Header]

  package init(_ headers: [Header] = []) {
    // Each name is folded once, as a webhook may have very many headers.
    all = headers.map { (key: $0.name.lowercased(), header: $0) }
      .sorted { ($0.key, $0.header.name) < ($1.key, $1.header.name) }.map(\.header)
  }

  package var isEmpty: Bool { all.isEmpty }

  package subscript(name: String) -> String? {
    all.first { Self.same($0.name, name) }?.value
  }

  /// Sets a header. The spelling of a name that is already there stays, so that a change of case alone changes nothing.
  package func setting(_ name: String, to value: String) -> Headers {
    let spelling = all.first { Self.same($0.name, name) }?.name ?? name
    return Headers(removing(name).all + [Header(name: spelling, value: value)])
  }

  package func removing(_ name: String) -> Headers {
    Headers(all.filter { !Self.same($0.name, name) })
  }

  package static func same(_ left: String, _ right: String) -> Bool {
    left.isSame(as: right) || left.lowercased() == right.lowercased()
  }
}

extension Headers: Hashable {
  /// Equal when the same names, without regard to case, hold the same values.
  package static func == (left: Headers, right: Headers) -> Bool {
    left.all.count == right.all.count
      && zip(left.all, right.all).allSatisfy { Headers.same($0.name, $1.name) && $0.value.isSame(as: $1.value) }
  }

  package func hash(into hasher: inout Hasher) {
    for header in all {
      hasher.combine(header.name.lowercased())
      hasher.combine(header.value)
    }
  }
}

extension Header {
  /// True when the name says that the value is a secret, which then shows as `••••` wherever it is shown.
  package var isSecret: Bool { Header.isSecret(name: name) }

  package static func isSecret(name: String) -> Bool { SecretName.isSecret(name) }

  /// - Throws: `InvalidValue` unless the name is a token of RFC 9110, section 5.6.2, of at most 256 characters.
  package static func validate(name: String) throws(InvalidValue) {
    guard !name.isEmpty else { throw InvalidValue("is empty") }
    guard name.utf8.count <= 256 else { throw InvalidValue("is longer than 256 characters") }
    if let bad = name.unicodeScalars.first(where: { !isToken($0) }) {
      throw InvalidValue("contains \(bad.quotedForMessage), which is not allowed in a header name")
    }
  }

  /// - Throws: `InvalidValue` when the value holds CR, LF, NUL or another control character but the tab
  ///   (RFC 9110, section 5.5), or is longer than 8192 bytes.
  package static func validate(value: String) throws(InvalidValue) {
    guard value.utf8.count <= 8192 else { throw InvalidValue("is longer than 8192 bytes") }
    if let bad = value.unicodeScalars.first(where: { $0.isControl && $0 != "\t" }) {
      throw InvalidValue("contains \(bad.quotedForMessage), which is not allowed in a header value")
    }
  }

  private static func isToken(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "!", "#", "$", "%", "&", "'", "*", "+", "-", ".", "^", "_", "`", "|", "~":
      true
    default: false
    }
  }
}
