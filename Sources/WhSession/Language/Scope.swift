/// What statements are read with: the variables, and how strict to be.
package struct Scope: Sendable {
  package private(set) var variables: [String: String]
  /// True when an unknown event name is an error and not a warning.
  package var isStrict = false

  package init(variables: [String: String] = [:]) {
    self.variables = variables
  }

  package mutating func set(_ name: String, to value: String) {
    variables[name] = value
  }
}
