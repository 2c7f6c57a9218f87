import Dispatch
import Synchronization

/// The way to the server: one connection, which is made when it is first needed and made again when it was lost, with all locks
/// that it held. Everything that blocks runs in a queue of its own, one after the other.
final class PostgresLink: Sendable {
  struct Limits: Sendable {
    /// How long a connection that was lost is tried to be had again while a lock is held.
    var outage: Duration = .seconds(60)
    /// After so long without an answer the server is asked for a sign of life before more is sent to the service.
    var silence: Duration = .seconds(10)
    /// So often the server hears of a process that holds a lock.
    var heartbeat: Duration = .seconds(5)
  }

  let address: PostgresAddress
  let environment: JournalEnvironment
  private let limits: Limits
  private let application: String
  private let queue = DispatchQueue(label: "wh.journal.postgres")
  // Used in the queue alone.
  private nonisolated(unsafe) var connection: PostgresConnection?
  private let state = Mutex(State())

  private struct State {
    var isClosed = false
    /// False until there was a connection.
    var wasConnected = false
    /// When the server answered last; nil since the connection was lost.
    var lastAnswer: ContinuousClock.Instant?
    /// The descriptor of the connection; nil while there is none, and while an answer is waited for, which notices its end.
    var quietSocket: Int32?
    /// When the connection was lost; nil while there is one.
    var lostAt: ContinuousClock.Instant?
    var locks: [PostgresHeldLock] = []
    /// Set once another process took a lock while the connection was lost: nothing may be written for its run.
    var taken: JournalError?
    var isBeating = false
    /// What is to be done with the next connection, before anything else.
    var doubts: [@Sendable (PostgresConnection) throws -> Void] = []
  }

  init(_ address: PostgresAddress, _ environment: JournalEnvironment, _ limits: Limits, application: String) {
    self.address = address
    self.environment = environment
    self.limits = limits
    self.application = application
  }

  // MARK: Work

  /// Does work in the queue.
  func perform<Value: Sendable>(
    _ work: @escaping @Sendable (PostgresConnection) throws -> Value
  ) async throws(JournalError) -> Value {
    let result: Result<Value, JournalError> = await withCheckedContinuation { continuation in
      submit { continuation.resume(returning: Result { () throws(JournalError) in try self.now(work) }) }
    }
    return try result.get()
  }

