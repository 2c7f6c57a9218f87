extension Int {
  /// The number with its noun: `1 webhook`, `3 webhooks`; or `1 webhook was`, `3 webhooks were`.
  ///
  /// - Parameter many: the plural; nil for the noun with an `s`.
  package func counting(_ one: String, _ many: String? = nil) -> String { "\(self) \(noun(one, many))" }

  /// The noun alone, in the number that this calls for.
  package func noun(_ one: String, _ many: String? = nil) -> String { self == 1 ? one : many ?? one + "s" }
}
