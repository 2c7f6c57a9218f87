import WhDomain

/// What the ledger keeps of one script of a folder.
package struct LedgerEntry: Hashable, Sendable {
  package enum Outcome: String, CaseIterable, Sendable {
    case applied
    /// Ran, but was not completed: it must run again.
    case failed
    /// Taken for applied without having been run.
    case baseline
  }

  /// What came of the script in one app.
  package struct App: Hashable, Sendable {
    package let id: AppID
    package let outcome: Outcome
    package let run: Int?
    package let at: Moment

    package init(id: AppID, outcome: Outcome, run: Int?, at: Moment) {
      self.id = id
      self.outcome = outcome
      self.run = run
      self.at = at
    }
  }

  package let name: String
  /// `ScriptHash` of the script when it ran last.
  package let sha256: String
  package let outcome: Outcome
  /// The run of the journal; nil for a baseline, and for a script that changed nothing. The run may have been pruned.
  package let run: Int?
  package let at: Moment
  /// Sorted by id.
  package let apps: [App]

  package init(name: String, sha256: String, outcome: Outcome, run: Int?, at: Moment, apps: [App] = []) {
    self.name = name
    self.sha256 = sha256
    self.outcome = outcome
    self.run = run
    self.at = at
    self.apps = apps
  }
}
