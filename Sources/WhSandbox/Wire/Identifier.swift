/// Ids of the newer form: a prefix and 27 letters and digits.
enum Identifier {
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

  /// Draws an id such as `whk_` and 27 letters and digits.
  static func make(prefix: String, using random: () -> UInt64) -> String {
    prefix + String((0..<27).map { _ in alphabet[Int(random() % UInt64(alphabet.count))] })
  }

  /// Whether `byte` is allowed in an id or a key.
  static func isByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_.~".utf8.contains(byte)
    }
  }
}
