import WhDomain
import WhJournal

/// What is left of a run that was stopped, by what the service holds now.
@SessionActor struct RunResumption {
  /// How long a creation that was sent may still be on its way to the service, when nothing is known of its request.
  private static let inFlight: Duration = .seconds(10)

  private let run: WhJournal.Run
  private let intents: [Intent]
  private let catalog: Catalog
  private let clockOffset: Duration?
  private let now: Moment
  private let sleep: @Sendable (Duration) async throws(CancellationError) -> Void
  /// What is settled now, with its place in the run.
  private(set) var settled: [(index: Int, outcome: Outcome)] = []
  /// What is to be sent.
  private(set) var left: [Intent] = []

  /// - Parameters:
  ///   - intents: all of the run.
  ///   - clockOffset: how far the service's clock is ahead of this machine's; nil where that is not known.
  init(
    _ run: WhJournal.Run, _ intents: [Intent], _ catalog: Catalog, clockOffset: Duration?, now: Moment,
    sleep: @escaping @Sendable (Duration) async throws(CancellationError) -> Void
  ) {
    self.run = run
    self.intents = intents
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
    let open = intents.filter(\.isOpen)
    try await Rereading(catalog).reread(open.filter { !$0.change.isCreation }.map(\.change.key).uniqued())
    let apps = open.filter(\.change.isCreation).map(\.change.app).uniqued()
    try await catalog.list(apps)
    if open.contains(where: { $0.change.isCreation && mayBeOnItsWay($0) && candidates(for: $0).isEmpty }) {
      do throws(CancellationError) {
        try await sleep(Self.inFlight)
      } catch {
        throw .interrupted
      }
      try await catalog.list(apps)
    }
    var taken = Set(intents.filter { $0.change.isCreation && !$0.isOpen }.compactMap { $0.outcome?.answer?.id })
    for intent in open { decide(intent, &taken) }
  }

  private mutating func decide(_ intent: Intent, _ taken: inout Set<WebhookID>) {
    let change = intent.change
    let found = change.isCreation ? candidates(for: intent).filter { !taken.contains($0.id) } : []
    let current = change.isCreation ? found.first : catalog.holdings.webhook(change.key)
    if case .update(nil, _) = change.action, current == nil {
      // It was never read, so that nothing can be told from what it holds: sent again it comes to the same.
      left.append(intent)
      return
    }
    switch Resumption.decide(intent, current: current, candidates: found.count) {
    case .send: left.append(intent)
    case .done:
      if change.isCreation, let current { taken.insert(current.id) }
      settle(intent, Outcome(change, .applied(change.isDeletion ? nil : current)))
    case .conflict(let message): settle(intent, Outcome(change, .conflict, message: message, answer: current))
    case .open(let message): settle(intent, Outcome(change, .unknown, message: message))
    }
  }

  private mutating func settle(_ intent: Intent, _ outcome: Outcome) { settled.append((intent.index, outcome)) }

  /// The webhooks that may have come of a creation.
  private func candidates(for intent: Intent) -> [Webhook] {
    let there = (catalog.holdings.webhooks(of: intent.change.app.id) ?? []).compactMap { catalog.holdings.webhook($0) }
    return Resumption.candidates(
      for: intent.change, among: there, since: run.metadata.startedAt, clockOffset: clockOffset)
  }

  /// True where the request of a creation may not have reached the service yet.
  private func mayBeOnItsWay(_ intent: Intent) -> Bool {
    if let outcome = intent.outcome, outcome.state == .notAttempted { return false }
    let last = intents.compactMap { $0.outcome?.at }.max() ?? run.metadata.startedAt
    return now.milliseconds - last.milliseconds < Int64(Self.inFlight.components.seconds) * 1000
  }
}
