/// A server that can't start, and why.
package struct ServerError: Error, Sendable, CustomStringConvertible {
  /// One line for people, without a full stop.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
