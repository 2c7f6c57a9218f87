/// A store that can't be opened, and why.
package struct StoreError: Error, Sendable, CustomStringConvertible {
  /// One line for people, without a full stop.
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}
