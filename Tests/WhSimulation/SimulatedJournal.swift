import WhDomain
import WhJournal

/// A process's journal: it takes time, can be full, and is where the process may crash, before and after each entry is
/// durable.
final class SimulatedJournal: RunLog {
  private let process: SimulatedProcess
  /// What a process has that has ended: all that it asks fails.
  private static let closed = MemoryRunLog()

  init(_ process: SimulatedProcess) {
    self.process = process
  }

  private var world: World { process.world }
  private var inner: MemoryRunLog { process.journal }

  static let place = "the simulated journal"
  var place: String { Self.place }

  /// Does one operation of the journal: it takes some time, in which the process may crash, or lose its connection. Then it is
  /// done again, which must come to the same.
  func operate<Value>(
    _ work: () async throws(JournalError) -> Value
  ) async throws(JournalError) -> Value {
    try await touch()
    try await connect()
    guard let loss = world.database.nextLoss() else { return try await work() }
    let value = loss.isDone ? try await work() : nil
    await process.link.lose(for: loss.outage)
    try await connect()
    if let value { return value }
    return try await work()
  }

  private func connect() async throws(JournalError) {
    try await process.link.connect()
    if process.isOver { try await touch() }
  }

  /// Takes some time, in which the process may crash.
  func touch() async throws(JournalError) {
    if process.step() { await world.pause(world.upTo(2)) }
    guard process.isOver else { return inner.setFull(world.isDiskFull) }
    await Self.closed.close()
    _ = try await Self.closed.check()
  }

  func begin(_ metadata: RunMetadata, _ changes: [Change]) async throws(JournalError) -> any RunWriter {
    var begun: Int?
    do throws(JournalError) {
      let writer = try await operate { () async throws(JournalError) -> any RunWriter in
        process.expectation.check(changes, metadata.kind, process)
        let writer = try await inner.begin(metadata, changes)
        begun = writer.number
        world.tell("process \(process.number) begins run \(writer.number), \(metadata.kind), \(changes.count) changes")
        world.books.begin(writer.number, metadata.kind, changes, process: process.number, time: world.now)
        return writer
      }
      try await touch()
      return SimulatedWriter(writer, self, process)
    } catch {
      if let begun { process.link.doubt(begun) }
      throw error
    }
  }

  func reopen(_ number: Int) async throws(JournalError) -> any RunWriter {
    let writer = try await operate { () async throws(JournalError) -> any RunWriter in
      let isOwn = world.books.runs[number]?.intents.first?.process == process.number
      if !process.isResuming, !isOwn { world.report("process \(process.number) took up run \(number) unasked") }
      let writer = try await inner.reopen(number)
      world.books.runs[number]?.isAbandoned = false
      world.books.runs[number]?.takers.append(process.number)
      return writer
    }
    try await touch()
    return SimulatedWriter(writer, self, process)
  }

  func runs(profile: String?, host: String?, limit: Int) async throws(JournalError) -> [Run] {
    try await operate { () async throws(JournalError) in
      try await inner.runs(profile: profile, host: host, limit: limit)
    }
  }

  func run(_ number: Int) async throws(JournalError) -> Run {
    try await operate { () async throws(JournalError) in try await inner.run(number) }
  }

  func unfinishedRuns(profile: String, host: String) async throws(JournalError) -> [Run] {
    try await operate { () async throws(JournalError) in
      try await inner.unfinishedRuns(profile: profile, host: host)
    }
  }

  func intents(
    of run: Int, _ filter: IntentFilter, from start: Int, limit: Int
  ) async throws(JournalError) -> [Intent] {
    try await operate { () async throws(JournalError) in
      try await inner.intents(of: run, filter, from: start, limit: limit)
    }
  }

  func abandon(_ number: Int) async throws(JournalError) {
    try await operate { () async throws(JournalError) in
      let isUndone = world.books.runs.values.contains { $0.kind == .undo(of: number) }
      if !isUndone, process.expectation.undoing != number {
        world.report("process \(process.number) gives up run \(number), which is not undone")
      }
      try await inner.abandon(number)
      world.tell("process \(process.number) abandons run \(number)")
      world.books.runs[number]?.isAbandoned = true
    }
    try await touch()
  }

