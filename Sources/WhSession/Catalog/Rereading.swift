import WhAPI
import WhDomain

/// Reads webhooks once more: for each app the cheaper of its list pages and a `GET` each. A webhook that is not there any
/// more is forgotten.
@SessionActor struct Rereading {
  private let catalog: Catalog
  private let report: @Sendable (ProgressEvent) -> Void

  /// - Parameter report: receives progress; the catalog's own if none is given.
  init(_ catalog: Catalog, report: (@Sendable (ProgressEvent) -> Void)? = nil) {
    self.catalog = catalog
    self.report = report ?? catalog.source.report
  }

  /// - Returns: the apps that were listed in full.
  @discardableResult
  func reread(_ keys: [WebhookKey]) async throws(ReadFailure) -> Set<AppID> {
    let byApp = Dictionary(grouping: keys, by: \.app)
    var (whole, done): (Set<AppID>, Set<WebhookKey>) = ([], [])
    // For an app of unknown size, the first page shows whether continuing is worthwhile.
    let unknown = byApp.sorted { $0.key < $1.key }
      .filter { $0.value.count > 1 && catalog.holdings.webhooks(of: $0.key) == nil }
    for (id, pages) in try await listUnknown(unknown) {
      done.formUnion(pages.found)
      if pages.isComplete { whole.insert(id) }
    }
    let listed = byApp.filter { !whole.contains($0.key) && isListCheaper(for: $0.value.count, of: $0.key) }.keys
      .sorted()
    let began = catalog.source.clock()
    try await catalog.list(listed.map { catalog.holdings.app($0) }, report: report)
    whole.formUnion(listed)
    let found = Set(whole.flatMap { catalog.holdings.webhooks(of: $0) ?? [] })
    let missing = keys.filter { whole.contains($0.app) && !found.contains($0) }
    for key in missing { catalog.update { $0.forget(key, at: began) } }
    // Others may have moved a row from one page to another in the meantime, so what is not on the pages is read alone.
    let doubtful = missing.filter { catalog.pagedApps.contains($0.app) }
    try await readSingly(keys.filter { !whole.contains($0.app) && !done.contains($0) } + doubtful)
    return whole
  }

  /// Lists apps of unknown size: first one alone, which shows whether the service has the list at all, and then the others. For
  /// whom it is shown they are one piece of work.
  private func listUnknown(
    _ apps: [(key: AppID, value: [WebhookKey])]
  ) async throws(ReadFailure) -> [(AppID, Catalog.Pages)] {
    guard !apps.isEmpty, catalog.canList != false else { return [] }
    report(.began(.reading, total: apps.count))
    defer { report(.ended) }
    var pages = try await listPages(of: Array(apps.prefix(1)))
    if catalog.canList != false { pages += try await listPages(of: Array(apps.dropFirst())) }
    return pages
  }

  /// Lists apps for some of their webhooks, many at once.
  private func listPages(
    of apps: [(key: AppID, value: [WebhookKey])]
  ) async throws(ReadFailure) -> [(AppID, Catalog.Pages)] {
    let report = report
    let steps: @Sendable (ProgressEvent) -> Void = { event in if case .stepped = event { report(event) } }
    let catalog = catalog
    let results: [Result<Catalog.Pages, ReadFailure>?] = await catalog.inParallel(
      apps.map { (catalog.holdings.app($0.key), $0.value) }, report: steps, stop: \.isFailure
    ) { app, keys in
      do throws(ReadFailure) {
        return .success(try await catalog.listPages(of: app, for: keys))
      } catch {
        return .failure(error)
      }
    }
    var pages: [(AppID, Catalog.Pages)] = []
    for (app, result) in zip(apps, results) {
      guard let result else { throw .interrupted }
      pages.append((app.key, try result.get()))
    }
    return pages
  }

  private func readSingly(_ keys: [WebhookKey]) async throws(ReadFailure) {
    guard !keys.isEmpty else { return }
    let (client, byGet, isProven) = (catalog.client, catalog.canGet ?? true, catalog.canGet == true)
    let read = catalog.timed { (key: WebhookKey) in
      let result = await Catalog.read(key, with: client, byGet: byGet)
      guard byGet, !isProven, case .failure(let error) = result, error.isMissingRoute, !error.namesMissingThing else {
        return result
      }
      return await Catalog.read(key, with: client, byGet: false)
    }
    let readings = await catalog.inParallel(
      keys, report: report, stop: { $0.result.isFailure && !$0.result.isNotFound }, read)
    for (key, reading) in zip(keys, readings) {
      guard let reading else { throw .interrupted }
      switch reading.result {
      case .success(let webhook):
        try catalog.remember(webhook, of: catalog.holdings.app(key.app), at: reading.began)
        catalog.update { $0.add(webhook, to: key.app, at: reading.began) }
      case .failure(let error) where error.category == .notFound:
        catalog.update { $0.forget(key, at: reading.began) }
      case .failure(let error): throw .api(error)
      }
    }
  }

  /// True where the list pages of an app are fewer than the webhooks of it that are to be read.
  private func isListCheaper(for count: Int, of app: AppID) -> Bool {
    guard catalog.canList != false, let known = catalog.holdings.webhooks(of: app)?.count else { return false }
    return count > Catalog.pageCount(of: known)
  }
}

extension Result where Failure == APIError {
  fileprivate var isNotFound: Bool { if case .failure(let error) = self { error.category == .notFound } else { false } }
}
