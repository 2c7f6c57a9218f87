import Synchronization
import WhDomain

/// The durable state in memory, shared as processes share a file.
final class MemoryStore: Sendable {
  struct Folder: Hashable {
    let profile: String
    let host: String
    let folder: String
  }

  struct Lock {
    let scope: LockScope
    let shard: Shard?
    let life: MemoryLife
    let holder: LockHolder
    let ticket: Int
  }

  struct State {
    var runs: [Int: MemoryRun] = [:]
    var lastNumber = 0
    var scripts: [Folder: [String: LedgerEntry]] = [:]
    var locks: [Lock] = []
    var lastTicket = 0
    var isFull = false
  }

  let state = Mutex(State())

  /// Does work on what is durable, for a process that has not ended.
  func use<Value: Sendable>(
    _ life: MemoryLife, at place: String, isWriting: Bool,
    _ work: (inout State) throws(JournalError) -> Value
  ) throws(JournalError) -> Value {
    guard life.isAlive else { throw JournalError(.closed, at: place) }
    return try state.withLock { (state) throws(JournalError) -> Value in
      if isWriting, state.isFull { throw JournalError(.full, at: place) }
      return try work(&state)
    }
  }

  func lock(
    _ scope: LockScope, _ shard: Shard?, _ life: MemoryLife, _ holder: LockHolder
  ) throws(LockProblem) -> MemoryLock {
    let ticket = try state.withLock { (state) throws(LockProblem) -> Int in
      let present = state.locks.first { $0.scope == scope && !Shard.goTogether($0.shard, shard) }
      if let present { throw .held(by: present.holder) }
      state.lastTicket += 1
      state.locks.append(Lock(scope: scope, shard: shard, life: life, holder: holder, ticket: state.lastTicket))
      return state.lastTicket
    }
    return MemoryLock(store: self, ticket: ticket)
  }
}

extension MemoryStore.State {
  /// The lock under which a run is executed now: the one of a whole profile, or the share's with which it began.
  func lock(of run: MemoryRun) -> MemoryStore.Lock? {
    let scope = LockScope(profile: run.metadata.profile, host: run.metadata.host)
    return locks.first { $0.scope == scope && ($0.shard == nil || run.ticket == nil || run.ticket == $0.ticket) }
  }

  /// The lock of a process for a profile on a server.
  func ticket(_ scope: LockScope, _ life: MemoryLife) -> Int? {
    locks.first { $0.scope == scope && $0.life === life }?.ticket
  }
}

/// The life of one process, from when it opens the journal.
final class MemoryLife: Sendable {
  private let state = Mutex(true)

  var isAlive: Bool { state.withLock(\.self) }

  func end() { state.withLock { $0 = false } }
}

/// A lock that is given up when it is dropped, too.
final class MemoryLock: RunLock {
  private let store: MemoryStore
  private let ticket: Int

  init(store: MemoryStore, ticket: Int) {
    self.store = store
    self.ticket = ticket
  }

  deinit { give() }

  func release() async { give() }

  private func give() {
    store.state.withLock { $0.locks.removeAll { $0.ticket == ticket } }
  }
}