  /// Calls back in the queue.
  func submit(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

  /// Does work in the queue, which the caller is in. It is done again where the connection is lost meanwhile: it must come to
  /// the same when it is done twice.
  func now<Value>(_ work: (PostgresConnection) throws -> Value) throws(JournalError) -> Value {
    var retry = PostgresRetry()
    while true {
      do {
        let connection = try connected()
        state.withLock { $0.quietSocket = nil }
        let value = try work(connection)
        state.withLock { state in
          state.lastAnswer = .now
          state.quietSocket = connection.socket
          state.lostAt = nil
        }
        return value
      } catch PostgresError.lost(let words) {
        drop()
        let (hasLocks, wasConnected, lostAt) = state.withLock { state in
          (!state.locks.isEmpty, state.wasConnected, state.lostAt ?? .now)
        }
        // Whatever is asked for in an outage, it is waited for once.
        guard wasConnected, retry.next(before: hasLocks ? lostAt + limits.outage : .now) else {
          throw address.error(wasConnected && hasLocks ? .lost : .unreachable, words)
        }
      } catch {
        let socket = connection?.socket
        state.withLock { $0.quietSocket = socket }
        throw JournalError(error, at: address)
      }
    }
  }

  private func connected() throws -> PostgresConnection {
    try checkOpen()
    if let connection { return connection }
    let new = try PostgresConnection(address, application: application)
    try PostgresSession.begin(new, address)
    let doubts = state.withLock(\.doubts)
    for doubt in doubts { try doubt(new) }
    state.withLock { $0.doubts.removeFirst(doubts.count) }
    for lock in state.withLock(\.locks) {
      do {
        try lock.takeAgain(new, address)
      } catch let error as JournalError {
        state.withLock { $0.taken = error }
        throw error
      }
    }
    connection = new
    state.withLock { $0.wasConnected = true }
    return new
  }

  private func drop() {
    // First, for what has its number then may be another file.
    state.withLock { state in
      state.quietSocket = nil
      state.lastAnswer = nil
      state.lostAt = state.lostAt ?? .now
    }
    connection = nil
  }

  /// - Throws: `JournalError` for a link that was closed, or has lost a lock.
  func checkOpen() throws(JournalError) {
    if let problem = state.withLock({ $0.isClosed ? address.error(.closed) : $0.taken }) { throw problem }
  }

  /// Ends the connection, and all work from now on.
  func close() async {
    state.withLock { $0.isClosed = true }
    await withCheckedContinuation { continuation in
      submit {
        self.drop()
        continuation.resume()
      }
    }
  }

  /// Lets something be done with the next connection, before anything else: to settle what the loss of one has left in doubt.
  /// It must come to the same when it is done twice.
  func settleLater(_ work: @escaping @Sendable (PostgresConnection) throws -> Void) {
    state.withLock { $0.doubts.append(work) }
  }

  // MARK: Signs of life

  /// Waits until the server has answered lately, so that what is sent to the service can be written down. It ends early when
  /// the task is cancelled.
  ///
  /// - Throws: `JournalError` when the server stays away, or another process took the lock.
  func awaitAnswer() async throws(JournalError) {
    if let problem = state.withLock(\.taken) { throw problem }
    if isFresh { return }
    let answer = CancellableAnswer()
    let result = await answer.wait { answer in
      self.submit {
        answer.give(Result { () throws(JournalError) in try self.now { _ = try $0.run("SELECT 1") } })
      }
    }
    try result.get()
  }

  /// True where the server has answered lately, and the connection has not ended since.
  var isFresh: Bool {
    state.withLock { state in
      guard let last = state.lastAnswer, ContinuousClock.now - last < limits.silence else { return false }
      return state.quietSocket.map { !PostgresConnection.hasNews($0) } ?? true
    }
  }

  /// How long a connection that is known to have ended is tried to be had again; nil where none is.
  var outage: Duration? {
    state.withLock { state in
      let hasEnded = state.lostAt != nil || state.quietSocket.map(PostgresConnection.hasNews) ?? false
      return hasEnded && state.wasConnected && !state.locks.isEmpty ? limits.outage : nil
    }
  }

  private func beat() {
    environment.after(limits.heartbeat) { [weak self] in
      guard let self else { return }
      self.submit {
        guard self.state.withLock({ !$0.locks.isEmpty && !$0.isClosed }) else {
          return self.state.withLock { $0.isBeating = false }
        }
        let isDue = self.state.withLock { state in
          state.lastAnswer.map { ContinuousClock.now - $0 >= self.limits.heartbeat } ?? true
        }
        // What fails is told by what is to be written next.
        if isDue { try? self.now { _ = try $0.run("SELECT 1") } }
        self.beat()
      }
    }
  }

  // MARK: Locks

  /// The lock of a profile and a server that this link holds.
  func heldLock(of scope: LockScope) -> PostgresHeldLock? { state.withLock { $0.locks.first { $0.scope == scope } } }

  var heldLockIDs: Set<Int> { Set(state.withLock(\.locks).map(\.id)) }

  /// Notes a lock that was taken, to be taken again with each connection.
  func note(_ lock: PostgresHeldLock) {
    let begins = state.withLock { state in
      state.locks.append(lock)
      defer { state.isBeating = true }
      return !state.isBeating
    }
    if begins { beat() }
  }

  /// Gives a lock back. A connection that was lost has given it back already.
  func release(_ lock: PostgresHeldLock) {
    let isOver = state.withLock { state in
      state.locks.removeAll { $0.id == lock.id }
      state.taken = nil
      return state.lastAnswer == nil
    }
    if !isOver { _ = try? now { try lock.giveBack($0, address) } }
  }
}

/// The pauses between the tries to connect again: none before the first, then twice as long each time.
private struct PostgresRetry {
  private var isFirst = true
  private var pause: Duration = .milliseconds(50)

  /// Waits for the next try. There is always a first one.
  ///
  /// - Returns: false when there is none any more before the end.
  mutating func next(before end: ContinuousClock.Instant) -> Bool {
    if isFirst {
      isFirst = false
      return true
    }
    guard .now + pause < end else { return false }
    Blocking.sleep(pause)
    pause = min(pause * 2, .seconds(2))
    return true
  }
}

/// An answer that is waited for until it is given or the task is cancelled.
private final class CancellableAnswer: Sendable {
  private struct State {
    var result: Result<Void, JournalError>?
    var waiting: CheckedContinuation<Result<Void, JournalError>, Never>?
  }

  private let state = Mutex(State())

  func wait(_ begin: @Sendable (CancellableAnswer) -> Void) async -> Result<Void, JournalError> {
    await withTaskCancellationHandler {
      begin(self)
      return await withCheckedContinuation { continuation in
        let result = state.withLock { state in
          if state.result == nil { state.waiting = continuation }
          return state.result
        }
        if let result { continuation.resume(returning: result) }
      }
    } onCancel: {
      give(.success(()))
    }
  }

  func give(_ result: Result<Void, JournalError>) {
    let waiting = state.withLock { state in
      defer { state.waiting = nil }
      if state.result == nil { state.result = result }
      return state.waiting
    }
    waiting?.resume(returning: result)
  }
}
