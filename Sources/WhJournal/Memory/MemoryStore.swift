import Synchronization
import WhDomain

/// What is durable in memory, for all that share it as processes share a file.
final class MemoryStore: Sendable {
  struct Server: Hashable {
    let profile: String
    let host: String
  }

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
    var locks: [Server: Lock] = [:]
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

  func lock(_ server: Server, _ life: MemoryLife, _ holder: LockHolder) throws(LockProblem) -> MemoryLock {
    let ticket = try state.withLock { (state) throws(LockProblem) -> Int in
      if let present = state.locks[server] { throw .held(by: present.holder) }
      state.lastTicket += 1
      state.locks[server] = Lock(life: life, holder: holder, ticket: state.lastTicket)
      return state.lastTicket
    }
    return MemoryLock(store: self, server: server, ticket: ticket)
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
  private let server: MemoryStore.Server
  private let ticket: Int

  init(store: MemoryStore, server: MemoryStore.Server, ticket: Int) {
    self.store = store
    self.server = server
    self.ticket = ticket
  }

  deinit { give() }

  func release() async { give() }

  private func give() {
    store.state.withLock { state in
      if state.locks[server]?.ticket == ticket { state.locks[server] = nil }
    }
  }
}
