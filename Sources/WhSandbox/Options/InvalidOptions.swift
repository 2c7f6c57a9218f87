/// Options that can't be served, and why.
package struct InvalidOptions: Error, Sendable, Equatable, CustomStringConvertible {
  /// One line for people, without a full stop.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
