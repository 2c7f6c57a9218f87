import WhDomain

/// What statements are read with: the variables, and how strict to be.
package struct Scope: Sendable {
  package private(set) var variables: [String: String]
  /// The variables of the command line, which no `let` changes.
  private let fixed: Set<String>
  /// Those of them that are secrets whatever their names say.
  private let secrets: Set<String>
  private var used: Set<String> = []
  /// True when an unknown event name is an error and not a warning.
  package var isStrict = false
  /// Names of events that the user has added to the catalogue, in the user's order.
  package let ownEvents: [String]

  /// - Parameters:
  ///   - fixed: the variables that the command line gives.
  ///   - secrets: the names of those that are secrets whatever their names say.
  ///   - ownEvents: names of events that are known besides those of the catalogue.
  package init(fixed: [String: String] = [:], secrets: Set<String> = [], ownEvents: [String] = []) {
    variables = fixed
    self.secrets = secrets
    self.fixed = Set(fixed.keys)
    self.ownEvents = ownEvents
  }

  package init(variables: [String: String]) {
    self.variables = variables
    fixed = []
    secrets = []
    ownEvents = []
  }

  /// The variables of the command line that nothing has used so far, in order.
  package var unused: [String] { fixed.subtracting(used).sorted() }

  /// True for a variable whose value is never shown.
  func isSecret(_ name: String) -> Bool { secrets.contains(name) || Redactor.isSecret(name: name) }

  /// Notes that statements use variables.
  mutating func noteUse(of names: some Sequence<String>) { used.formUnion(names) }

  /// The names of events that are known.
  package var knownEvents: [String] { (EventCatalogue.all + ownEvents).uniqued() }

  /// True for the name of an event that is known.
  package func knows(event: String) -> Bool { EventCatalogue.contains(event) || ownEvents.contains(event) }

  /// Sets a variable, unless the command line has set it.
  package mutating func set(_ name: String, to value: String) {
    if !fixed.contains(name) { variables[name] = value }
  }
}