  func prune(olderThan moment: Moment, profile: String?, host: String?) async throws(JournalError) -> Int {
    try await operate { () async throws(JournalError) in
      try await inner.prune(olderThan: moment, profile: profile, host: host)
    }
  }

  func check() async throws(JournalError) -> [JournalProblem] {
    try await operate { () async throws(JournalError) in try await inner.check() }
  }

  func ledger(profile: String, host: String, folder: String) -> any ScriptLedger {
    inner.ledger(profile: profile, host: host, folder: folder)
  }

  func lock(
    profile: String, host: String, shard: Shard?, holder: LockHolder
  ) async throws(LockProblem) -> any RunLock {
    do throws(JournalError) {
      try await touch()
      try await connect()
    } catch {
      throw .unusable(error)
    }
    let take = { [inner] () async throws(LockProblem) -> any RunLock in
      try await inner.lock(profile: profile, host: host, shard: shard, holder: holder)
    }
    process.link.note(try await take(), again: take)
    return SimulatedLock(process: process)
  }

  func lockHolder(profile: String, host: String) async -> LockHolder? {
    await inner.lockHolder(profile: profile, host: host)
  }

  func close() async {
    if !process.isOver { await inner.close() }
  }
}

private struct SimulatedLock: RunLock {
  let process: SimulatedProcess

  func release() async { await process.link.release() }
}

final class SimulatedWriter: RunWriter, @unchecked Sendable {
  private let inner: any RunWriter
  private let journal: SimulatedJournal
  private let process: SimulatedProcess
  /// The intents that outcomes were handed over for which close them.
  private var closed: Set<Int> = []

  init(_ inner: any RunWriter, _ journal: SimulatedJournal, _ process: SimulatedProcess) {
    self.inner = inner
    self.journal = journal
    self.process = process
    process.runs.insert(inner.number)
  }

  private var world: World { process.world }

  var number: Int { inner.number }

  var problem: JournalError? { inner.problem }

  func append(_ changes: [Change]) async throws(JournalError) -> Range<Int> {
    let range = try await journal.operate { () async throws(JournalError) in
      process.expectation.check(changes, world.books.runs[number]?.kind ?? .commit, process)
      let range = try await inner.append(changes)
      world.books.append(changes, to: number, process: process.number, time: world.now)
      return range
    }
    try await journal.touch()
    return range
  }

  func record(_ outcome: Outcome, at index: Int, tries: Int) {
    if process.isOver { return }
    world.tell(
      "process \(process.number) records \(outcome.state.rawValue)\(outcome.closesIntent ? "" : ", open,") "
        + "at \(index) of run \(number): \(outcome.message ?? "")")
    RecordRule(process).check(outcome, Books.Place(run: number, index: index), tries: tries)
    inner.record(outcome, at: index, tries: tries)
    if outcome.closesIntent {
      closed.insert(index)
      // What is known to a process that has lost the run is not known to the one that has it.
      if isOwn { world.books.runs[number]?.settled[index] = world.books.runs[number]?.settled[index] ?? false }
    }
    if !process.unflushed.contains(where: { $0 === self }) { process.unflushed.append(self) }
  }

  /// False once another process has taken the run up.
  private var isOwn: Bool { world.books.runs[number]?.takers.last == process.number && process.link.isInRight }

  var isReady: Bool { inner.isReady && !process.isOver && process.link.isInRight && process.link.isAlive }

  func ready() async throws(JournalError) {
    try await journal.operate { () async throws(JournalError) in try await inner.ready() }
  }

  func flush() async throws(JournalError) {
    try await journal.operate { () async throws(JournalError) in
      try await inner.flush()
      becomeDurable()
    }
  }

  func finish() async throws(JournalError) -> Run {
    let run = try await journal.operate { () async throws(JournalError) in
      let run = try await inner.finish()
      becomeDurable()
      return run
    }
    try await journal.touch()
    return run
  }

  private func becomeDurable() {
    world.books.makeDurable(closed, of: number)
    process.unflushed.removeAll { $0 === self }
  }
}
