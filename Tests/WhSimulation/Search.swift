/// What running many histories came to.
package struct Search: Sendable {
  /// A history in which a rule was broken, as small as it can be, and the rule.
  package let violation: (history: History, rule: String, events: [String])?

  /// Runs the histories of some seeds, up to the first in which a rule is broken.
  package init(_ seeds: Range<UInt64>) {
    for seed in seeds {
      let history = HistoryGenerator.history(seed: seed)
      guard Simulation.violation(of: history) != nil else { continue }
      let smallest = Simulation.shrunk(history)
      violation = (smallest, Simulation.violation(of: smallest) ?? "", Simulation.events(of: smallest))
      return
    }
    violation = nil
  }
}
