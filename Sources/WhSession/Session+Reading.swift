import WhAPI
import WhDomain
import WhSyntax

/// Reading with the fewest requests: what was read once is not read again before `refresh`, or before a commit finds it
/// too old.
extension Session {
  /// The most items that a page holds (api.md, "Operations").
  static let pageSize = 100

  // MARK: Apps

  func allApps() async throws(Failure) -> [App] {
    let client = try await connection().client
    if let directory = workspace.directory { return directory }
    guard client.keyKind == .admin else { return [.own] }
    let apps: [App]
    do {
      apps = try await Page.all(by: \.id, size: Self.pageSize) { (offset) async throws(APIError) in
        try await client.listApps(offset: offset, limit: Self.pageSize)
      }
    } catch {
      if error.isMissingRoute { throw failure(.noAppList(error, place)) }
      throw failure(error)
    }
    workspace.remember(directory: apps)
    return apps
  }

  func findApps(_ argument: SelectionArgument) async throws(Failure) -> [App] {
    let apps = try await allShards(of: argument)
    let mine = apps.filter { shard?.contains($0.id) ?? true && !excludedApps.contains($0.id) }
    record.chosen.formUnion(mine.map(\.id))
    return mine
  }

  private func allShards(of argument: SelectionArgument) async throws(Failure) -> [App] {
    let isOwn = try await connection().client.keyKind == .app
    switch argument.selection {
    case .all: return try await allApps()
    case .matching(let predicate):
      guard !isOwn else { throw failure(.appKeyCannotSearch(argument.span)) }
      return try await allApps().filter { predicate.holds(for: $0) }
    case .names(let names):
      let isPlain = argument.selection.plainNames != nil
      if workspace.directory == nil, names.allSatisfy({ $0.looksLikeID || isOwn }) {
        return names.uniqued().map { App(id: AppID(unchecked: $0)) }
      }
      do throws(Failure) {
        return try await resolve(names, argument)
      } catch  where isPlain && error.diagnostic.code == .apiLacksOperation {
        // Where no list tells slugs from ids, a name is taken for an id.
        return names.uniqued().map { App(id: AppID(unchecked: $0)) }
      }
    }
  }

  /// The first name of an app that may be a slug, where no list could tell.
  func nameTakenForID(_ argument: SelectionArgument) async throws(Failure) -> String? {
    guard workspace.directory == nil, try await connection().client.keyKind == .admin else { return nil }
    return argument.selection.plainNames?.first { !$0.looksLikeID }
  }

  private func resolve(_ names: [String], _ argument: SelectionArgument) async throws(Failure) -> [App] {
    let apps = try await allApps()
    var found: [App] = []
    for (name, span) in zip(names, argument.places) {
      if Glob.isPattern(name) {
        let glob = Glob(name)
        found += apps.filter { glob.matches($0.id.text) || $0.slug.map(glob.matches) ?? false }
      } else if let app = apps.first(where: { $0.id.text == name }) ?? apps.first(where: { $0.slug == name }) {
        found.append(app)
      } else {
        throw failure(.unknownApp(name, apps, span))
      }
    }
    return found.uniqued()
  }

  /// Lists the apps where something needs their slugs or names.
  func requireAppDetails(of keys: [WebhookKey]) async throws(Failure) {
    if keys.allSatisfy({ workspace.app($0.app).slug != nil }) { return }
    _ = try await allApps()
  }

  // MARK: Webhooks

  func findWebhooks(_ argument: SelectionArgument) async throws(Failure) -> [WebhookKey] {
    let apps = try await requireApps()
    if apps.isEmpty { return [] }
    switch argument.selection {
    case .all: return try await listWebhooks(of: apps)
    case .matching(let predicate):
      let keys = try await listWebhooks(of: apps)
      if predicate.needsAppDetails { try await requireAppDetails(of: keys) }
      return keys.filter { key in
        workspace.view(key).map { predicate.holds(for: workspace.app(key.app), $0) } ?? false
      }
    case .names(let names):
      if let plain = argument.selection.plainNames, apps.count == 1, workspace.webhooks(of: apps[0].id) == nil {
        return try await readNamed(plain.uniqued(), of: apps[0], argument)
      }
      return try pick(names, from: try await listWebhooks(of: apps), argument, apps)
    }
  }

