import WhAPI
import WhDomain

/// Keeps what others changed from being overwritten unseen: what was read too long ago is read again when its own turn
/// comes, for the rest of its app at once.
@SessionActor final class Freshness {
  /// What is known of a webhook just before it is written.
  enum Check: Equatable, Sendable {
    /// It is as it was when it was edited.
    case fresh
    /// Others changed it; what it holds now.
    case changed(Webhook)
    case deleted
    /// It could not be read again.
    case unread(APIError)
  }

  private let catalog: Catalog
  /// How long what was read may be relied on; nil to rely on it forever.
  private let limit: Duration?
  /// The webhooks of each app that the run is to change, in their order.
  private var planned: [AppID: [WebhookKey]] = [:]
  private var taken: Set<WebhookKey> = []
  /// Those who wait for an app that is being read.
  private var waiting: [AppID: [CheckedContinuation<Void, Never>]] = [:]
  private var failed: [AppID: APIError] = [:]

  init(_ catalog: Catalog, limit: Duration?, _ changes: [Change]) {
    self.catalog = catalog
    self.limit = limit
    if limit != nil {
      for change in changes where change.before != nil { planned[change.app.id, default: []].append(change.key) }
    }
  }

  /// Notes that the turn of a change has come.
  func take(_ change: Change) {
    if limit != nil { taken.insert(change.key) }
  }

  /// Until when, by the monotonic clock, a change may be sent without another look; nil where a look is due.
  ///
  /// A change that needs no look at all, such as a creation, may be sent at any time.
  func freshUntil(_ change: Change) -> Duration?? {
    guard let limit, let before = change.before else { return .some(nil) }
    guard let base = catalog.holdings.base[change.key], base.webhook.holdsTheSame(as: before) else { return nil }
    return catalog.source.clock() - base.readAt > limit ? nil : .some(base.readAt + limit)
  }

  /// Reads the webhook again if it was read too long ago, with all of its app that are yet to be sent.
  func check(_ change: Change) async -> Check {
    guard limit != nil, let before = change.before else { return .fresh }
    if isStale(change.key) {
      if let error = await reread(change.app.id, change.key) { return .unread(error) }
    }
    return compare(change.key, before)
  }

  /// Checks many changes before any of them is sent.
  func check(_ changes: [Change]) async -> [Check] {
    var checks: [Check] = []
    for change in changes { checks.append(await check(change)) }
    return checks
  }

  /// An answer to a creation that names a webhook which was there before says nothing of what was created.
  func judge(_ result: WriteResult, of change: Change) -> WriteResult {
    guard change.isCreation, case .applied(let answer?) = result,
      catalog.holdings.webhook(WebhookKey(change.app.id, answer.id)) != nil
    else { return result }
    return .applied(nil)
  }

  private func compare(_ key: WebhookKey, _ before: Webhook) -> Check {
    guard let current = catalog.holdings.webhook(key) else { return .deleted }
    return current.holdsTheSame(as: before) ? .fresh : .changed(current)
  }

  private func isStale(_ key: WebhookKey) -> Bool {
    guard let limit, let base = catalog.holdings.base[key] else { return false }
    return catalog.source.clock() - base.readAt > limit
  }

  /// Reads what is stale of an app, once for all who ask meanwhile.
  private func reread(_ app: AppID, _ key: WebhookKey) async -> APIError? {
    if waiting[app] != nil {
      await withCheckedContinuation { waiting[app]?.append($0) }
      return failed[app]
    }
    waiting[app] = []
    let keys = ([key] + (planned[app] ?? []).filter { !taken.contains($0) && isStale($0) }).uniqued()
    failed[app] = nil
    do throws(ReadFailure) {
      try await Rereading(catalog, report: { _ in }).reread(keys)
    } catch {
      failed[app] = error.asAPIError
    }
    for continuation in waiting.removeValue(forKey: app) ?? [] { continuation.resume() }
    return failed[app]
  }
}

extension Freshness.Check {
  /// The outcome of a change that is not sent for this.
  func outcome(of change: Change) -> Outcome {
    switch self {
    case .fresh: Outcome(change, .notAttempted)
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
    case .unknownApp(let name, _), .ambiguousApp(let name, _): APIError(.notFound, message: "there is no app \(name)")
    case .unknownWebhook(let name, _, _): APIError(.notFound, message: "there is no webhook \(name)")
    case .otherApp(_, let webhook): APIError(.invalid, message: "webhook \(webhook.id) belongs to another app")
    }
  }
}
