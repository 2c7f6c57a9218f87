import WhSession

/// A JSON value that keeps the order of its members, so that a line reads the same each time.
indirect enum JSONText {
  /// A value of the domain, such as a url. What is secret by its name was left out before.
  case string(String)
  /// A sentence, or a part of one, in which a secret may be quoted: the encoder masks it there.
  case prose(String)
  case number(Int)
  case decimal(Double)
  case bool(Bool)
  case null
  case array([JSONText])
  case object([(String, JSONText)])

  static func optional(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }

  static func optional(prose: String?) -> JSONText { prose.map { .prose($0) } ?? .null }

  static func prose(_ texts: [String]) -> JSONText { .array(texts.map { .prose($0) }) }

  static func strings(_ texts: [String]) -> JSONText { .array(texts.map { .string($0) }) }

  /// The value on one line (RFC 8259).
  ///
  /// - Parameter redactor: hides secrets in values and sentences separately; nil for text without secrets.
  func text(_ redactor: Redactor? = nil) -> String {
    switch self {
    case .string(let string): Self.quoted(redactor?.redact(value: string) ?? string)
    case .prose(let string): Self.quoted(redactor?.redact(string) ?? string)
    case .number(let number): String(number)
    case .decimal(let number): number.isFinite ? String(number) : "null"
    case .bool(let bool): bool ? "true" : "false"
    case .null: "null"
    case .array(let values): "[" + values.map { $0.text(redactor) }.joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.0) + ":" + $0.1.text(redactor) }.joined(separator: ",") + "}"
    }
  }

  /// Control characters are escaped, C1 and DEL too, so that a line is safe on a screen.
  private static func quoted(_ string: String) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case let scalar where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || isReordering(scalar):
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private static func isReordering(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: true
    default: false
    }
  }
}
