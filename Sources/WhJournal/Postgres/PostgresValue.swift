/// A parameter of a statement.
struct PostgresValue: Sendable {
  /// As the server reads it, with a NUL at the end; nil for NULL in SQL.
  let bytes: [UInt8]?

  init(_ text: String?) { bytes = text.map { Self.terminated(Array($0.utf8)) } }
  init(_ number: Int?) { self.init(number.map { String($0) }) }
  init(_ number: Int64) { self.init(String(number)) }
  init(_ moment: Moment) { self.init(moment.milliseconds) }

  /// An array of texts, some of which may be NULL.
  init(_ texts: [String?]) {
    var array = [UInt8(ascii: "{")]
    for (index, text) in texts.enumerated() {
      if index > 0 { array.append(UInt8(ascii: ",")) }
      guard let text else {
        array += Array("NULL".utf8)
        continue
      }
      array.append(UInt8(ascii: "\""))
      for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { array.append(UInt8(ascii: "\\")) }
        array.append(byte)
      }
      array.append(UInt8(ascii: "\""))
    }
    array.append(UInt8(ascii: "}"))
    bytes = Self.terminated(array)
  }

  init(_ numbers: [Int]) { self.init(array: numbers.map { String($0) }) }
  init(_ numbers: [Int64]) { self.init(array: numbers.map { String($0) }) }
  init(_ flags: [Bool]) { self.init(array: flags.map { $0 ? "t" : "f" }) }

  private init(array: [String]) { self.init("{" + array.joined(separator: ",") + "}") }

  /// PostgreSQL's texts can't contain NUL, which only names and messages of the service could: there it becomes U+FFFD.
  private static func terminated(_ bytes: [UInt8]) -> [UInt8] {
    let text = bytes.contains(0) ? bytes.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] } : bytes
    return text + [0]
  }
}
