/// What may be the url of a webhook: the pattern in docs/openapi.yaml.
enum URLSyntax {
  /// Whether `text` is an https url (RFC 3986) whose host is a name or an IPv4 address.
  static func isPublic(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    guard rest.prefix(8).elementsEqual("https://".utf8, by: { lowercase($0) == $1 }) else { return false }
    rest = rest.dropFirst(8)
    let host = rest.prefix { isAlphanumeric($0) || ".-".utf8.contains($0) }
    guard !host.isEmpty else { return false }
    rest = rest.dropFirst(host.count)
    if rest.first == UInt8(ascii: ":") {
      rest = rest.dropFirst()
      let port = rest.prefix(while: isDigit)
      guard (1...5).contains(port.count) else { return false }
      rest = rest.dropFirst(port.count)
    }
    guard let first = rest.first else { return true }
    guard "/?#".utf8.contains(first) else { return false }
    let pieces = rest.split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
    return pieces.allSatisfy(isPlain)
  }

  /// Whether the bytes are allowed in a path, a query and a fragment, percent signs being followed by two digits.
  private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(isHexadecimal) else { return false }
        rest = rest.dropFirst(2)
      } else if !isAlphanumeric(byte), !"-._~:/?@!$&'()*+,;=".utf8.contains(byte) {
        return false
      }
    }
    return true
  }

  private static func lowercase(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowercase(byte))
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(lowercase(byte))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
