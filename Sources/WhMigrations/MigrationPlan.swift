import WhDomain
import WhJournal

/// What a folder's scripts come to against its ledger.
package struct MigrationPlan: Sendable {
  /// One script: what is known of it, and what there is to do.
  package struct Step: Sendable {
    package let script: BoundScript
    package let status: MigrationStatus
    /// A script that was applied already and comes after this one, which is pending.
    package let overtakenBy: String?

    /// What the ledger holds of the script.
    package var entry: LedgerEntry? { status.entry }

    /// The apps that it was applied to.
    package var appliedApps: Set<AppID> {
      Set((entry?.apps ?? []).filter { $0.outcome == .applied }.map(\.id))
    }

    /// What there is to do for apps that it was not applied to yet.
    package func work(waiting: Set<AppID>) -> Work {
      switch status.state {
      case .baseline, .edited, .vanished: .nothing
      case .pending: .apply
      case .applied: waiting.isEmpty ? .nothing : .catchUp
      // Done everywhere, it failed at what it expects, and that alone is left to be seen.
      case .failed: waiting.isEmpty ? .look : .catchUp
      }
    }
  }

  package enum Work: Equatable, Sendable {
    case nothing
    case apply
    /// For the apps that are left.
    case catchUp
    case look
  }

  /// In the order of the names.
  package let steps: [Step]
  /// Scripts that were applied and are not there any more.
  package let vanished: [MigrationStatus]

  /// - Parameters:
  ///   - scripts: those of the folder.
  ///   - entries: what the ledger holds.
  package init(_ scripts: [BoundScript], _ entries: [LedgerEntry]) {
    let known = Dictionary(scripts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let statuses = MigrationStatus.compare(
      scripts.map(\.script), with: entries.map { $0.brought(upTo: known[$0.name]) })
    let last = statuses.last { $0.entry.map { $0.outcome != .failed } ?? false && known[$0.name] != nil }?.name
    steps = statuses.compactMap { status in
      guard let script = known[status.name] else { return nil }
      let isOvertaken = status.state == .pending && last.map { status.name < $0 } ?? false
      return Step(script: script, status: status, overtakenBy: isOvertaken ? last : nil)
    }
    vanished = statuses.filter { known[$0.name] == nil }
  }

  /// Those by which the folder contradicts its ledger, so that nothing may be run.
  package var contradictions: [MigrationStatus] { (steps.map(\.status) + vanished).filter(\.isRefused) }

  /// The newest run that the ledger knows; 0 where it knows none.
  var lastRun: Int {
    (steps.map(\.status) + vanished).compactMap(\.entry).flatMap { [$0.run] + $0.apps.map(\.run) }.compactMap(\.self)
      .max() ?? 0
  }

  /// The steps that were run before, successfully or not, or count as run.
  package var known: [Step] { steps.filter { $0.entry != nil } }

  /// The place of a script, by its name with or without `.wh`; nil for one that is not in the folder.
  package func place(of name: String) -> Int? {
    steps.firstIndex { $0.script.name == name } ?? steps.firstIndex { $0.script.name == name + ".wh" }
  }
}

extension MigrationStatus {
  package var entry: LedgerEntry? {
    switch state {
    case .pending: nil
    case .applied(let entry), .baseline(let entry), .failed(let entry), .edited(let entry, _), .vanished(let entry):
      entry
    }
  }
}

extension LedgerEntry {
  /// The entry with the hash of today, where it has the one that version 0.1.0 gave to the same script.
  fileprivate func brought(upTo script: BoundScript?) -> LedgerEntry {
    guard let script, sha256 == script.formerHash else { return self }
    return LedgerEntry(name: name, sha256: script.script.sha256, outcome: outcome, run: run, at: at, apps: apps)
  }
}
