import Synchronization
import WhDomain

/// A run in memory. Its outcomes are handed over, and become durable with `flush` and `finish`.
final class MemoryRunWriter: RunWriter {
  let number: Int
  private let place: String
  private let environment: JournalEnvironment
  /// How often the run had been taken up when this process did.
  private let takeUps: Int
  private let store: MemoryStore
  private let life: MemoryLife
  private let isInReach: @Sendable () -> Bool
  private let becomeReady: @Sendable () async throws(JournalError) -> Void
  private let waiting = Mutex(Waiting())

  private struct Waiting {
    var outcomes: [(index: Int, outcome: RecordedOutcome)] = []
    var problem: JournalError?
  }

  init(
    _ number: Int, _ takeUps: Int, at place: String, _ environment: JournalEnvironment, _ store: MemoryStore,
    _ life: MemoryLife,
    _ isReady: @escaping @Sendable () -> Bool, _ ready: @escaping @Sendable () async throws(JournalError) -> Void
  ) {
    isInReach = isReady
    becomeReady = ready
    self.number = number
    self.takeUps = takeUps
    self.place = place
    self.environment = environment
    self.store = store
    self.life = life
  }

  var problem: JournalError? { waiting.withLock(\.problem) }

  func append(_ changes: [Change]) async throws(JournalError) -> Range<Int> {
    try store.use(life, at: place, isWriting: true) { state throws(JournalError) in
      guard var run = state.runs[number] else { throw JournalError(.noSuchRun(number), at: place) }
      run.changes += changes
      (run.finishedAt, run.abandonedAt) = (nil, nil)
      state.runs[number] = run
      return run.changes.count - changes.count..<run.changes.count
    }
  }

  func record(_ outcome: Outcome, at index: Int, tries: Int) {
    let recorded = RecordedOutcome(outcome, tries: tries, at: environment.now())
    waiting.withLock { $0.outcomes.append((index, recorded)) }
  }

  var isReady: Bool { problem == nil && isInReach() }

  func ready() async throws(JournalError) {
    if let problem { throw problem }
    try await becomeReady()
  }

  func flush() async throws(JournalError) {
    try waiting.withLock { (waiting) throws(JournalError) in
      let outcomes = waiting.outcomes
      if outcomes.isEmpty, life.isAlive { return }
      do throws(JournalError) {
        try store.use(life, at: place, isWriting: true) { (state) throws(JournalError) in
          guard state.runs[number]?.takeUps ?? takeUps == takeUps else {
            throw JournalError(.taken(by: nil), at: place)
          }
          for (index, outcome) in outcomes { state.runs[number]?.outcomes[index] = outcome }
        }
        waiting = Waiting()
      } catch {
        waiting.problem = error
        throw error
      }
    }
  }

  func finish() async throws(JournalError) -> Run {
    try await flush()
    let now = environment.now()
    return try store.use(life, at: place, isWriting: true) { state throws(JournalError) in
      state.runs[number]?.finishedAt = now
      guard let run = state.run(number, life) else { throw JournalError(.noSuchRun(number), at: place) }
      return run
    }
  }
}
