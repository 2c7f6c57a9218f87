/// JSON as it is written (RFC 8259), the one encoder of texts for files, the journal and screens. It writes by hand: a run has
/// many texts of the same few shapes, and each is written before the first request goes out.
package struct JSONWriter: Sendable {
  /// What was written so far, in UTF-8.
  package private(set) var bytes: [UInt8] = []

  package init() {
    bytes.reserveCapacity(256)
  }

  /// The same as a text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Writes a word or a mark as it is, such as `{` or `null`.
  package mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// A member's name, which must need no escapes, with the comma that parts it from the one before.
  package mutating func name(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// A member's name of any text.
  package mutating func name(of text: String) {
    separate()
    string(text)
    bytes.append(UInt8(ascii: ":"))
  }

  /// A comma, unless this is the first element of the object or list.
  package mutating func separate() {
    if let last = bytes.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
  }

  /// A text in quotes. Control characters are escaped, C1, DEL, those that turn the direction of text and invisible ones too,
  /// so that a line is safe on a screen, and shows all that is in it.
  package mutating func string(_ string: String) {
    var string = string
    bytes.append(UInt8(ascii: "\""))
    let isPlain = string.withUTF8 { utf8 in
      if utf8.contains(where: Self.mayNeedEscape) { return false }
      bytes.append(contentsOf: utf8)
      return true
    }
    if !isPlain {
      for scalar in string.unicodeScalars { append(escaping: scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// A list of texts.
  package mutating func strings(_ strings: [String]) {
    bytes.append(UInt8(ascii: "["))
    for string in strings {
      separate()
      self.string(string)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  package mutating func integer(_ integer: Int) {
    bytes.append(contentsOf: String(integer).utf8)
  }

  /// A number with its decimals; `null` for one that is not finite.
  package mutating func decimal(_ number: Double) {
    bytes.append(contentsOf: (number.isFinite ? String(number) : "null").utf8)
  }

  private mutating func append(escaping scalar: Unicode.Scalar) {
    switch scalar {
    case "\"", "\\": bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)])
    case "\n": bytes.append(contentsOf: "\\n".utf8)
    case "\r": bytes.append(contentsOf: "\\r".utf8)
    case "\t": bytes.append(contentsOf: "\\t".utf8)
    case _ where Self.isHazard(scalar):
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
      }
    default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  private static func isHazard(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: true
    // Those that shape the text around them, as in emoji and in Persian, are seen by that.
    case 0x200C...0x200D, 0xFE00...0xFE0F: false
    default: scalar.isInvisible
    }
  }

  /// True for each byte that a character to be escaped begins with in UTF-8.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case ..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F, 0xC2, 0xCD, 0xD8, 0xE1...0xE3, 0xEF, 0xF0, 0xF3: true
    default: false
    }
  }
}
