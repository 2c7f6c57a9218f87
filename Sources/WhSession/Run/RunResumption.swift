import WhDomain
import WhJournal

/// What is left of a run that was stopped, by what the service holds now.
@SessionActor struct RunResumption {
  /// How long a creation that was sent may still be on its way to the service, when nothing is known of its request.
  private static let inFlight: Duration = .seconds(10)
  /// How long a process may have nothing to write down while it waits: for the limit, and then for an answer.
  private static let longestSilence: Duration = .seconds(20 * 60)

  private let run: WhJournal.Run
  private let intents: [Intent]
  private let others: OtherRuns
  private let catalog: Catalog
  private let clockOffset: @Sendable () -> Duration?
  private let now: Moment
  private let sleep: @Sendable (Duration) async throws(CancellationError) -> Void
  /// What is settled now, with its place in the run.
  private(set) var settled: [(index: Int, outcome: Outcome)] = []
  /// What is closed because later runs ask for the same, with its place in the run.
  private(set) var takenOver: [(index: Int, outcome: Outcome)] = []
  /// What is to be sent.
  private(set) var left: [Intent] = []

  /// - Parameters:
  ///   - intents: all of the run.
  ///   - clockOffset: how far the service's clock is ahead of this machine's, once something was read; nil where that is
  ///     not known.
  init(
    _ run: WhJournal.Run, _ intents: [Intent], _ others: OtherRuns, _ catalog: Catalog,
    clockOffset: @escaping @Sendable () -> Duration?, now: Moment,
    sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void
  ) {
    self.run = run
    self.intents = intents
    self.others = others
    self.catalog = catalog
    self.clockOffset = clockOffset
    self.now = now
    self.sleep = sleep
  }

  /// Reads what the open intents are about, and decides about each.
  func read() async throws(ReadFailure) -> RunResumption {
    var result = self
    try await result.decide()
    return result
  }

  private mutating func decide() async throws(ReadFailure) {
    for intent in intents {
      guard intent.isOpen, let later = others.takenOver[intent.index] else { continue }
      let outcome = Outcome(intent.change, intent.state, message: Self.leftTo(later), closesIntent: true)
      takenOver.append((intent.index, outcome))
    }
    let open = intents.filter { $0.isOpen && others.takenOver[$0.index] == nil }
    try await Rereading(catalog).reread(open.filter { !$0.change.isCreation }.map(\.change.key).uniqued())
    let creations = open.filter(\.change.isCreation)
    let apps = creations.map(\.change.app).uniqued()
    try await catalog.list(apps)
    var found = find(creations)
    if creations.contains(where: { mayBeOnItsWay($0) && found[$0.index]?.webhook == nil }) {
      do throws(CancellationError) {
        try await sleep(Self.inFlight)
      } catch {
        throw .interrupted
      }
      try await catalog.list(apps)
      found = find(creations)
    }
    for intent in open { decide(intent, found[intent.index]) }
  }

  private mutating func decide(_ intent: Intent, _ finding: CreationSearch.Finding?) {
    let change = intent.change
    let current = finding.map(\.webhook) ?? catalog.holdings.webhook(change.key)
    if case .update(nil, _) = change.action, current == nil {
      // It was never read, so its state says nothing: sending it again has the same result.
      left.append(intent)
      return
    }
    switch finding.map({ Resumption.decide(intent, $0) }) ?? Resumption.decide(intent, current: current) {
    case .send: left.append(intent)
    case .done: settle(intent, Outcome(change, .applied(change.isDeletion ? nil : current)))
    case .conflict(let message): settle(intent, Outcome(change, .conflict, message: message, answer: current))
    case .open(let message):
      // What is known of it stays: a creation that the service has taken is never sent again.
      let state = intent.outcome?.state == .created ? Outcome.State.created : .unknown
      settle(intent, Outcome(change, state, message: message, closesIntent: false))
    }
  }

  private mutating func settle(_ intent: Intent, _ outcome: Outcome) { settled.append((intent.index, outcome)) }

  /// What the service holds now of what creations may have made, by their places in the run.
  private func find(_ creations: [Intent]) -> [Int: CreationSearch.Finding] {
    let known = intents.filter { $0.change.isCreation && !$0.isOpen }.compactMap { $0.outcome?.answer?.key }
    let search = CreationSearch(
      startedAt: run.metadata.startedAt, clockOffset: clockOffset(), excluding: others.created.union(known))
    return Dictionary(grouping: creations, by: \.change.app.id).reduce(into: [:]) { found, group in
      let there = (catalog.holdings.webhooks(of: group.key) ?? []).compactMap { catalog.holdings.webhook($0) }
      found.merge(search.find(group.value, among: there)) { $1 }
    }
  }

  /// True where the request of a creation may not have reached the service yet, as far as known: of a process that
  /// died it is unknown what it sent when.
  private func mayBeOnItsWay(_ intent: Intent) -> Bool {
    guard intent.state == .unknown else { return false }
    let last = intents.compactMap { $0.outcome?.at }.max() ?? run.metadata.startedAt
    return now.milliseconds - last.milliseconds < Int64(Self.longestSilence.components.seconds) * 1000
  }
}

/// What the other runs on a server say about one that is to be resumed.
struct OtherRuns: Sendable {
  /// The webhooks that they are known to have created.
  private(set) var created: Set<WebhookKey> = []
  /// The later runs that ask for the same as open intents of this one, by the places of these.
  private(set) var takenOver: [Int: Int] = [:]

  /// Takes in the intents of another run.
  mutating func add(_ intents: [Intent], of number: Int, besides open: [Intent]) {
    created.formUnion(intents.lazy.filter(\.change.isCreation).compactMap { $0.outcome?.answer?.key })
    // What stood against a later run was not sent by it.
    let changes = ChangeIndex(intents.lazy.filter { $0.outcome?.state != .conflict }.map(\.change))
    for intent in open where number > intent.run && changes.covers(intent.change) {
      takenOver[intent.index] = max(number, takenOver[intent.index] ?? 0)
    }
  }
}

// MARK: - Wording

extension RunResumption {
  private static func leftTo(_ run: Int) -> String { "superseded by run \(run)" }
}
