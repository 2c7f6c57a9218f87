import WhDeterminism
import WhDomain
import WhJournal

/// One process of a machine. Once it has crashed all that it still tries fails and has no effect.
final class SimulatedProcess: @unchecked Sendable {
  let number: Int
  let world: World
  /// The journal as this process has it open.
  let journal: MemoryRunLog
  let expectation: Expectation
  /// When it began.
  let start: Int
  private(set) var isOver = false
  /// How it reaches the journal.
  private(set) lazy var link = SimulatedLink(self)
  /// The runs that it has begun or taken up.
  var runs: Set<Int> = []
  var isResuming = false
  var longestRead = 0
  /// The writers with outcomes that are not durable yet.
  var unflushed: [SimulatedWriter] = []
  private var effects = 0
  private var task: Task<Void, Never>?
  private var statement: Task<Void, Never>?
  private var whenOver: CheckedContinuation<Void, Never>?

  init(_ world: World) {
    number = world.processes.count
    self.world = world
    journal = world.journal.another()
    expectation = Expectation()
    start = world.now
    world.add(self)
    _ = link
  }

  /// True while it has the right to send.
  var holdsLock: Bool { !isOver && link.holdsLock }

  /// Does work as this process, and returns when that is done, or the process has crashed.
  func run(_ work: @escaping @Sendable () async -> Void) async {
    await withCheckedContinuation { continuation in
      whenOver = continuation
      task = Task(executorPreference: world.time) {
        await work()
        self.returnOnce()
      }
    }
  }

  /// Does what one statement asks for, which an interrupt ends.
  func interruptible<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
    let task = Task(executorPreference: world.time) { await work() }
    statement = Task(executorPreference: world.time) {
      await withTaskCancellationHandler {
        _ = await task.value
      } onCancel: {
        task.cancel()
      }
    }
    return await task.value
  }

  /// Waits for what a crashed process still tries.
  func unwind() async { await task?.value }

  /// Counts an effect, before which the process may crash or be interrupted.
  ///
  /// - Returns: false when the process has crashed: the effect must not be.
  func step() -> Bool {
    if isOver { return false }
    effects += 1
    guard !world.isCalm else { return true }
    for end in world.history.ends where end.process == number && end.effects == effects {
      world.tell("process \(number) \(end.isCrash ? "crashes" : "is interrupted")")
      if end.isCrash { crash() } else { statement?.cancel() }
    }
    return !isOver
  }

  private func crash() {
    isOver = true
    journal.crash()
    forgetUndurable()
    statement?.cancel()
    task?.cancel()
    returnOnce()
  }

  /// Forgets outcomes that the journal has not taken.
  func forgetUndurable() {
    for writer in unflushed { world.books.forgetUndurable(of: writer.number) }
    unflushed = []
  }

  /// Closes a run that may have been written and of which nothing is sent, unless another process took it up.
  func giveUp(_ number: Int) async {
    guard world.books.runs[number]?.takers == [self.number] else { return }
    world.tell("process \(self.number) gives up run \(number), which it does not know to be begun")
    try? await journal.abandon(number)
    world.books.runs[number]?.isAbandoned = true
  }

  private func returnOnce() {
    whenOver?.resume()
    whenOver = nil
  }

  /// Writes outcomes down in the background, as the journal does from time to time.
  func flushSome() async {
    for writer in unflushed where world.happens(0.3) { _ = try? await writer.flush() }
  }
}
