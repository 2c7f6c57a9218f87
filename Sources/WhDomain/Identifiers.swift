/// The reason why a text cannot be a value of the domain: said to a user as it stands, without place or colour.
package struct InvalidValue: Error, Equatable, Sendable {
  /// What is wrong, as a clause that follows the value: "has a space in it".
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}

/// An id of the service, opaque: 1 to 128 characters out of `A-Z a-z 0-9 - _ . ~` (api.md, "Types").
///
/// What is refused here never reaches a request's path.
package protocol Identifier: Hashable, Comparable, Sendable, CustomStringConvertible {
  var text: String { get }
  init(unchecked text: String)
}

extension Identifier {
  /// - Throws: `InvalidValue` when the text holds a character that no id has, or is empty or too long.
  package init(_ text: String) throws(InvalidValue) {
    if Self.isValid(text) {
      self.init(unchecked: text)
      return
    }
    guard !text.isEmpty else { throw InvalidValue("is empty") }
    guard text.utf8.count <= 128 else { throw InvalidValue("is longer than 128 characters") }
    if let bad = text.unicodeScalars.first(where: { !$0.isIdentifierScalar }) {
      throw InvalidValue("contains \(bad.quotedForMessage), which is not allowed in an id")
    }
    throw InvalidValue("consists only of dots")
  }

  package static func isValid(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count) && text.isMade { $0.isOfIdentifier } && !text.isMade { $0 == UInt8(ascii: ".") }
  }

  package var description: String { text }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// The id of an app.
package struct AppID: Identifier {
  package let text: String

  package init(unchecked text: String) {
    self.text = text
  }

  /// The app that the key belongs to, which no id names.
  package static let own = AppID(unchecked: "")

  /// An id out of a file that others may have written: a whole id, or that of the key's own app.
  ///
  /// - Throws: `InvalidValue`.
  package init(kept text: String) throws(InvalidValue) {
    if text.isEmpty { self = .own } else { try self.init(text) }
  }
}

/// The id of a webhook.
package struct WebhookID: Identifier {
  package let text: String

  package init(unchecked text: String) {
    self.text = text
  }
}

extension UInt8 {
  /// True for the bytes that ids are made of.
  fileprivate var isOfIdentifier: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// True for the characters that RFC 3986 calls unreserved, which are those that ids are made of.
  package var isIdentifierScalar: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~": true
    default: false
    }
  }

  /// True for C0, DEL and C1.
  package var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }

  /// True for an invisible character, so that two texts with and without it look alike.
  package var isInvisible: Bool { !isASCII && properties.isDefaultIgnorableCodePoint }

  /// How a message names one character: visible ones as they are, others by number.
  package var quotedForMessage: String {
    isControl || isInvisible || properties.isWhitespace ? "U+" + hexadecimal : "`\(self)`"
  }

  private var hexadecimal: String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
