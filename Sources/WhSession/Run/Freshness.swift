import WhAPI
import WhDomain
import WhJournal

/// Keeps what others changed from being overwritten unseen: what was read too long ago is read again when its own turn
/// comes, for the rest of its app at once.
@SessionActor final class Freshness {
  /// What is known of a webhook just before it is written.
  enum Check: Equatable, Sendable {
    /// It is unchanged since it was edited.
    case fresh
    /// It is as it is asked to be; what it holds now, or nil where it is gone.
    case done(Webhook?)
    /// Others changed it; what it holds now.
    case changed(Webhook)
    case deleted
    /// It could not be read again.
    case unread(APIError)
  }

  /// How long a webhook that was just read may wait for the limit, however little may be relied on. What may be relied on for
  /// less is read alone, just before its write.
  nonisolated static let shortest: Duration = .seconds(1)
  /// How long a read of webhooks may take until the first of them are read once more.
  private static let longestRead: Duration = .seconds(5)

  private let catalog: Catalog
  /// How long what was read may be relied on; nil to rely on it forever.
  private let limit: Duration?
  /// True for a webhook that existed long before the run.
  private let isOlder: @Sendable (Webhook) -> Bool
  private let changes: [Change]
  /// The places of each app's changes, in their order. Most runs never ask for them.
  private lazy var places: [AppID: [Int32]] = changes.indices.reduce(into: [:]) { places, index in
    if changes[index].before != nil { places[changes[index].app.id, default: []].append(Int32(index)) }
  }
  /// The place of the change whose turn is next.
  private var next = 0
  /// The reads that are under way, one at a time for each app.
  private var readings: [AppID: Reading] = [:]