  private func pick(
    _ names: [String], from keys: [WebhookKey], _ argument: SelectionArgument, _ apps: [App]
  ) throws(Failure) -> [WebhookKey] {
    var found: [WebhookKey] = []
    let byID = Dictionary(grouping: keys, by: \.webhook.text)
    for (name, span) in zip(names, argument.places) {
      if Glob.isPattern(name) {
        let glob = Glob(name)
        found += keys.filter { glob.matches($0.webhook.text) }
      } else if let matches = byID[name] {
        found += matches
      } else {
        throw failure(.unknownWebhook(name, apps, keys.map(\.webhook.text), span))
      }
    }
    return found.uniqued()
  }

  /// Webhooks that are named by id in one app: by one `GET` each, or by list pages where those are fewer.
  private func readNamed(
    _ names: [String], of app: App, _ argument: SelectionArgument
  ) async throws(Failure) -> [WebhookKey] {
    let keys = names.map { WebhookKey(app.id, WebhookID(unchecked: $0)) }
    var missing = keys.filter { workspace.base[$0] == nil }
    if missing.count > 1, canList != false {
      let pages = try await listPages(of: app, for: missing)
      missing = keys.filter { workspace.base[$0] == nil }
      if pages == .complete, let lost = missing.first { throw unknown(lost, app, argument) }
    }
    for key in missing {
      try await read(key, of: app, argument)
      // Where the first one found no route, the others would find none either.
      if workspace.base[key] == nil { break }
    }
    return keys
  }

  /// Reads one webhook by `GET`. Where the route seems to be missing it stays unread, until something needs it read.
  private func read(_ key: WebhookKey, of app: App, _ argument: SelectionArgument) async throws(Failure) {
    guard canGet != false else { return }
    let client = try await connection().client
    do {
      try remember(try await client.webhook(app: app.requestID, id: key.webhook), of: app)
      canGet = true
    } catch {
      guard let error = error as? APIError else { throw error as? Failure ?? failure(.internalError(place)) }
      guard error.isMissingRoute else { throw failure(error) }
      if error.category == .methodNotAllowed { canGet = false }
      if error.category == .notFound, canGet == true || error.namesMissingThing { throw unknown(key, app, argument) }
    }
  }

  private func unknown(_ key: WebhookKey, _ app: App, _ argument: SelectionArgument) -> Failure {
    let span = zip(argument.selection.plainNames ?? [], argument.places).first { $0.0 == key.webhook.text }?.1
    let others = workspace.webhooks(of: app.id)?.map(\.webhook.text) ?? []
    return failure(.unknownWebhook(key.webhook.text, [app], others, span ?? argument.span))
  }

  func listWebhooks(of apps: [App]) async throws(Failure) -> [WebhookKey] {
    let unread = apps.filter { workspace.webhooks(of: $0.id) == nil }
    if !unread.isEmpty {
      let client = try await connection().client
      let time = effects.monotonic()
      let results = await inParallel(unread, stop: { $0.isFailure }) { app in
        await Self.list(app, with: client)
      }
      for (app, result) in zip(unread, results) {
        guard let result else { throw failure(.interrupted(place), .stopped) }
        try remember(result, of: app, at: time)
      }
    }
    return apps.flatMap { workspace.webhooks(of: $0.id) ?? [] }
  }

  enum Pages {
    case complete, tooMany, missing
  }

  /// Lists an app for some of its webhooks, as long as that takes fewer requests than reading the rest one by one.
  func listPages(of app: App, for keys: [WebhookKey]) async throws(Failure) -> Pages {
    let client = try await connection().client
    let time = effects.monotonic()
    let first: Page<Webhook>
    do {
      first = try await client.listWebhooks(app: app.requestID, offset: 0, limit: Self.pageSize)
    } catch {
      guard error.isMissingRoute else { throw failure(error) }
      if error.namesMissingThing { throw failure(.unknownApp(app.id.text, workspace.directory ?? [], place)) }
      canList = false
      return .missing
    }
    canList = true
    for webhook in first.items { try remember(webhook, of: app) }
    // Behind a full page there is one more at least, where the server does not say.
    let total = first.totalCount ?? first.items.count + (first.items.count < Self.pageSize ? 0 : 1)
    let perPage = max(1, first.items.count)
    let further = (max(0, total - first.items.count) + perPage - 1) / perPage
    if further > 0, further > keys.count(where: { workspace.base[$0] == nil }) { return .tooMany }
    try remember(await Self.list(app, with: client, behind: first), of: app, at: time)
    return .complete
  }

