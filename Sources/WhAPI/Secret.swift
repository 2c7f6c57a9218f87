/// A text that no way of printing shows: descriptions, interpolation, mirrors, `dump` and encoders all give `••••`.
package struct Secret: Hashable, Sendable {
  /// The placeholder that is shown instead of a secret.
  package static let mask = "••••"

  private let value: String

  package init(_ value: String) {
    self.value = value
  }

  /// The text itself, for the header that carries it to the server and for nothing else.
  package func reveal() -> String { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { Self.mask }
  package var debugDescription: String { Self.mask }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension Secret: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Self.mask)
  }
}