  /// A read of some webhooks of an app.
  @SessionActor private final class Reading {
    let keys: Set<WebhookKey>
    var problem: APIError?
    var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ keys: [WebhookKey]) { self.keys = Set(keys) }
  }

  init(
    _ catalog: Catalog, limit: Duration?, _ changes: [Change],
    isOlder: @escaping @Sendable (Webhook) -> Bool = { _ in false }
  ) {
    self.isOlder = isOlder
    self.catalog = catalog
    self.limit = limit
    self.changes = changes
  }

  /// Notes that the turn of the change at a place has come: they come in their order.
  ///
  /// - Returns: when that was, by the monotonic clock.
  func take(at index: Int) -> Duration {
    next = index + 1
    return catalog.source.clock()
  }

  /// Takes over what the service holds since a write.
  ///
  /// - Parameter turn: when the write began: what it was answered may be as old as that.
  func note(_ outcome: Outcome, since turn: Duration) { catalog.note(outcome, at: turn) }

  /// Until when, by the monotonic clock, a change may be sent without another look; nil where a look is due.
  ///
  /// A change that needs no check, such as a creation, can be sent at any time.
  func freshUntil(_ change: Change) -> Duration?? {
    guard let limit, let before = change.before else { return .some(nil) }
    guard let base = catalog.holdings.base[change.key], base.webhook.holdsTheSame(as: before) else { return nil }
    return catalog.source.clock() - base.readAt > limit ? nil : .some(base.readAt + limit)
  }

  /// Until when a change may be sent whose webhook was just read again; nil for any time.
  func deadline(_ change: Change) -> Duration? {
    guard let limit, let base = catalog.holdings.base[change.key] else { return nil }
    return max(base.readAt + limit, catalog.source.clock() + Self.shortest)
  }

  /// Reads the webhook again if it was read too long ago, with all of its app that are yet to be sent.
  func check(_ change: Change) async -> Check {
    guard limit != nil, change.before != nil else { return .fresh }
    if isStale(change.key), let error = await reread(change.app.id, change.key) { return .unread(error) }
    // What came first on a long list was read long ago when the last of it comes.
    if isStale(change.key, beyond: Self.longestRead), let error = await reread(change.app.id, change.key, alone: true) {
      return .unread(error)
    }
    return compare(change)
  }

  /// Checks many changes before any of them is sent, and reads what is stale of them at once.
  func check(_ changes: [Change]) async -> [Check] {
    guard limit != nil else { return changes.map { _ in .fresh } }
    let stale = Set(changes.lazy.filter { $0.before != nil && self.isStale($0.key) }.map(\.key))
    let problem = stale.isEmpty ? nil : await reread(changes.map(\.key).filter(stale.contains).uniqued())
    return changes.map { change in
      if change.before == nil { return .fresh }
      if let problem, stale.contains(change.key) { return .unread(problem) }
      return compare(change)
    }
  }

  /// An answer to a creation that names an existing webhook says nothing about what was created.
  func judge(_ result: WriteResult, of change: Change) -> WriteResult {
    guard change.isCreation, case .applied(let answer?) = result,
      catalog.holdings.webhook(WebhookKey(change.app.id, answer.id)) != nil || isOlder(answer)
    else { return result }
    return .applied(nil)
  }

  /// - Returns: why they could not be read; nil if they were.
  private func reread(_ keys: [WebhookKey]) async -> APIError? {
    do throws(ReadFailure) {
      try await Rereading(catalog, report: { _ in }).reread(keys)
      return nil
    } catch {
      return error.asAPIError
    }
  }

  /// The webhooks of an app whose turn is yet to come.
  private func untaken(of app: AppID) -> [WebhookKey] {
    (places[app] ?? []).lazy.filter { $0 >= self.next }.map { self.changes[Int($0)].key }
  }

  private func compare(_ change: Change) -> Check {
    let current = catalog.holdings.webhook(change.key)
    switch Resumption.decide(Intent(run: 0, index: 0, change: change), current: current) {
    case .send: return .fresh
    case .done: return .done(current)
    case .conflict, .open: return current.map { .changed($0) } ?? .deleted
    }
  }

  /// - Parameter least: an age up to which nothing is stale, whatever the limit.
  private func isStale(_ key: WebhookKey, beyond least: Duration = .zero) -> Bool {
    guard let limit, let base = catalog.holdings.base[key] else { return false }
    return catalog.source.clock() - base.readAt > max(limit, least)
  }

  /// Reads what is stale of an app, once for all of it that is requested in the meantime.
  private func reread(_ app: AppID, _ key: WebhookKey, alone isAlone: Bool = false) async -> APIError? {
    // What may hardly be relied on at all would be stale again when its own turn comes.
    if let limit, limit < Self.shortest { return await reread([key]) }
    while let reading = readings[app] {
      await withCheckedContinuation { reading.waiting.append($0) }
      if reading.keys.contains(key) { return reading.problem }
    }
    let others = isAlone ? [] : untaken(of: app).filter { isStale($0) }
    let keys = ([key] + others).uniqued()
    let reading = Reading(keys)
    readings[app] = reading
    reading.problem = await reread(keys)
    readings[app] = nil
    for continuation in reading.waiting { continuation.resume() }
    return reading.problem
  }
}

extension Freshness.Check {
  /// True where others stand against the change.
  var isConflict: Bool {
    switch self {
    case .fresh, .done: false
    case .changed, .deleted, .unread: true
    }
  }

  /// The outcome of a change that is not sent for this reason.
  func outcome(of change: Change) -> Outcome {
    switch self {
    case .fresh: Outcome(change, .notAttempted)
    case .done(let current): Outcome(change, .unchanged, answer: current)
    case .changed(let current):
      Outcome(change, .conflict, message: "changed by others since it was read", answer: current)
    case .deleted: Outcome(change, .conflict, message: "deleted by others since it was read")
    case .unread(let error): Outcome(change, .notSent(error))
    }
  }
}

extension ReadFailure {
  /// The same failure as one of the service, for where there is no statement to blame.
  fileprivate var asAPIError: APIError {
    switch self {
    case .api(let error), .noAppList(let error), .noWebhookList(let error, _): error
    case .interrupted: APIError(.cancelled, message: "interrupted")
    case .unknownApp(let name, _, let said): said ?? APIError(.notFound, message: "no app \(name)")
    case .ambiguousApp(let name, _): APIError(.notFound, message: "no app \(name)")
    case .ambiguousID(let name, _): APIError(.notFound, message: "no webhook \(name)")
    case .unknownWebhook(let name, _, _, let said): said ?? APIError(.notFound, message: "no webhook \(name)")
    case .unreadableWebhook(let name, _, let reason): APIError(.malformed, message: "webhook \(name): \(reason)")
    case .otherApp(_, let webhook): APIError(.invalid, message: "webhook \(webhook.id) belongs to another app")
    }
  }
}
