/// The rules for the url of a webhook.
package enum WebhookURL {
  /// Accepts an absolute `https` or `http` url with a host. (The service itself refuses `http`: api.md, "Delivery".)
  ///
  /// - Throws: `InvalidValue` for any other text, and for one with white space or control characters in it.
  package static func validate(_ url: String) throws(InvalidValue) {
    if isOrdinary(url) { return }
    guard !url.isEmpty else { throw InvalidValue("is empty") }
    guard url.utf8.count <= 2048 else { throw InvalidValue("is longer than 2048 bytes") }
    if let bad = url.unicodeScalars.first(where: {
      $0.isControl || $0.properties.isWhitespace || forbidden.contains($0) || $0.isInvisible
    }) {
      throw InvalidValue("contains \(bad.quotedForMessage), which is not allowed in a url")
    }
    let lowered = url.prefix(8).lowercased()
    guard let scheme = ["https://", "http://"].first(where: lowered.hasPrefix) else {
      throw InvalidValue("must begin with https://")
    }
    let rest = url.dropFirst(scheme.count)
    try validate(authority: rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" })
  }

  /// The host of an absolute url as it is written, without user name and port; nil for a text that has none.
  package static func host(of url: String) -> (text: Substring, range: Range<String.Index>)? {
    let range =
      url.utf8.withContiguousStorageIfAvailable(host(in:)) ?? Array(url.utf8).withUnsafeBufferPointer(host(in:))
    guard let range else { return nil }
    let (start, end) = (url.utf8Index(range.lowerBound), url.utf8Index(range.upperBound))
    return (url[start..<end], start..<end)
  }

  /// The same by places of bytes: all that parts a url is ASCII.
  private static func host(in url: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    let colon = UInt8(ascii: ":")
    let slash = UInt8(ascii: "/")
    guard
      let scheme = url.indices.dropLast(2).first(where: {
        url[$0] == colon && url[$0 + 1] == slash && url[$0 + 2] == slash
      })
    else { return nil }
    let rest = url[(scheme + 3)...]
    let authority = rest.prefix { $0 != slash && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    var host = authority[(authority.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? authority.startIndex)...]
    if host.first == UInt8(ascii: "["), let end = host.firstIndex(of: UInt8(ascii: "]")) {
      host = host[...end]
    } else {
      host = host.prefix { $0 != colon }
    }
    return host.isEmpty ? nil : host.startIndex..<host.endIndex
  }

  /// - Throws: `InvalidValue` for a text that can't be the host of a url.
  ///
  /// - Parameter mayHavePort: true where `:PORT` may follow.
  package static func validate(host: String, mayHavePort: Bool) throws(InvalidValue) {
    if isOrdinary(host: host) { return }
    guard !host.isEmpty else { throw InvalidValue("is empty") }
    if let bad = host.unicodeScalars.first(where: { "/?#@".unicodeScalars.contains($0) }) {
      throw InvalidValue("contains \(bad.quotedForMessage), which is not allowed in a host")
    }
    try validate("https://" + host)
    guard mayHavePort || Self.host(of: "https://" + host)?.text.utf8.count == host.utf8.count else {
      throw InvalidValue("has a port")
    }
  }

  package static func isValid(_ url: String) -> Bool { (try? validate(url)) != nil }

  package static func isPlain(_ url: String) -> Bool { begins(url, with: "http://") }

  /// - Parameter scheme: in lower case.
  private static func begins(_ url: String, with scheme: StaticString) -> Bool {
    url.utf8.count >= scheme.utf8CodeUnitCount
      && scheme.withUTF8Buffer { scheme in
        url.utf8.withContiguousStorageIfAvailable { bytes in
          for place in scheme.indices {
            let byte = bytes[place]
            guard byte == scheme[place] || isLetter(byte) && byte | 0x20 == scheme[place] else { return false }
          }
          return true
        } ?? false
      }
  }

  /// True for a url as nearly all are: ASCII, with a host of letters, digits, dots and hyphens, and no port. What is not ordinary
  /// may be valid all the same.
  private static func isOrdinary(_ url: String) -> Bool {
    guard url.utf8.count <= 2048 else { return false }
    let length = begins(url, with: "https://") ? 8 : begins(url, with: "http://") ? 7 : 0
    return length > 0 && url.utf8.withContiguousStorageIfAvailable { isOrdinary($0, after: length) } ?? false
  }

  private static func isOrdinary(_ bytes: UnsafeBufferPointer<UInt8>, after scheme: Int) -> Bool {
    guard let place = endOfHost(bytes, from: scheme) else { return false }
    guard place < bytes.count else { return true }
    let next = bytes[place]
    guard next == UInt8(ascii: "/") || next == UInt8(ascii: "?") || next == UInt8(ascii: "#") else { return false }
    return bytes[place...].allSatisfy(mayStand)
  }

  private static func isOrdinary(host: String) -> Bool {
    guard host.utf8.count + 8 <= 2048 else { return false }
    return host.utf8.withContiguousStorageIfAvailable { endOfHost($0, from: 0) == $0.count } ?? false
  }

  /// Where letters, digits, hyphens and single dots end that begin at a place; nil where there are none.
  private static func endOfHost(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let dot = UInt8(ascii: ".")
    var place = start
    while place < bytes.count, isOfHost(bytes[place]) {
      if bytes[place] == dot, place == start || bytes[place - 1] == dot { return nil }
      place += 1
    }
    return place > start ? place : nil
  }

  /// True for the ASCII characters that may stand somewhere in a url.
  private static func mayStand(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
      UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
      false
    default: byte > 0x20 && byte < 0x7F
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  private static let forbidden: Set<Unicode.Scalar> = ["\"", "<", ">", "\\", "^", "`", "{", "|", "}"]

  private static func validate(authority: Substring) throws(InvalidValue) {
    guard !authority.utf8.contains(UInt8(ascii: "@")) else { throw InvalidValue("contains a user name") }
    var host = authority
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { throw InvalidValue("has a host without `]`") }
      host = authority[...end]
      guard host.count > 2, host.dropFirst().dropLast().allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else {
        throw InvalidValue("has an invalid IPv6 address")
      }
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
    }
    guard !host.isEmpty else { throw InvalidValue("has no host") }
    let port = authority[host.endIndex...]
    if !port.isEmpty {
      let digits = port.dropFirst()
      guard port.first == ":", digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        let number = UInt32(digits), (1...65_535).contains(number)
      else {
        throw InvalidValue("has a port that is not between 1 and 65535")
      }
    }
    guard host.hasPrefix("[") || !host.unicodeScalars.contains(where: { "[]%!$&'()*+,;=".unicodeScalars.contains($0) })
    else { throw InvalidValue("has an invalid host") }
    guard !host.hasPrefix("."), !host.contains("..") else { throw InvalidValue("has an invalid host") }
  }
}

extension String {
  fileprivate func utf8Index(_ place: Int) -> Index { utf8.index(utf8.startIndex, offsetBy: place) }
}
