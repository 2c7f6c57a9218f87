import WhDomain

/// Looks for the webhooks that the creations of a run made, where the answer was lost or had no id in it.
///
/// They are found by their contents: the url in its normal form, the set of events, and the headers.
package struct CreationSearch: Sendable {
  /// What was found of one creation.
  package enum Finding: Hashable, Sendable {
    case nothing
    case one(Webhook)
    /// More webhooks than creations of these contents, so that none can be identified.
    case several(Int)
    /// None of these contents, but as many other new webhooks that nothing accounts for: what was created may have been
    /// changed since.
    case strangers(Int)
    /// As many of these contents that seem older than the run, but not by much: the service's times may not be exact.
    case doubtful(Int)

    /// The webhook, where there is just one.
    package var webhook: Webhook? { if case .one(let webhook) = self { webhook } else { nil } }
  }

  /// How much earlier than the run, in milliseconds, a webhook may seem to be created: times come in whole seconds.
  private static let tolerance = 5000.0
  /// Only what is older by more than this is known not to be of the run: some services round their times down to a day.
  private static let doubt = 48 * 3600 * 1000.0
  /// Times before 2000 stand for an unknown time.
  private static let firstPlausible = 946_684_800_000.0

  /// In milliseconds since 1970, by the service's clock.
  private let earliest: Double?
  private let others: Set<WebhookKey>

  /// - Parameters:
  ///   - startedAt: when the run began, by this machine's clock.
  ///   - clockOffset: the service's clock minus this machine's. Nil where it is not known: then the time of a webhook says
  ///     nothing, and it must be the only one of its contents.
  ///   - others: webhooks that are known not to be of these creations. Two apps may each have one of the same id.
  package init(startedAt: Moment, clockOffset: Duration?, excluding others: Set<WebhookKey>) {
    earliest = clockOffset.map { Double(startedAt.milliseconds) + $0 / .milliseconds(1) - Self.tolerance }
    self.others = others
  }

  /// - Parameters:
  ///   - intents: the creations in one app that are open. One that was not attempted finds nothing.
  ///   - webhooks: all webhooks of the app.
  /// - Returns: what was found of each intent, by its index.
  package func find(_ intents: [Intent], among webhooks: [Webhook]) -> [Int: Finding] {
    let byID = Dictionary(webhooks.map { ($0.id, $0) }) { first, _ in first }
    var found = Dictionary(uniqueKeysWithValues: intents.map { ($0.index, Finding.nothing) })
    var named: Set<WebhookID> = []
    for intent in intents {
      guard let id = intent.outcome?.answer?.id else { continue }
      found[intent.index] = byID[id].map { .one($0) } ?? .nothing
      named.insert(id)
    }
    let free = webhooks.filter { !others.contains($0.key) && !named.contains($0.id) && isInTime($0) }
    let candidates = Dictionary(grouping: free) { Contents($0) }
    // Those that the service is known to have made come first: each of them has its webhook, if it is still there.
    let unnamed = intents.filter { $0.outcome?.answer == nil && $0.state != .notAttempted }
      .sorted { ($0.isSeen ? 0 : 1, $0.index) < ($1.isSeen ? 0 : 1, $1.index) }
    for (contents, group) in Dictionary(grouping: unnamed, by: { Contents($0.change.action) }) {
      for (intent, finding) in zip(group, assign(contents.flatMap { candidates[$0] } ?? [], to: group.count)) {
        found[intent.index] = finding
      }
    }
    let doubtful = Dictionary(
      grouping: webhooks.filter { !others.contains($0.key) && !named.contains($0.id) && isDoubtful($0) }
    ) { Contents($0) }
    for intent in unnamed where found[intent.index] == .nothing {
      guard let contents = Contents(intent.change.action), let count = doubtful[contents]?.count else { continue }
      found[intent.index] = .doubtful(count)
    }
    let taken = Set(unnamed.map { Contents($0.change.action) })
    let strangers = free.count { isKnownToBeInTime($0) && !taken.contains(Contents($0)) }
    if strangers > 0 {
      for intent in unnamed where found[intent.index] == .nothing { found[intent.index] = .strangers(strangers) }
    }
    return found
  }

  /// Tells webhooks that existed before a run: an answer to a creation may name such a one.
  ///
  /// - Parameter clockOffset: the service's clock minus this machine's; nil where it is not known.
  package static func isOlder(
    than start: Moment, clockOffset: @escaping @Sendable () -> Duration?
  ) -> @Sendable (Webhook) -> Bool {
    { webhook in
      guard let offset = clockOffset(), let createdAt = webhook.createdAt else { return false }
      let time = Double(createdAt.nanoseconds) / 1_000_000
      return time >= firstPlausible && time < Double(start.milliseconds) + offset / .milliseconds(1) - doubt
    }
  }

  private func isInTime(_ webhook: Webhook) -> Bool {
    earliest == nil || webhook.createdAt == nil || isKnownToBeInTime(webhook)
  }

  private func isDoubtful(_ webhook: Webhook) -> Bool {
    guard let earliest, let createdAt = webhook.createdAt, !isInTime(webhook) else { return false }
    let time = Double(createdAt.nanoseconds) / 1_000_000
    return time < Self.firstPlausible || time >= earliest - Self.doubt
  }

  private func isKnownToBeInTime(_ webhook: Webhook) -> Bool {
    guard let earliest, let createdAt = webhook.createdAt else { return false }
    return Double(createdAt.nanoseconds) / 1_000_000 >= earliest
  }

  private func assign(_ candidates: [Webhook], to count: Int) -> [Finding] {
    guard candidates.count <= (earliest == nil ? 1 : count) else {
      return Array(repeating: .several(candidates.count), count: count)
    }
    return candidates.map { .one($0) } + Array(repeating: .nothing, count: count - candidates.count)
  }
}

/// What two webhooks must have in common to count as the same.
private struct Contents: Hashable {
  let url: [UInt8]
  let events: Set<[UInt8]>
  let headers: [[[UInt8]]]

  init(_ webhook: Webhook) {
    self.init(webhook.url, webhook.events, webhook.headers)
  }

  /// - Returns: nil for another action than a creation.
  init?(_ action: Change.Action) {
    guard case .create(let url, let events, let headers) = action else { return nil }
    self.init(url, events, headers)
  }

  private init(_ url: String, _ events: [String], _ headers: Headers) {
    self.url = Array(WebhookURL.normalized(url).utf8)
    self.events = Set(events.map { Array($0.utf8) })
    self.headers = headers.all.map { [Array($0.name.lowercased().utf8), Array($0.value.utf8)] }
  }
}
