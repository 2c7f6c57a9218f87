import Synchronization
import WhDomain

/// A journal that ends with its process, for dry runs and for tests.
///
/// It keeps apart what is durable and what was only handed over, so that a test can see what a crash would leave.
package final class MemoryRunLog: RunLog {
  package let place: String
  private let environment: JournalEnvironment
  private let store: MemoryStore
  private let life = Mutex(MemoryLife())

  package convenience init(place: String = "in memory", environment: JournalEnvironment = .live) {
    self.init(place, environment, MemoryStore())
  }

  private init(_ place: String, _ environment: JournalEnvironment, _ store: MemoryStore) {
    self.place = place
    self.environment = environment
    self.store = store
  }

  /// The same journal, as another process opens it.
  package func another() -> MemoryRunLog { MemoryRunLog(place, environment, store) }

  /// What the end of this process leaves: what is not durable is forgotten, and the writers and locks that were given so
  /// far are dead. From here on this is the journal as the next process opens it.
  package func crash() {
    let ended = life.withLock { life in
      defer { life = MemoryLife() }
      return life
    }
    end(ended)
  }

  /// As if the disk were full, until this is reset.
  package func setFull(_ isFull: Bool) { store.state.withLock { $0.isFull = isFull } }

  package func close() async { end(life.withLock(\.self)) }

  private func end(_ life: MemoryLife) {
    life.end()
    store.state.withLock { state in state.locks = state.locks.filter { $0.value.life !== life } }
  }

  /// Does work on what is durable.
  private func use<Value: Sendable>(
    isWriting: Bool = false, _ work: (inout MemoryStore.State) throws(JournalError) -> Value
  ) throws(JournalError) -> Value {
    try store.use(life.withLock(\.self), at: place, isWriting: isWriting, work)
  }
}

// MARK: - Runs

extension MemoryRunLog {
  package func begin(_ metadata: RunMetadata, _ changes: [Change]) async throws(JournalError) -> any RunWriter {
    writer(
      try use(isWriting: true) { state in
        state.lastNumber += 1
        state.runs[state.lastNumber] = MemoryRun(metadata: metadata, changes: changes)
        return state.lastNumber
      })
  }

  package func reopen(_ number: Int) async throws(JournalError) -> any RunWriter {
    try use(isWriting: true) { state throws(JournalError) in
      guard state.runs[number] != nil else { throw JournalError(.noSuchRun(number), at: place) }
      state.runs[number]?.finishedAt = nil
      state.runs[number]?.abandonedAt = nil
    }
    return writer(number)
  }

  package func runs(profile: String?, host: String?, limit: Int) async throws(JournalError) -> [Run] {
    try use { state in
      Array(
        state.numbers(profile: profile, host: host).reversed().prefix(limit).compactMap { state.run($0) })
    }
  }

  package func run(_ number: Int) async throws(JournalError) -> Run {
    try use { state throws(JournalError) in
      guard let run = state.run(number) else { throw JournalError(.noSuchRun(number), at: place) }
      return run
    }
  }

  package func unfinishedRuns(profile: String, host: String) async throws(JournalError) -> [Run] {
    try use { state in
      state.numbers(profile: profile, host: host).compactMap { state.run($0) }.filter(\.isUnfinished)
    }
  }

  package func intents(
    of run: Int, _ filter: IntentFilter, from start: Int, limit: Int
  ) async throws(JournalError) -> [Intent] {
    try use { state in
      let intents = state.runs[run]?.intents(of: run) ?? []
      return Array(intents.dropFirst(start).filter { filter == .all || $0.isOpen }.prefix(limit))
    }
  }

  package func abandon(_ number: Int) async throws(JournalError) {
    let (now, life) = (environment.now(), life.withLock(\.self))
    try use(isWriting: true) { state throws(JournalError) in
      guard let run = state.run(number) else { throw JournalError(.noSuchRun(number), at: place) }
      let lock = state.locks[run.lockScope]
      if run.state == .running, let lock, lock.life !== life {
        throw JournalError(.executing(number, by: lock.holder), at: place)
      }
      if run.isUnfinished { state.runs[number]?.abandonedAt = now }
    }
  }

  package func prune(olderThan moment: Moment, profile: String?, host: String?) async throws(JournalError) -> Int {
    try use { state in
      let old = state.numbers(profile: profile, host: host).filter { number in
        guard let run = state.run(number) else { return false }
        return run.metadata.startedAt < moment && !run.isUnfinished
      }
      for number in old { state.runs[number] = nil }
      return old.count
    }
  }

  package func check() async throws(JournalError) -> [JournalProblem] { try use { _ in [] } }

  private func writer(_ number: Int) -> MemoryRunWriter {
    MemoryRunWriter(number, at: place, environment, store, life.withLock(\.self))
  }
}

// MARK: - Locks and ledgers

extension MemoryRunLog {
  package func ledger(profile: String, host: String, folder: String) -> any ScriptLedger {
    MemoryLedger(
      store: store, life: life.withLock(\.self), place: place, environment: environment,
      key: MemoryStore.Folder(profile: profile, host: host, folder: folder))
  }

  package func lock(profile: String, host: String, holder: LockHolder) async throws(LockProblem) -> any RunLock {
    let life = life.withLock(\.self)
    guard life.isAlive else { throw .unusable(JournalError(.closed, at: place)) }
    return try store.lock(LockScope(profile: profile, host: host), life, holder)
  }

  package func lockHolder(profile: String, host: String) async -> LockHolder? {
    store.state.withLock { $0.locks[LockScope(profile: profile, host: host)]?.holder }
  }
}
