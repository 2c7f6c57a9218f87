import WhDeterminism

/// Makes histories: most are small, and each fault is rare enough that what follows on it is seen.
struct HistoryGenerator {
  private var random: SeededGenerator
  private var history: History
  /// Makes urls and headers that nothing else has.
  private var count = 0

  private static let events = ["MESSAGE_CREATED", "MESSAGE_SENT", "MESSAGE_DELIVERED"]

  static func history(seed: UInt64) -> History {
    var generator = HistoryGenerator(seed)
    generator.generate()
    return generator.history
  }

  private init(_ seed: UInt64) {
    random = SeededGenerator(seed: seed)
    history = History(seed: seed)
  }

  private mutating func happens(_ chance: Double) -> Bool { random.chance() < chance }

  private mutating func unique(_ prefix: String) -> String {
    count += 1
    return "\(prefix)\(count)"
  }

  private mutating func generate() {
    makeSettings()
    history.apps = (0..<random.pick([1, 1, 2, 3])).map { _ in
      (0..<random.pick([0, 1, 1, 2, 3])).map { _ in
        History.Content(
          url: unique("https://old.example.com/"), events: [random.pick(Self.events)],
          headers: happens(0.3) ? ["X-Team": "old"] : [:])
      }
    }
    let machines = happens(0.25) ? 2 : 1
    for _ in 0..<random.pick([1, 1, 1, 2, 2, 3]) { history.programs.append(program(on: random.below(machines))) }
    history.isUndone = happens(0.5)
    // Without faults nothing excuses anything.
    if happens(0.9) { makeFaults() }
    if happens(0.4) {
      for _ in 0..<random.pick([1, 1, 2, 3]) { history.deeds.append(deed()) }
    }
    if happens(0.4) { makeJournalFaults() }
  }

  private mutating func makeSettings() {
    history.settings.recheck = random.pick([0, 1, 5, 30, 30])
    history.settings.jobs = random.pick([1, 2, 4])
    history.settings.conflicts = random.pick(["skip", "skip", "skip", "skip", "skip", "skip", "stop", "overwrite"])
    history.settings.clockOffset = random.pick([0, 0, 300, -2000, 90_000, -600_000, 3_600_000])
    history.settings.shufflesEvents = happens(0.3)
    history.settings.tellsTotals = happens(0.8)
    history.settings.pageCap = history.settings.tellsTotals && happens(0.2) ? 2 : 100
    history.settings.hasGet = happens(0.95)
    // A limit that leaves no room for a read and a write of each job lets nothing be sent.
    if happens(0.2) {
      history.settings.limit = History.Limit(
        requests: random.pick([12, 20]), window: random.pick([2000, 10_000, 60_000]))
    }
    history.settings.latency = random.pick([5, 20, 20, 200, 2000])
  }

  // MARK: What the user does

  private mutating func program(on machine: Int) -> History.Program {
    var steps: [History.Step] = happens(0.2) ? [.goOn] : []
    for _ in 0..<random.pick([1, 1, 1, 2, 3]) {
      if !steps.isEmpty, happens(0.3) { steps.append(.wait(random.pick([10, 1000, 40_000]))) }
      if happens(0.2), !history.programs.isEmpty || !steps.isEmpty {
        steps += [.undo, .commit]
        continue
      }
      if !steps.contains(where: { if case .use = $0 { true } else { false } }) || happens(0.6) {
        steps.append(.use(app: happens(0.6) ? nil : random.below(history.apps.count)))
        steps.append(.choose(choice()))
      }
      for _ in 0..<random.pick([1, 1, 1, 2, 3]) { steps.append(stagingStep()) }
      if happens(0.2) { steps.append(.wait(random.pick([10, 500, 6000, 31_000, 50_000]))) }
      if happens(0.1) { steps.append(.refresh) }
      if happens(0.05) { steps.append(.rollback) }
      steps.append(.commit)
      if happens(0.15) { steps.append(.commit) }
    }
    return History.Program(
      machine: machine, pause: random.pick([0, 0, 100, 3000]), isPrompt: happens(0.4),
      ignoresUnfinished: happens(0.1), isResumed: happens(0.7), steps: steps)
  }

