/// One header field of a request or a response.
package struct HTTPField: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Compares names without regard to case: a name is made of ASCII characters (RFC 9110, section 5.1).
  func isNamed(_ other: String) -> Bool {
    name.utf8.count == other.utf8.count && zip(name.utf8, other.utf8).allSatisfy { $0.inLowerCase == $1.inLowerCase }
  }
}

extension UInt8 {
  fileprivate var inLowerCase: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + (UInt8(ascii: "a") - UInt8(ascii: "A")) : self
  }
}
