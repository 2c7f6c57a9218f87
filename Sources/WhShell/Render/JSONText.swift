import WhDomain
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
    var writer = JSONWriter()
    write(to: &writer, redactor)
    return writer.text
  }

  private func write(to writer: inout JSONWriter, _ redactor: Redactor?) {
    switch self {
    case .string(let string): writer.string(redactor?.redact(value: string) ?? string)
    case .prose(let string): writer.string(redactor?.redact(string) ?? string)
    case .number(let number): writer.integer(number)
    case .decimal(let number): writer.decimal(number)
    case .bool(let bool): writer.raw(bool ? "true" : "false")
    case .null: writer.raw("null")
    case .array(let values):
      writer.raw("[")
      for value in values {
        writer.separate()
        value.write(to: &writer, redactor)
      }
      writer.raw("]")
    case .object(let members):
      writer.raw("{")
      for (name, value) in members {
        writer.name(of: name)
        value.write(to: &writer, redactor)
      }
      writer.raw("}")
    }
  }
}