  /// Reads list pages until all are in hand, behind those that are.
  private static func list(
    _ app: App, with client: any APIClient, behind first: Page<Webhook>? = nil
  ) async -> Result<[Webhook], APIError> {
    do {
      return .success(
        try await Page.all(by: \.id, size: pageSize, behind: first) { (offset) async throws(APIError) in
          try await client.listWebhooks(app: app.requestID, offset: offset, limit: pageSize)
        })
    } catch {
      return .failure(error)
    }
  }

  private func remember(
    _ result: Result<[Webhook], APIError>, of app: App, at time: Duration
  ) throws(Failure) {
    switch result {
    case .success(let webhooks):
      canList = true
      for webhook in webhooks { try check(webhook, of: app) }
      workspace.remember(all: webhooks, of: app.id, at: time)
    case .failure(let error):
      guard error.isMissingRoute else { throw failure(error) }
      if error.category == .notFound, canList == true || error.namesMissingThing {
        throw failure(.unknownApp(app.id.text, workspace.directory ?? [], place))
      }
      throw failure(.noWebhookList(error, app, place))
    }
  }

  func remember(_ webhook: Webhook, of app: App) throws(Failure) {
    try check(webhook, of: app)
    workspace.remember(webhook, of: app.id, at: effects.monotonic())
  }

  /// Learns a webhook's secrets, and sees that an app key's webhook belongs to the app that was named.
  private func check(_ webhook: Webhook, of app: App) throws(Failure) {
    redactor.learn(headersOf: webhook)
    guard app.id.text.isEmpty || webhook.appID == app.id else {
      throw failure(.otherApp(app, webhook, place))
    }
  }

  /// Does the reads of many items at once, and reports how far they are. None is begun after an interruption, or after a
  /// value that stops; the values of items that were not begun are nil.
  func inParallel<Item: Sendable, Value: Sendable>(
    _ items: [Item], stop: (Value) -> Bool, _ work: @escaping @Sendable (Item) async -> Value
  ) async -> [Value?] {
    report(.began(.reading, total: items.count))
    defer { report(.ended) }
    var values = [Value?](repeating: nil, count: items.count)
    await parallelForEach(
      items, limit: options.jobs,
      each: { index, value in
        report(.stepped(nil))
        values[index] = value
        return !stop(value) && !Task.isCancelled
      }, work)
    return values
  }

  // MARK: Views

  /// Reads those of the webhooks that were not read yet, by a `PUT` of nothing where there is no other way
  /// (api.md, "Types").
  func requireViews(of keys: [WebhookKey]) async throws(Failure) {
    let unread = keys.filter { workspace.base[$0] == nil }
    guard !unread.isEmpty else { return }
    let client = try await connection().client
    let results = await inParallel(unread, stop: { $0.isFailure }) { key in
      await Self.read(key, with: client, byGet: false)
    }
    for (key, result) in zip(unread, results) {
      switch result {
      case .success(let webhook)?:
        // A webhook that `GET` did not find and `PUT` did: there is no `GET`.
        canGet = canGet ?? false
        try remember(webhook, of: workspace.app(key.app))
        do {
          try workspace.rebase(key)
        } catch {
          throw failure(.notRebased(error, place))
        }
      case .failure(let error)?:
        guard error.category == .notFound else { throw failure(error) }
        throw failure(.unknownWebhook(key.webhook.text, [workspace.app(key.app)], [], place))
      case nil: throw failure(.interrupted(place), .stopped)
      }
    }
  }

  static func read(
    _ key: WebhookKey, with client: any APIClient, byGet: Bool
  ) async -> Result<Webhook, APIError> {
    let app = App(id: key.app)
    do {
      if byGet { return .success(try await client.webhook(app: app.requestID, id: key.webhook)) }
      return .success(try await client.webhookByUpdate(app: app.requestID, id: key.webhook))
    } catch {
      return .failure(error)
    }
  }
}

extension String {
  /// True for a UUID's shape, and for ids with the service's prefixes; anything else may be a slug.
  var looksLikeID: Bool {
    if Glob.isPattern(self) { return false }
    if hasPrefix("app_") || hasPrefix("whk_") { return true }
    let pieces = split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
    return pieces == [8, 4, 4, 4, 12]
  }
}

extension Result {
  var isFailure: Bool { if case .failure = self { true } else { false } }
}
