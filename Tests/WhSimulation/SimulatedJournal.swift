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

  var place: String { "the simulated journal" }

  /// Takes some time, in which the process may crash.
  func touch() async throws(JournalError) {
    if process.step() { await world.pause(world.upTo(2)) }
    guard process.isOver else { return inner.setFull(world.isDiskFull) }
    await Self.closed.close()
    _ = try await Self.closed.check()
  }

  func begin(_ metadata: RunMetadata, _ changes: [Change]) async throws(JournalError) -> any RunWriter {
    try await touch()
    process.expectation.check(changes, metadata.kind, process)
    let writer = try await inner.begin(metadata, changes)
    world.tell("process \(process.number) begins run \(writer.number), \(metadata.kind), \(changes.count) changes")
    world.books.begin(writer.number, metadata.kind, changes, process: process.number, time: world.now)
    try await touch()
    return SimulatedWriter(writer, self, process)
  }

  func reopen(_ number: Int) async throws(JournalError) -> any RunWriter {
    try await touch()
    let isOwn = world.books.runs[number]?.intents.first?.process == process.number
    if !process.isResuming, !isOwn { world.report("process \(process.number) took up run \(number) unasked") }
    let writer = try await inner.reopen(number)
    world.books.runs[number]?.isAbandoned = false
    try await touch()
    return SimulatedWriter(writer, self, process)
  }

  func runs(profile: String?, host: String?, limit: Int) async throws(JournalError) -> [Run] {
    try await touch()
    return try await inner.runs(profile: profile, host: host, limit: limit)
  }

  func run(_ number: Int) async throws(JournalError) -> Run {
    try await touch()
    return try await inner.run(number)
  }

  func unfinishedRuns(profile: String, host: String) async throws(JournalError) -> [Run] {
    try await touch()
    return try await inner.unfinishedRuns(profile: profile, host: host)
  }

  func intents(
    of run: Int, _ filter: IntentFilter, from start: Int, limit: Int
  ) async throws(JournalError) -> [Intent] {
    try await touch()
    return try await inner.intents(of: run, filter, from: start, limit: limit)
  }

  func abandon(_ number: Int) async throws(JournalError) {
    try await touch()
    let isUndone = world.books.runs.values.contains { $0.kind == .undo(of: number) }
    if !isUndone, process.expectation.undoing != number {
      world.report("process \(process.number) gives up run \(number), which is not undone")
    }
    try await inner.abandon(number)
    world.tell("process \(process.number) abandons run \(number)")
    world.books.runs[number]?.isAbandoned = true
    try await touch()
  }

  func prune(olderThan moment: Moment, profile: String?, host: String?) async throws(JournalError) -> Int {
    try await touch()
    return try await inner.prune(olderThan: moment, profile: profile, host: host)
  }

  func check() async throws(JournalError) -> [JournalProblem] {
    try await touch()
    return try await inner.check()
  }

  func ledger(profile: String, host: String, folder: String) -> any ScriptLedger {
    inner.ledger(profile: profile, host: host, folder: folder)
  }

  func lock(
    profile: String, host: String, shard: Shard?, holder: LockHolder
  ) async throws(LockProblem) -> any RunLock {
    do throws(JournalError) {
      try await touch()
    } catch {
      throw .unusable(error)
    }
    let lock = try await inner.lock(profile: profile, host: host, shard: shard, holder: holder)
    process.holdsLock = true
    return SimulatedLock(inner: lock, process: process)
  }

  func lockHolder(profile: String, host: String) async -> LockHolder? {
    await inner.lockHolder(profile: profile, host: host)
  }

  func close() async {
    if !process.isOver { await inner.close() }
  }
}

private struct SimulatedLock: RunLock {
  let inner: any RunLock
  let process: SimulatedProcess

  func release() async {
    process.holdsLock = false
    await inner.release()
  }
}

final class SimulatedWriter: RunWriter {
  private let inner: any RunWriter
  private let journal: SimulatedJournal
  private let process: SimulatedProcess

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
    try await journal.touch()
    process.expectation.check(changes, world.books.runs[number]?.kind ?? .commit, process)
    let range = try await inner.append(changes)
    world.books.append(changes, to: number, process: process.number, time: world.now)
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
    if outcome.closesIntent { world.books.runs[number]?.settled[index] = false }
    if !process.unflushed.contains(where: { $0 === self }) { process.unflushed.append(self) }
  }

  func ready() async throws(JournalError) {
    try await journal.touch()
    try await inner.ready()
  }

  func flush() async throws(JournalError) {
    try await journal.touch()
    try await inner.flush()
    becomeDurable()
  }

  func finish() async throws(JournalError) -> Run {
    try await journal.touch()
    let run = try await inner.finish()
    becomeDurable()
    try await journal.touch()
    return run
  }

  private func becomeDurable() {
    world.books.makeDurable(number)
    process.unflushed.removeAll { $0 === self }
  }
}
