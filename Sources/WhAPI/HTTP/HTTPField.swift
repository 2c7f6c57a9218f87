/// One header field of a request or a response.
package struct HTTPField: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Compares names without regard to case; equal spelling, the common case, makes no new text.
  func isNamed(_ other: String) -> Bool {
    name == other || (name.utf8.count == other.utf8.count && name.lowercased() == other.lowercased())
  }
}
