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
    let life: MemoryLife
    let holder: LockHolder
    let ticket: Int
  }

  struct State {
    var runs: [Int: MemoryRun] = [:]
    var lastNumber = 0
    var scripts: [Folder: [String: LedgerEntry]] = [:]
    var locks: [LockScope: Lock] = [:]
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

  func lock(_ scope: LockScope, _ life: MemoryLife, _ holder: LockHolder) throws(LockProblem) -> MemoryLock {
    let ticket = try state.withLock { (state) throws(LockProblem) -> Int in
      if let present = state.locks[scope] { throw .held(by: present.holder) }
      state.lastTicket += 1
      state.locks[scope] = Lock(life: life, holder: holder, ticket: state.lastTicket)
      return state.lastTicket
    }
    return MemoryLock(store: self, scope: scope, ticket: ticket)
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
  private let scope: LockScope
  private let ticket: Int

  init(store: MemoryStore, scope: LockScope, ticket: Int) {
    self.store = store
    self.scope = scope
    self.ticket = ticket
  }

  deinit { give() }

  func release() async { give() }

  private func give() {
    store.state.withLock { state in
      if state.locks[scope]?.ticket == ticket { state.locks[scope] = nil }
    }
  }
}
