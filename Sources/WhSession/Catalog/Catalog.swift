import WhAPI
import WhDomain

/// Reads the service with the fewest requests: what was read once is not read again before it is asked for.
///
/// It does not know what is selected or staged.
@SessionActor package final class Catalog {
  /// The most items that a page holds (api.md, "Operations").
  nonisolated static let pageSize = 100

  /// How many pages it takes to list so many items: one at least.
  nonisolated static func pageCount(of items: Int) -> Int { max(1, (items + pageSize - 1) / pageSize) }

  /// Where it reads, how many requests may be in flight at once, and who receives progress.
  struct Source {
    let client: any APIClient
    let clock: @Sendable () -> Duration
    let report: @Sendable (ProgressEvent) -> Void
    /// Called with each webhook that is read, before anything else sees it.
    let notice: @Sendable (Webhook) -> Void
  }

  let source: Source
  /// How many requests may be under way at once.
  var jobs: Int
  private(set) var holdings = Holdings()
  /// The apps whose last list took more than one page. What is not on it may exist anyway, because others moved
  /// rows from page to page in the meantime.
  private(set) var pagedApps: Set<AppID> = []
  /// Whether the server has these routes; nil until one was answered. From then on a 404 is about the object.
  var canGet: Bool?
  var canList: Bool?

  init(_ source: Source, jobs: Int) {
    self.source = source
    self.jobs = jobs
  }

  var client: any APIClient { source.client }

  var isOwnApp: Bool { client.keyKind == .app }

  // MARK: Apps

  /// All apps that the key opens, listed once.
  func apps() async throws(ReadFailure) -> [App] {
    if let directory = holdings.directory { return directory }
    if isOwnApp { return [.own] }
    let page: Page<App>
    do {
      page = try await Self.listApps(with: client)
    } catch {
      throw error.isMissingRoute ? .noAppList(error) : .api(error)
    }
    holdings.remember(directory: page.items, unreadable: page.unreadable)
    return page.items
  }

  /// Lists the apps where the slug of one of these is not known.
  func requireDetails(of apps: some Sequence<AppID>) async throws(ReadFailure) {
    if apps.allSatisfy({ holdings.app($0).slug != nil }) { return }
    _ = try await self.apps()
  }

  private nonisolated static func listApps(with client: any APIClient) async throws(APIError) -> Page<App> {
    try await Page.all(by: \.id) { (offset) async throws(APIError) in
      try await client.listApps(offset: offset, limit: pageSize)
    }
  }

  // MARK: Lists of webhooks

  /// All webhooks of some apps, in the service's order; each app is listed once.
  func webhooks(of apps: [App]) async throws(ReadFailure) -> [WebhookKey] {
    try await requireLists(of: apps)
    return listed(apps)
  }

  /// Lists the webhooks of those apps that were not listed yet.
  func requireLists(of apps: [App]) async throws(ReadFailure) {
    try await list(apps.filter { holdings.webhooks(of: $0.id) == nil })
  }

  /// The webhooks of apps that were listed, in the service's order.
  func listed(_ apps: [App]) -> [WebhookKey] { apps.flatMap { holdings.webhooks(of: $0.id) ?? [] } }

  /// Lists the webhooks of some apps, whether they were listed before or not.
  func list(
    _ apps: [App], report: (@Sendable (ProgressEvent) -> Void)? = nil
  ) async throws(ReadFailure) {
    guard !apps.isEmpty else { return }
    let (client, clock) = (client, source.clock)
    let readings = await inParallel(
      apps, report: report, stop: \.result.isFailure,
      timed { app in
        await Self.list(app, with: client, clock)
      })
    let new = zip(apps, readings).filter { holdings.webhooks(of: $0.0.id) == nil }
    holdings.reserve(new.reduce(0) { $0 + ((try? $1.1?.result.get().webhooks.count) ?? 0) })
    for (app, reading) in zip(apps, readings) {
      guard let reading else { throw .interrupted }
      try remember(reading.result, of: app, at: reading.began)
    }
  }

  /// What list pages of an app brought.
  struct Pages {
    /// True when all of the app's webhooks were read.
    var isComplete = false
    var found: Set<WebhookKey> = []
  }

  /// Lists an app for some of its webhooks, as long as that takes fewer requests than reading the rest one by one.
  ///
  /// - Parameter isWhole: true to read all pages in any case.
  func listPages(of app: App, for keys: [WebhookKey], isWhole: Bool = false) async throws(ReadFailure) -> Pages {
    let (client, time) = (client, source.clock())
    let first: Page<Webhook>
    do {
      first = try await client.listWebhooks(app: app.requestID, offset: 0, limit: Self.pageSize)
    } catch {
      guard error.isMissingRoute else { throw .api(error) }
      if error.namesMissingThing { throw unknown(app, error) }
      canList = false
      return Pages()
    }
    canList = true
    for webhook in first.items { try remember(webhook, of: app, at: time) }
    let found = Set(first.items.map { WebhookKey(app.id, $0.id) })
    // Where the server does not say, only an empty page is the end.
    let total = first.totalCount ?? first.rowCount + min(1, first.rowCount)
    let perPage = max(1, first.rowCount)
    let left = max(0, total - first.rowCount)
    let further = left / perPage + (left % perPage > 0 ? 1 : 0)
    if !isWhole, further > 0, further > keys.count(where: { !found.contains($0) }) { return Pages(found: found) }
    try remember(await Self.list(app, with: client, source.clock, after: first), of: app, at: time)
    return Pages(isComplete: true, found: Set(holdings.webhooks(of: app.id) ?? []))
  }

  /// Reads list pages until all are in hand, after the first one where that was read.
  private nonisolated static func list(
    _ app: App, with client: any APIClient, _ clock: @Sendable () -> Duration, after first: Page<Webhook>? = nil
  ) async -> Result<Listing, APIError> {
    var pages = first == nil ? 0 : 1
    var later: [WebhookID: Duration] = [:]
    do {
      let all = try await Page.all(by: \.id, first: first) { (offset) async throws(APIError) in
        let time = clock()
        pages += 1
        let page = try await client.listWebhooks(app: app.requestID, offset: offset, limit: pageSize)
        if pages > 1 { for webhook in page.items { later[webhook.id] = time } }
        return page
      }
      return .success(Listing(webhooks: all.items, unreadable: all.unreadable, pages: pages, later: later))
    } catch {
      return .failure(error)
    }
  }

  /// All webhooks of an app, and how many pages it took to read them.
  struct Listing: Sendable {
    let webhooks: [Webhook]
    let unreadable: UnreadableRows
    let pages: Int
    /// When the reads began of those that came after the first page.
    let later: [WebhookID: Duration]
  }

  private func remember(
    _ result: Result<Listing, APIError>, of app: App, at time: Duration
  ) throws(ReadFailure) {
    switch result {
    case .success(let listing):
      canList = true
      for webhook in listing.webhooks { try check(webhook, of: app) }
      holdings.remember(
        all: listing.webhooks, unreadable: listing.unreadable, of: app.id, at: time, later: listing.later)
      if listing.pages > 1 { pagedApps.insert(app.id) } else { pagedApps.remove(app.id) }
    case .failure(let error):
      guard error.isMissingRoute else { throw .api(error) }
      if error.category == .notFound, canList == true || error.namesMissingThing {
        throw unknown(app, error)
      }
      throw .noWebhookList(error, app)
    }
  }

  // MARK: Single webhooks

  /// Webhooks that are named by id in one app: by one `GET` each, or by list pages where those are fewer, also for what
  /// later statements read of the app.
  func webhooks(
    named names: [String], of app: App, foresight: Foresight = Foresight()
  ) async throws(ReadFailure) -> [WebhookKey] {
    func unread(_ names: [String]) -> [WebhookKey] {
      names.map { WebhookKey(app.id, WebhookID(unchecked: $0)) }.filter { holdings.base[$0] == nil }
    }
    let keys = names.map { WebhookKey(app.id, WebhookID(unchecked: $0)) }
    var missing = unread(names)
    guard !missing.isEmpty else { return keys }
    let later = foresight.reads(of: holdings.app(app.id))
    let wanted = unread((names + later.names.sorted()).uniqued())
    if wanted.count > 1 || later.isListed, canList != false {
      let pages = try await listPages(of: app, for: wanted, isWhole: later.isListed)
      missing = keys.filter { holdings.base[$0] == nil }
      if pages.isComplete, let lost = missing.first { throw unknown(lost, app) }
    }
    for key in missing {
      try await read(key, of: app)
      // Where the first one found no route, the others would find none either.
      if holdings.base[key] == nil { break }
    }
    return keys
  }

  /// Reads one webhook by `GET`. Where the route seems to be missing it stays unread, until something needs it.
  private func read(_ key: WebhookKey, of app: App) async throws(ReadFailure) {
    guard canGet != false else { return }
    let time = source.clock()
    do {
      let webhook = try await client.webhook(app: app.requestID, id: key.webhook)
      canGet = true
      try remember(webhook, of: app, at: time)
    } catch let error as APIError {
      guard error.isMissingRoute else { throw .api(error) }
      if error.category == .methodNotAllowed { canGet = false }
      if error.category == .notFound, canGet == true || error.namesMissingThing {
        throw unknown(key, app, error)
      }
    } catch {
      throw error as? ReadFailure ?? .interrupted
    }
  }

  private func unknown(_ key: WebhookKey, _ app: App, _ said: APIError? = nil) -> ReadFailure {
    if let reason = holdings.unreadable(key.webhook.text, of: app.id) {
      return .unreadableWebhook(key.webhook.text, app, reason)
    }
    let known = holdings.webhooks(of: app.id)?.map(\.webhook.text) ?? []
    return .unknownWebhook(key.webhook.text, in: [app], known: known, said: said)
  }

  private func unknown(_ app: App, _ said: APIError) -> ReadFailure {
    .unknownApp(app.id.text, known: holdings.directory ?? [], said: said)
  }

  /// Reads those of the webhooks that were not read yet, with an empty `PUT` if there is no other way (api.md,
  /// "Types").
  ///
  /// - Returns: those that were read now.
  @discardableResult
  func require(_ keys: [WebhookKey]) async throws(ReadFailure) -> [WebhookKey] {
    let unread = keys.filter { holdings.base[$0] == nil }
    guard !unread.isEmpty else { return [] }
    let client = client
    let readings = await inParallel(
      unread, stop: \.result.isFailure,
      timed { key in
        await Self.read(key, with: client, byGet: false)
      })
    for (key, reading) in zip(unread, readings) {
      let app = holdings.app(key.app)
      switch reading?.result {
      case .success(let webhook)?:
        // A webhook that `GET` did not find and `PUT` did: there is no `GET`.
        canGet = canGet ?? false
        try remember(webhook, of: app, at: reading?.began ?? source.clock())
      case .failure(let error)?:
        throw error.category == .notFound
          ? .unknownWebhook(key.webhook.text, in: [app], known: [], said: error) : .api(error)
      case nil: throw .interrupted
      }
    }
    return unread
  }

  nonisolated static func read(
    _ key: WebhookKey, with client: any APIClient, byGet: Bool
  ) async -> Result<Webhook, APIError> {
    let app = App(id: key.app).requestID
    do {
      if byGet { return .success(try await client.webhook(app: app, id: key.webhook)) }
      return .success(try await client.webhookByUpdate(app: app, id: key.webhook))
    } catch {
      return .failure(error)
    }
  }

  // MARK: What is known

  /// - Parameter time: when the read began, by the monotonic clock: what it brought may be as old as that.
  func remember(_ webhook: Webhook, of app: App, at time: Duration) throws(ReadFailure) {
    try check(webhook, of: app)
    holdings.remember(webhook, of: app.id, at: time)
  }

  /// Takes over what the service answered to a write.
  ///
  /// - Parameter time: when the write began, by the monotonic clock.
  func note(_ outcome: Outcome, at time: Duration) {
    let app = outcome.change.app.id
    if outcome.change.isDeletion {
      if outcome.state == .deleted { holdings.forget(outcome.change.key, at: source.clock()) }
    } else if outcome.state.isDone, let held = outcome.answer ?? outcome.change.after {
      source.notice(held)
      // Without an answer it is made of what was read before, and is as old as that.
      let read = outcome.answer == nil ? holdings.base[outcome.change.key]?.readAt : nil
      holdings.add(written: held, to: app, readAt: read ?? time, end: source.clock())
    }
  }

  /// Changes what is held, in one step.
  func update<Value>(_ change: (inout Holdings) -> Value) -> Value { change(&holdings) }

  /// Learns a webhook's secrets, and makes sure that an app key's webhook belongs to the app that was named.
  private func check(_ webhook: Webhook, of app: App) throws(ReadFailure) {
    source.notice(webhook)
    guard app.id.text.isEmpty || webhook.appID == app.id else { throw .otherApp(app, webhook) }
  }

  /// What was read, and when the read began, by the monotonic clock: it may be as old as that.
  struct Reading<Value: Sendable>: Sendable {
    let result: Result<Value, APIError>
    let began: Duration
  }

  /// The same read, with its time.
  func timed<Item, Value>(
    _ read: @escaping @Sendable (Item) async -> Result<Value, APIError>
  ) -> @Sendable (Item) async -> Reading<Value> {
    let clock = source.clock
    return { item in
      let began = clock()
      return Reading(result: await read(item), began: began)
    }
  }

  /// Does the reads of many items at once, and reports how far they are. None is begun after an interruption, or after a
  /// value that stops; the values of items that were not begun are nil.
  func inParallel<Item: Sendable, Value: Sendable>(
    _ items: [Item], report: (@Sendable (ProgressEvent) -> Void)? = nil, stop: (Value) -> Bool,
    _ work: @escaping @Sendable (Item) async -> Value
  ) async -> [Value?] {
    let report = report ?? source.report
    report(.began(.reading, total: items.count))
    defer { report(.ended) }
    var values = [Value?](repeating: nil, count: items.count)
    await parallelForEach(
      items, limit: jobs,
      each: { index, value in
        report(.stepped(nil))
        values[index] = value
        return !stop(value) && !Task.isCancelled
      }, work)
    return values
  }
}

extension App {
  /// How requests name the app: not at all where it is the key's own.
  package var requestID: AppID? { id.text.isEmpty ? nil : id }
}

extension Result {
  var isFailure: Bool { if case .failure = self { true } else { false } }
}

extension APIError {
  /// True where the answer may mean that the API has no such operation.
  var isMissingRoute: Bool { category == .notFound || category == .methodNotAllowed }

  /// True where a 404 is about the app or the webhook, not about the route.
  var namesMissingThing: Bool {
    category == .notFound && (MissingThing.isNamed(byCode: code) || MissingThing.isNamed(in: message))
  }
}
