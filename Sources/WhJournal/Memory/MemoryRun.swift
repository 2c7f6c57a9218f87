import WhDomain

/// What is durable of a run in memory.
struct MemoryRun {
  let metadata: RunMetadata
  var changes: [Change]
  var outcomes: [Int: RecordedOutcome] = [:]
  var finishedAt: Moment?
  var abandonedAt: Moment?
  /// The lock of the process that began it, or took it up; nil where it had none.
  var ticket: Int?
  /// How often it was taken up: what an earlier process of it still hands over is not taken.
  var takeUps = 0

  init(metadata: RunMetadata, changes: [Change]) {
    self.metadata = metadata
    self.changes = changes
  }

  func intents(of number: Int) -> [Intent] {
    changes.enumerated().map { Intent(run: number, index: $0, change: $1, outcome: outcomes[$0]) }
  }
}

extension MemoryStore.State {
  /// The numbers of the runs of a profile and on a server, each of which may be nil for any, in their order.
  func numbers(profile: String?, host: String?) -> [Int] {
    runs.filter { _, run in
      run.metadata.profile == profile ?? run.metadata.profile && run.metadata.host == host ?? run.metadata.host
    }.keys.sorted()
  }

  /// - Parameter life: the process that asks.
  func run(_ number: Int, _ life: MemoryLife) -> Run? {
    guard let stored = runs[number] else { return nil }
    let undoing = runs.filter { $0.value.metadata.kind == .undo(of: number) }
    var run = Run(
      number: number, metadata: stored.metadata, finishedAt: stored.finishedAt, abandonedAt: stored.abandonedAt,
      intentCount: stored.changes.count, settledCount: stored.outcomes.values.count(where: \.closesIntent),
      recorded: stored.outcomes.values.reduce(into: [:]) { $0[$1.state, default: 0] += 1 },
      undoneBy: undoing.keys.max())
    let lock = lock(of: stored)
    run.isLeft = lock == nil
    run.isOthers = lock.map { $0.life !== life } ?? false
    return run
  }
}