  private mutating func choice() -> History.Choice {
    if happens(0.7) { return .all }
    let webhooks = history.apps.map(\.count).reduce(0, +)
    if webhooks > 0, happens(0.5) { return .id("w\(1 + random.below(webhooks))") }
    return .withEvent(random.pick(Self.events))
  }

  private mutating func stagingStep() -> History.Step {
    if happens(0.2) { return .create(url: unique("https://made.example.com/"), event: random.pick(Self.events)) }
    if happens(0.12) { return .delete }
    return .edit(edit())
  }

  private mutating func edit() -> History.Edit {
    switch random.below(5) {
    case 0, 1: .setURL(unique("https://new.example.com/"))
    case 2: .addEvent(random.pick(Self.events))
    case 3: .removeEvent(random.pick(Self.events))
    default: .setHeader(unique("v"))
    }
  }

  // MARK: What goes wrong

  private mutating func makeFaults() {
    for _ in 0..<random.pick([0, 1, 1, 2, 3, 4]) {
      history.faults.append(
        History.Fault(first: random.below(30), count: random.pick([1, 1, 1, 2, 3, 10]), fate: fate()))
    }
    for _ in 0..<random.pick([0, 0, 0, 1]) {
      history.outages.append(History.Outage(span: span(), fate: outage()))
    }
    for _ in 0..<random.pick([0, 0, 1, 1, 2, 3]) {
      history.ends.append(
        History.ProcessEnd(process: random.below(4), effects: 1 + random.below(40), isCrash: happens(0.8)))
    }
    if happens(0.1) { history.fullDisks.append(span()) }
  }

  /// What goes wrong with a journal that machines share.
  private mutating func makeJournalFaults() {
    for _ in 0..<random.pick([1, 1, 2, 3, 4]) {
      history.losses.append(
        History.Loss(
          operation: random.below(random.pick([10, 20, 40])), isDone: happens(0.5),
          outage: random.pick([0, 0, 200, 3000, 20_000, 70_000, 300_000])))
    }
    if happens(0.4) { history.serverStops.append(span()) }
    // Someone else has to be there to take the lock, and takes up what the first one is at.
    if happens(0.6) {
      history.programs.append(
        History.Program(
          machine: 1, pause: random.below(4000), isPrompt: false, ignoresUnfinished: false, isResumed: true,
          steps: [.use(app: nil)]))
    }
  }

  private mutating func span() -> History.Span {
    let start = random.pick([0, random.below(200), random.below(5000)])
    return History.Span(start: start, end: start + random.pick([100, 2000, 20_000, 120_000]))
  }

  private mutating func fate() -> Fate {
    switch random.below(10) {
    case 0: .refused(random.pick([400, 401, 403, 409, 422, 429]))
    case 1: .refused(random.pick([408, 425, 500, 502, 503, 504, 507, 520]))
    case 2: .appliedThenFailed(random.pick([500, 502, 503, 504, 408, 520]))
    case 3: .appliedWithoutBody(random.pick([200, 201, 202, 204]))
    case 4: .lost(random.pick([.reset, .timeout]))
    case 5: .answerLost(random.pick([.reset, .timeout]))
    case 6: .brokenOff
    case 7: .late(random.pick([100, 2000, 8000]))
    case 8: .noConnection
    default: .slow(random.pick([500, 5000, 25_000]))
    }
  }

  private mutating func outage() -> Fate {
    random.pick([
      .noConnection, .lost(.timeout), .answerLost(.reset), .refused(401), .refused(403), .refused(429), .refused(503),
      .appliedThenFailed(500),
    ])
  }

  private mutating func deed() -> History.Deed {
    let kind: History.Deed.Kind
    switch random.below(6) {
    case 0: kind = .delete
    case 1: kind = .create(url: unique("https://theirs.example.com/"))
    default: kind = .edit(edit())
    }
    let time = random.pick([random.below(200), random.below(2000), random.below(40_000), random.below(100_000)])
    return History.Deed(time: time, app: random.below(history.apps.count), webhook: random.below(3), kind: kind)
  }
}
