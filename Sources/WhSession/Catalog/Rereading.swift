import WhAPI
import WhDomain

/// Reads webhooks once more: for each app the cheaper of its list pages and a `GET` each. A webhook that is not there any
/// more is forgotten.
@SessionActor struct Rereading {
  private let catalog: Catalog
  private let report: @Sendable (ProgressEvent) -> Void

  /// - Parameter report: told of progress; the catalog's own if none is given.
  init(_ catalog: Catalog, report: (@Sendable (ProgressEvent) -> Void)? = nil) {
    self.catalog = catalog
    self.report = report ?? catalog.source.report
  }

  /// - Returns: the apps that were listed in full.
  @discardableResult
  func reread(_ keys: [WebhookKey]) async throws(ReadFailure) -> Set<AppID> {
    let byApp = Dictionary(grouping: keys, by: \.app)
    var (whole, done): (Set<AppID>, Set<WebhookKey>) = ([], [])
    // Of an app whose size is not known, a first page tells whether it pays to go on.
    for (id, keys) in byApp.sorted(by: { $0.key < $1.key })
    where keys.count > 1 && catalog.canList != false && catalog.holdings.webhooks(of: id) == nil {
      let pages = try await catalog.listPages(of: catalog.holdings.app(id), for: keys)
      done.formUnion(pages.found)
      guard pages.isComplete else { continue }
      whole.insert(id)
      for key in keys where !pages.found.contains(key) { catalog.update { $0.forget(key) } }
    }
    let listed = byApp.filter { !whole.contains($0.key) && isListCheaper(for: $0.value.count, of: $0.key) }.keys
      .sorted()
    try await catalog.list(listed.map { catalog.holdings.app($0) }, report: report)
    whole.formUnion(listed)
    let found = Set(listed.flatMap { catalog.holdings.webhooks(of: $0) ?? [] })
    for id in listed {
      for key in byApp[id] ?? [] where !found.contains(key) { catalog.update { $0.forget(key) } }
    }
    try await readSingly(keys.filter { !whole.contains($0.app) && !done.contains($0) })
    return whole
  }

  private func readSingly(_ keys: [WebhookKey]) async throws(ReadFailure) {
    let (client, byGet, isProven) = (catalog.client, catalog.canGet ?? true, catalog.canGet == true)
    let results = await catalog.inParallel(keys, report: report, stop: { $0.isFailure && !$0.isNotFound }) { key in
      let result = await Catalog.read(key, with: client, byGet: byGet)
      guard byGet, !isProven, case .failure(let error) = result, error.isMissingRoute, !error.namesMissingThing else {
        return result
      }
      return await Catalog.read(key, with: client, byGet: false)
    }
    for (key, result) in zip(keys, results) {
      switch result {
      case .success(let webhook)?: try catalog.remember(webhook, of: catalog.holdings.app(key.app))
      case .failure(let error)? where error.category == .notFound: catalog.update { $0.forget(key) }
      case .failure(let error)?: throw .api(error)
      case nil: throw .interrupted
      }
    }
  }

  /// True where the list pages of an app are fewer than the webhooks of it that are to be read.
  private func isListCheaper(for count: Int, of app: AppID) -> Bool {
    guard catalog.canList != false, let known = catalog.holdings.webhooks(of: app)?.count else { return false }
    return count > max(1, (known + Catalog.pageSize - 1) / Catalog.pageSize)
  }
}

extension Result where Failure == APIError {
  fileprivate var isNotFound: Bool { if case .failure(let error) = self { error.category == .notFound } else { false } }
}
