/// JSON as it stands: a number keeps its text, and a string that is not Unicode is that string's problem alone.
enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  /// A string with invalid bytes or escapes.
  case brokenString
  case array([JSONValue])
  case object([Member])

  struct Member: Hashable, Sendable {
    let name: String
    let value: JSONValue
  }

  /// The value under a name; where the name stands twice, the later one. Nil where this is not an object.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// Nil when the bytes are not JSON, or nested more than `JSONParser.deepest` levels.
  init?(_ bytes: [UInt8]) {
    var parser = JSONParser(bytes)
    guard let value = parser.document() else { return nil }
    self = value
  }

  /// True when the bytes are JSON of any shape.
  static func isReadable(_ bytes: [UInt8]) -> Bool { JSONValue(bytes) != nil }
}

extension JSONValue {
  /// The text of a string, or of a number where a text was meant.
  var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .null, .bool, .brokenString, .array, .object: nil
    }
  }
}
