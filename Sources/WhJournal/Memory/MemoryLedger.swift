import WhDomain

/// A ledger in memory.
struct MemoryLedger: ScriptLedger {
  let store: MemoryStore
  let life: MemoryLife
  let place: String
  let environment: JournalEnvironment
  let key: MemoryStore.Folder

  func entries() async throws(JournalError) -> [LedgerEntry] {
    try store.use(life, at: place, isWriting: false) { state in
      (state.scripts[key] ?? [:]).values.sorted { $0.name < $1.name }
    }
  }

  func record(
    _ script: MigrationScript, _ outcome: LedgerEntry.Outcome, run: Int?, apps: [AppID: LedgerEntry.Outcome]
  ) async throws(JournalError) {
    let now = environment.now()
    try store.use(life, at: place, isWriting: true) { state in
      state.scripts[key, default: [:]].write(script, outcome, run: run, apps: apps, at: now)
    }
  }

  func baseline(_ scripts: [MigrationScript]) async throws(JournalError) {
    let now = environment.now()
    try store.use(life, at: place, isWriting: true) { state in
      for script in scripts where state.scripts[key]?[script.name].map({ $0.outcome == .failed }) ?? true {
        state.scripts[key, default: [:]].write(script, .baseline, run: nil, apps: [:], at: now)
      }
    }
  }
}

extension [String: LedgerEntry] {
  /// The apps that are not named keep what was written of them before.
  fileprivate mutating func write(
    _ script: MigrationScript, _ outcome: LedgerEntry.Outcome, run: Int?, apps: [AppID: LedgerEntry.Outcome],
    at now: Moment
  ) {
    let kept = (self[script.name]?.apps ?? []).filter { apps[$0.id] == nil }
    let written = apps.map { LedgerEntry.App(id: $0.key, outcome: $0.value, run: run, at: now) }
    self[script.name] = LedgerEntry(
      name: script.name, sha256: script.sha256, outcome: outcome, run: run, at: now,
      apps: (kept + written).sorted { $0.id.text < $1.id.text })
  }
}
