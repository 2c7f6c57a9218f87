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
  private let isReady: @Sendable () -> Bool
  private let ready: @Sendable () async throws(JournalError) -> Void

  /// - Parameters:
  ///   - isReady: false for a journal that is out of reach, as that of another machine may be.
  ///   - ready: waits for that.
  package convenience init(
    place: String = "in memory", environment: JournalEnvironment = .live,
    isReady: @escaping @Sendable () -> Bool = { true },
    ready: @escaping @Sendable () async throws(JournalError) -> Void = {}
  ) {
    self.init(place, environment, MemoryStore(), isReady, ready)
  }

  private init(
    _ place: String, _ environment: JournalEnvironment, _ store: MemoryStore,
    _ isReady: @escaping @Sendable () -> Bool, _ ready: @escaping @Sendable () async throws(JournalError) -> Void
  ) {
    self.place = place
    self.environment = environment
    self.store = store
    self.isReady = isReady
    self.ready = ready
  }

  /// The same journal, as another process opens it.
  package func another() -> MemoryRunLog { MemoryRunLog(place, environment, store, isReady, ready) }

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
    store.state.withLock { state in state.locks.removeAll { $0.life === life } }
  }

  /// Does work on what is durable.
  private func use<Value: Sendable>(
    isWriting: Bool = false,
    _ work: (inout MemoryStore.State, _ life: MemoryLife) throws(JournalError) -> Value
  ) throws(JournalError) -> Value {
    let life = life.withLock(\.self)
    return try store.use(life, at: place, isWriting: isWriting) { (state) throws(JournalError) in
      try work(&state, life)
    }
  }
}

// MARK: - Runs

extension MemoryRunLog {
  package func begin(_ metadata: RunMetadata, _ changes: [Change]) async throws(JournalError) -> any RunWriter {
    try writer(
      try use(isWriting: true) { state, life in
        state.lastNumber += 1
        var run = MemoryRun(metadata: metadata, changes: changes)
        run.ticket = state.ticket(LockScope(profile: metadata.profile, host: metadata.host), life)
        state.runs[state.lastNumber] = run
        return state.lastNumber
      })
  }

  package func reopen(_ number: Int) async throws(JournalError) -> any RunWriter {
    try use(isWriting: true) { (state, life) throws(JournalError) in
      guard let run = state.run(number, life) else { throw JournalError(.noSuchRun(number), at: place) }
      let ticket = state.ticket(run.lockScope, life)
      state.runs[number]?.finishedAt = nil
      state.runs[number]?.abandonedAt = nil
      state.runs[number]?.ticket = ticket
      state.runs[number]?.takeUps += 1
    }
    return try writer(number)
  }

  package func runs(profile: String?, host: String?, limit: Int) async throws(JournalError) -> [Run] {
    try use { state, life in
      Array(
        state.numbers(profile: profile, host: host).reversed().prefix(limit).compactMap { state.run($0, life) })
    }
  }

  package func run(_ number: Int) async throws(JournalError) -> Run {
    try use { (state, life) throws(JournalError) in
      guard let run = state.run(number, life) else { throw JournalError(.noSuchRun(number), at: place) }
      return run
    }
  }

  package func unfinishedRuns(profile: String, host: String) async throws(JournalError) -> [Run] {
    try use { state, life in
      state.numbers(profile: profile, host: host).compactMap { state.run($0, life) }.filter(\.isUnfinished)
    }
  }

  package func intents(
    of run: Int, _ filter: IntentFilter, from start: Int, limit: Int
  ) async throws(JournalError) -> [Intent] {
    try use { state, _ in
      let intents = state.runs[run]?.intents(of: run) ?? []
      return Array(intents.dropFirst(start).filter { filter == .all || $0.isOpen }.prefix(limit))
    }
  }

  package func abandon(_ number: Int) async throws(JournalError) {
    let now = environment.now()
    try use(isWriting: true) { (state, life) throws(JournalError) in
      guard let run = state.run(number, life) else { throw JournalError(.noSuchRun(number), at: place) }
      if run.state == .running, run.isOthers {
        let holder = state.runs[number].flatMap { state.lock(of: $0) }?.holder
        throw JournalError(.executing(number, by: holder), at: place)
      }
      if run.isUnfinished { state.runs[number]?.abandonedAt = now }
    }
  }

  package func prune(olderThan moment: Moment, profile: String?, host: String?) async throws(JournalError) -> Int {
    try use { state, life in
      let old = state.numbers(profile: profile, host: host).filter { number in
        guard let run = state.run(number, life) else { return false }
        return run.metadata.startedAt < moment && !run.isUnfinished
      }
      for number in old { state.runs[number] = nil }
      return old.count
    }
  }

  package func check() async throws(JournalError) -> [JournalProblem] { try use { _, _ in [] } }

  private func writer(_ number: Int) throws(JournalError) -> MemoryRunWriter {
    let takeUps = try use { state, _ in state.runs[number]?.takeUps ?? 0 }
    return MemoryRunWriter(
      number, takeUps, at: place, environment, store, life.withLock(\.self), isReady, ready)
  }
}

// MARK: - Locks and ledgers

extension MemoryRunLog {
  package func ledger(profile: String, host: String, folder: String) -> any ScriptLedger {
    MemoryLedger(
      store: store, life: life.withLock(\.self), place: place, environment: environment,
      key: MemoryStore.Folder(profile: profile, host: host, folder: folder))
  }

  package func lock(
    profile: String, host: String, shard: Shard?, holder: LockHolder
  ) async throws(LockProblem) -> any RunLock {
    let life = life.withLock(\.self)
    guard life.isAlive else { throw .unusable(JournalError(.closed, at: place)) }
    return try store.lock(LockScope(profile: profile, host: host), shard, life, holder)
  }

  package func lockHolder(profile: String, host: String) async -> LockHolder? {
    let scope = LockScope(profile: profile, host: host)
    return store.state.withLock { state in state.locks.first { $0.scope == scope }?.holder }
  }
}
