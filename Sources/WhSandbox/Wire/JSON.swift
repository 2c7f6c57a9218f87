import Foundation

/// A JSON value whose members keep the order they were given in.
enum JSON: Sendable {
  case null
  /// A number, or a truth value, as Foundation prints it: the service's requests have neither.
  case literal(String)
  case string(String)
  case array([JSON])
  case object([Member])

  /// One member of an object.
  struct Member: Sendable {
    var name: String
    var value: JSON

    init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  static func number(_ number: Int) -> JSON {
    .literal(String(number))
  }

  static func strings(_ strings: [String]) -> JSON {
    .array(strings.map(JSON.string))
  }

  /// An object of texts in the order of their names, since a dictionary has none.
  static func strings(_ strings: [String: String]) -> JSON {
    .object(strings.sorted { $0.key < $1.key }.map { Member($0.key, .string($0.value)) })
  }

  /// Reads a text of JSON; an object's members come in the order of their names.
  /// - Throws: a Foundation error if `data` is not JSON in UTF-8, UTF-16 or UTF-32.
  init(parsing data: Data) throws {
    self.init(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed))
  }

  /// The members of the object that a request's body must be.
  /// - Throws: the `APIError` that answers another body.
  static func members(ofBody body: Data) throws(APIError) -> [Member] {
    let json: JSON
    do {
      json = try JSON(parsing: body)
    } catch {
      throw APIError.invalidRequest("The request body is not valid JSON.")
    }
    guard case .object(let members) = json else {
      throw APIError.invalidRequest("The request body must be a JSON object.")
    }
    return members
  }

  private init(_ value: Any) {
    switch value {
    case is NSNull: self = .null
    case let string as String: self = .string(string)
    case let array as [Any]: self = .array(array.map(JSON.init))
    case let object as [String: Any]:
      self = .object(object.sorted { $0.key < $1.key }.map { Member($0.key, JSON($0.value)) })
    default: self = .literal("\(value)")
    }
  }

  /// The value as a line of JSON.
  var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .literal(let literal): text += literal
    case .string(let string): Self.write(string, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.write(member.name, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    defer { text += "\"" }
    // Most strings are plain ASCII, and need no check of each scalar.
    if string.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      text += string
      return
    }
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
