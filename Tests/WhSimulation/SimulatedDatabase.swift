import WhDomain
import WhJournal

/// The server of the database that the machines share a journal in: it may be away, and it ends connections.
final class SimulatedDatabase: @unchecked Sendable {
  /// How long a process that holds a lock tries to connect again.
  static let patience = 60_000

  private unowned let world: World
  private var links: [SimulatedLink] = []
  private var operations = 0
  /// Counts the locks that were given. One that is taken again after a loss is the same.
  fileprivate var lastLock = 0

  init(_ world: World) {
    self.world = world
  }

  func add(_ link: SimulatedLink) { links.append(link) }

  /// The loss that hits the operation which is asked for now; nil where all goes well.
  func nextLoss() -> History.Loss? {
    defer { operations += 1 }
    return world.isCalm ? nil : world.history.losses.first { $0.operation == operations }
  }

  /// The end of the time in which the server is down; nil while it runs.
  func downUntil(_ time: Int) -> Int? {
    world.isCalm ? nil : world.history.serverStops.filter { $0.contains(time) }.map(\.end).max()
  }

  /// True if the server was stopped since a moment, and all connections of that moment ended.
  func wasStopped(since start: Int) -> Bool {
    world.history.serverStops.contains { start <= $0.start && $0.start <= world.now }
  }

  /// Ends the sessions of connections that a stop has ended, with their locks.
  func sweep() async { for link in links { await link.noticeStop() } }

  /// Leaves those behind that lost their lock and have not come back: another process has one now.
  fileprivate func give() -> Int {
    lastLock += 1
    for link in links { link.loseRight() }
    return lastLock
  }
}

/// A process's connection to the database, with the lock that its session holds. It is made again when it was lost, and then
/// has its lock again, unless another process took one meanwhile.
final class SimulatedLink: @unchecked Sendable {
  private struct Lock {
    let number: Int
    var inner: any RunLock
    let again: () async throws(LockProblem) -> any RunLock
    /// Set once another process was given one.
    var isGone = false
  }

  private unowned let process: SimulatedProcess
  private var isConnected = false
  private var connectedAt = 0
  private var lostAt: Int?
  private var awayUntil = 0
  private var lock: Lock?
  /// Runs that may have been written, of which nothing is sent.
  private var doubts: [Int] = []

  private var world: World { process.world }
  private var database: SimulatedDatabase { world.database }

  init(_ process: SimulatedProcess) {
    self.process = process
    process.world.database.add(self)
  }

  /// True while the connection is there, as a look at its socket tells.
  var isAlive: Bool { isConnected && !database.wasStopped(since: connectedAt + 1) }

  /// False once another process was given the lock that this one had.
  var isInRight: Bool { !(lock?.isGone ?? false) }

  /// True while the process has the right to send.
  var holdsLock: Bool { isAlive && lock.map { !$0.isGone } ?? false }

  // MARK: Losses

  fileprivate func noticeStop() async {
    if isConnected, !isAlive { await lose(for: 0) }
  }

  /// Lets time go by in which nothing is asked of the journal, and the connection may be lost all the same.
  func pass() async {
    guard isConnected, let loss = database.nextLoss() else { return }
    await lose(for: loss.outage)
  }

  /// Ends the connection, and with it the session and its lock.
  func lose(for outage: Int) async {
    world.tell("process \(process.number) loses its connection to the journal")
    isConnected = false
    lostAt = lostAt ?? world.now
    awayUntil = world.now + outage
    await lock?.inner.release()
  }

  fileprivate func loseRight() {
    guard !isConnected, lock?.isGone == false else { return }
    lock?.isGone = true
    world.tell("process \(process.number) has lost its lock")
    process.forgetUndurable()
  }

  /// Connects again where the connection was lost: for a bounded time, or once without a lock.
  func connect() async throws(JournalError) {
    await database.sweep()
    if lock?.isGone ?? false, isConnected { throw JournalError(.taken(by: nil), at: SimulatedJournal.place) }
    while !isConnected {
      let isAway = !world.isCalm && (world.now < awayUntil || database.downUntil(world.now) != nil)
      if !isAway { return try await reconnect() }
      let end = lock == nil ? world.now : (lostAt ?? world.now) + SimulatedDatabase.patience
      guard world.now + 500 < end, !process.isOver else {
        throw JournalError(lock == nil ? .unreachable : .lost, at: SimulatedJournal.place)
      }
      await world.pause(500)
    }
  }

  private func reconnect() async throws(JournalError) {
    if lostAt != nil { world.tell("process \(process.number) connects to the journal again") }
    (isConnected, connectedAt, lostAt) = (true, world.now, nil)
    for number in doubts { await process.giveUp(number) }
    doubts = []
    guard let lock, !lock.isGone else {
      if lock != nil { throw JournalError(.taken(by: nil), at: SimulatedJournal.place) }
      return
    }
    do throws(LockProblem) {
      self.lock?.inner = try await lock.again()
    } catch {
      self.lock?.isGone = true
      process.forgetUndurable()
      throw JournalError(.taken(by: nil), at: SimulatedJournal.place)
    }
  }

  /// Notes a run that may have been written, and is to be given up then.
  func doubt(_ number: Int) { doubts.append(number) }

  // MARK: The lock

  func note(_ inner: any RunLock, again: @escaping () async throws(LockProblem) -> any RunLock) {
    lock = Lock(number: database.give(), inner: inner, again: again)
  }

  func release() async {
    if isConnected, lock?.isGone == false { await lock?.inner.release() }
    lock = nil
  }
}
