/// Where a script stands between the folder and the ledger.
package struct MigrationStatus: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    /// Never run.
    case pending
    case applied(LedgerEntry)
    case baseline(LedgerEntry)
    /// Run, and not all done: it is pending again, and may have been corrected since.
    case failed(LedgerEntry)
    /// Applied, and changed since: `found` is the hash of the current text.
    case edited(LedgerEntry, found: String)
    /// Applied, but the file no longer exists.
    case vanished(LedgerEntry)
  }

  package let name: String
  package let state: State

  /// True when `wh migrate up` is to run it.
  package var isPending: Bool {
    switch state {
    case .pending, .failed: true
    case .applied, .baseline, .edited, .vanished: false
    }
  }

  /// True when the folder contradicts the ledger, so that nothing may be run.
  package var isRefused: Bool {
    switch state {
    case .edited, .vanished: true
    case .pending, .applied, .baseline, .failed: false
    }
  }

  /// Compares a folder with its ledger. A script that failed and is gone is left out: nothing is known to rest on it.
  ///
  /// - Returns: one status for each script, in the order of the names.
  package static func compare(_ scripts: [MigrationScript], with entries: [LedgerEntry]) -> [MigrationStatus] {
    let recorded = Dictionary(entries.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    let present = Set(scripts.map(\.name))
    let found = scripts.map { MigrationStatus(name: $0.name, state: state($0, recorded[$0.name])) }
    let vanished = entries.filter { !present.contains($0.name) && $0.outcome != .failed }
      .map { MigrationStatus(name: $0.name, state: .vanished($0)) }
    return (found + vanished).sorted { $0.name < $1.name }
  }

  private static func state(_ script: MigrationScript, _ entry: LedgerEntry?) -> State {
    guard let entry else { return .pending }
    if entry.outcome == .failed { return .failed(entry) }
    guard entry.sha256 == script.sha256 else { return .edited(entry, found: script.sha256) }
    return entry.outcome == .baseline ? .baseline(entry) : .applied(entry)
  }
}
