import WhDomain

/// What statements are read with: the variables, and how strict to be.
package struct Scope: Sendable {
  /// The variables that are the same text everywhere.
  package private(set) var variables: [String: String]
  /// The variables with a value for each app or webhook.
  package private(set) var lookups: [String: Lookup] = [:]
  /// The variables of the command line, which no `let` changes.
  private let fixed: Set<String>
  /// Those of them that are secrets whatever their names say.
  private let secrets: Set<String>
  private var used: Set<String> = []
  /// True where a statement that only works at the prompt is an error.
  package var isScript = false
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
    guard !fixed.contains(name) else { return }
    variables[name] = value
    lookups[name] = nil
  }

  /// Sets a variable that has a value for each app or webhook, unless the command line has set it.
  mutating func set(_ lookup: Lookup) {
    guard !fixed.contains(lookup.name) else { return }
    lookups[lookup.name] = lookup
    variables[lookup.name] = nil
  }

  /// The names of all variables, the built-in ones too, in order.
  package var names: [String] {
    (Array(variables.keys) + Array(lookups.keys)).sorted() + Placeholder.allCases.map(\.rawValue)
  }
}
