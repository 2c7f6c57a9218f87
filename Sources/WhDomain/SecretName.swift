import Synchronization

/// Which names say that what they name is a secret: of headers, of variables and of the parameters of a url.
///
/// It is the one definition; every text that is shown relies on it.
package enum SecretName {
  package static func isSecret(_ name: String) -> Bool {
    // Texts that look alike, and are equal, may be of other characters.
    guard name.isASCII else { return judge(name) }
    if let isKnown = judged.withLock({ $0[name] }) { return isKnown }
    let isSecret = judge(name)
    judged.withLock { judged in
      if judged.count < mostJudged { judged[name] = isSecret }
    }
    return isSecret
  }

  /// The names that were judged so far: those of headers are the same few in thousands of webhooks.
  private static let judged = Mutex<[String: Bool]>([:])
  private static let mostJudged = 1_000

  private static func judge(_ name: String) -> Bool {
    let lowered = Array(name.lowercased().utf8)
    if texts.contains(where: { holds(lowered, $0) }) { return true }
    return pieces(of: name).contains { words.contains($0) }
  }

  /// Long enough to be no accident within another word.
  private static let texts = [
    "authorization", "token", "secret", "key", "password", "passphrase", "passwd", "pwd", "cookie", "signature",
    "credential", "bearer", "session", "hmac",
  ].map { Array($0.utf8) }

  /// By bytes: a webhook may have very many headers, and a mark on a letter hides nothing.
  private static func holds(_ name: [UInt8], _ text: [UInt8]) -> Bool {
    guard name.count >= text.count else { return false }
    return (0...(name.count - text.count)).contains { start in
      name[start] == text[0] && name[start..<start + text.count].elementsEqual(text)
    }
  }

  /// Too short to be looked for within a word: `otp` is in `footprint`, `auth` in `author`.
  private static let words: Set<String> = [
    "auth", "oauth", "authentication", "pass", "pw", "otp", "totp", "jwt", "jws", "sig", "sid", "pin", "csrf", "xsrf",
    "psk", "saml", "creds",
  ]

  /// The words that a name is made of, in lower case and without digits at their ends: `X-OAuth2_jwtValue` gives `x`,
  /// `oauth`, `jwt` and `value`.
  private static func pieces(of name: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var wasLower = false
    var capitals = 0
    for scalar in name.unicodeScalars {
      guard scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) else {
        pieces.append(piece)
        (piece, wasLower, capitals) = ("", false, 0)
        continue
      }
      if wasLower, scalar.properties.isUppercase {
        pieces.append(piece)
        piece = ""
      }
      // The last one of several capitals begins a word: `XAuth` is `X` and `Auth`.
      if capitals > 1, scalar.properties.isLowercase {
        pieces.append(String(piece.dropLast()))
        piece = String(piece.suffix(1))
      }
      wasLower = scalar.properties.isLowercase
      capitals = scalar.properties.isUppercase ? capitals + 1 : 0
      piece.unicodeScalars.append(scalar)
    }
    // `OAuth` is one word, written as two.
    let all = pieces + [piece, name.filter { $0.isLetter || $0.isNumber }]
    return all.map { String($0.lowercased().reversed().drop { ("0"..."9").contains($0) }.reversed()) }
  }
}

/// A secret in a text, with what stands before it and says so.
package struct PlacedSecret: Hashable, Sendable {
  /// `token=`, or `://` of a user name and password.
  package let lead: String
  package let value: String
}

extension WebhookURL {
  /// The secrets of the urls in a text: user names with passwords, and parameters whose names say secret. Linear in its length.
  package static func secrets(in text: String) -> [PlacedSecret] {
    guard !text.isMade(of: { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "@") }) else { return [] }
    return users(in: text) + parameters(in: text)
  }

  private static func users(in text: String) -> [PlacedSecret] {
    let pieces = Array(text.utf8).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var users: [PlacedSecret] = []
    var index = 1
    while index < pieces.count {
      guard pieces[index].starts(with: "//".utf8) else {
        index += 1
        continue
      }
      // The authority may hold colons, and so further pieces; the next `://` begins another url.
      var end = index + 1
      while end < pieces.count, !pieces[end].starts(with: "//".utf8) { end += 1 }
      let rest = Array(pieces[index..<end].joined(separator: [UInt8(ascii: ":")])).dropFirst(2)
      let authority = rest.prefix { !"/?# \t\r\n\"'<>".utf8.contains($0) }
      if let sign = authority.lastIndex(of: UInt8(ascii: "@")), sign > authority.startIndex {
        users.append(PlacedSecret(lead: "://", value: String(decoding: authority[..<sign], as: UTF8.self)))
      }
      index = end
    }
    return users
  }

  private static func parameters(in text: String) -> [PlacedSecret] {
    text.utf8.split(whereSeparator: { "?&#; \t\r\n\"'<>".utf8.contains($0) }).compactMap { piece in
      guard let sign = piece.firstIndex(of: UInt8(ascii: "=")) else { return nil }
      let name = piece[..<sign]
      let value = piece[piece.index(after: sign)...]
      guard !name.isEmpty, !value.isEmpty, name.count <= 128, name.allSatisfy(isOfName) else { return nil }
      let text = String(decoding: name, as: UTF8.self)
      guard SecretName.isSecret(text) || text.lowercased() == "code" else { return nil }
      return PlacedSecret(lead: text + "=", value: String(decoding: value, as: UTF8.self))
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "_-.[]%".utf8.contains(byte)
    }
  }
}
