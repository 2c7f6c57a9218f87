/// JSON as it is written, by hand: a run has many texts of the same few shapes, and each is written before the first
/// request goes out.
struct JSONText {
  private var bytes: [UInt8] = []

  init() {
    bytes.reserveCapacity(256)
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func punctuation(_ character: Unicode.Scalar) {
    bytes.append(UInt8(ascii: character))
  }

  /// A member's name, which must need no escapes, with the comma that parts it from the one before.
  mutating func name(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
  }

  /// A comma, unless this is the first element of the object or list.
  mutating func separate() {
    if let last = bytes.last, last != UInt8(ascii: "{"), last != UInt8(ascii: "[") { bytes.append(UInt8(ascii: ",")) }
  }

  mutating func string(_ string: String) {
    var string = string
    bytes.append(UInt8(ascii: "\""))
    string.withUTF8 { utf8 in
      if utf8.contains(where: Self.needsEscape) {
        for byte in utf8 { append(escaping: byte) }
      } else {
        bytes.append(contentsOf: utf8)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func strings(_ strings: [String]) {
    bytes.append(UInt8(ascii: "["))
    for string in strings {
      separate()
      self.string(string)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func integer(_ integer: Int) {
    bytes.append(contentsOf: String(integer).utf8)
  }

  private mutating func append(escaping byte: UInt8) {
    guard Self.needsEscape(byte) else { return bytes.append(byte) }
    if byte < 0x20 {
      bytes.append(contentsOf: "\\u00".utf8)
      bytes.append(contentsOf: [Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]])
    } else {
      bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
    }
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static let digits = Array("0123456789abcdef".utf8)
}
