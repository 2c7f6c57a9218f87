extension WebhookURL {
  /// The url in normalised form: scheme and host in lower case, no default port, and `/` for an empty
  /// path. A text that is not an `http` or `https` url stays as it is.
  package static func normalized(_ url: String) -> String {
    let bytes = Array(url.utf8)
    let lowered = bytes.map(lowercased)
    for (scheme, port) in [("https://", "443"), ("http://", "80")] where lowered.starts(with: scheme.utf8) {
      let rest = bytes.dropFirst(scheme.utf8.count)
      let end = rest.firstIndex { [slash, UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) } ?? rest.endIndex
      let tail = rest[end...]
      let path = tail.first == slash ? Array(tail) : [slash] + tail
      return String(decoding: scheme.utf8 + authority(rest[..<end], defaultPort: port) + path, as: UTF8.self)
    }
    return url
  }

  private static func authority(_ authority: ArraySlice<UInt8>, defaultPort: String) -> [UInt8] {
    let start = authority.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? authority.startIndex
    var host = authority[start...]
    // The colons of an IPv6 address are before its bracket.
    if let colon = host.lastIndex(of: UInt8(ascii: ":")), !host[colon...].contains(UInt8(ascii: "]")) {
      let port = host[host.index(after: colon)...]
      let name = host[..<colon]
      // One with more colons outside of brackets is not a host with a port.
      let isHost = name.last == UInt8(ascii: "]") || !name.contains(UInt8(ascii: ":"))
      if isHost, port.isEmpty || port.elementsEqual(defaultPort.utf8) { host = name }
    }
    return Array(authority[..<start]) + host.map(lowercased)
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static let slash = UInt8(ascii: "/")
}
