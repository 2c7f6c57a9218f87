import WhAPI
import WhDomain
import WhSyntax

/// Reading once more what was read before.
extension Session {
  /// Reads what is chosen anew, and does the staged edits again on it.
  ///
  /// - Returns: the webhooks that the service does not have any more, which are out of the selection and of what is
  ///   staged.
  func refresh() async throws(Failure) -> [WebhookKey] {
    _ = try await connection()
    let before = workspace
    do throws(Failure) {
      return try await rereadAll()
    } catch {
      workspace = before
      throw error
    }
  }

  private func rereadAll() async throws(Failure) -> [WebhookKey] {
    let keys = ((workspace.chosen ?? []) + workspace.stagedOrder).uniqued()
    let listed = try await reread(keys)
    workspace.forgetReads(except: Set(keys), listsOf: listed)
    for key in keys {
      do {
        try workspace.rebase(key)
      } catch {
        throw failure(.notRebased(error, place))
      }
    }
    let gone = keys.filter { workspace.base[$0] == nil }
    workspace.unstage(gone)
    workspace.chosen?.removeAll(where: Set(gone).contains)
    return gone
  }

  /// Reads webhooks once more: for each app the cheaper of its list pages and a `GET` each.
  ///
  /// - Returns: the apps that were listed whole.
  @discardableResult
  func reread(_ keys: [WebhookKey]) async throws(Failure) -> Set<AppID> {
    let byApp = Dictionary(grouping: keys, by: \.app)
    let (byGet, isProven) = (canGet ?? true, canGet == true)
    var (whole, done): (Set<AppID>, Set<WebhookKey>) = ([], [])
    // Of an app whose size is not known, a first page tells whether it pays to go on.
    for (id, keys) in byApp.sorted(by: { $0.key < $1.key })
    where keys.count > 1 && canList != false && workspace.webhooks(of: id) == nil {
      for key in keys { workspace.restore(nil, at: key) }
      if try await listPages(of: workspace.app(id), for: keys) == .complete { whole.insert(id) }
      done.formUnion(keys.filter { workspace.base[$0] != nil })
    }
    let listed = byApp.filter { isListCheaper(for: $0.value.count, of: $0.key) }.keys.sorted()
    workspace.forgetLists(of: listed)
    let found = Set(try await listWebhooks(of: listed.map { workspace.app($0) }))
    whole.formUnion(listed)
    for key in keys where whole.contains(key.app) && !found.contains(key) && !done.contains(key) {
      workspace.forget(key)
    }
    let single = keys.filter { !whole.contains($0.app) && !done.contains($0) }
    let client = try await connection().client
    let results = await inParallel(single, stop: { $0.isFailure && !$0.isNotFound }) { key in
      let result = await Self.read(key, with: client, byGet: byGet)
      guard byGet, !isProven, case .failure(let error) = result, error.isMissingRoute, !error.namesMissingThing else {
        return result
      }
      return await Self.read(key, with: client, byGet: false)
    }
    for (key, result) in zip(single, results) {
      switch result {
      case .success(let webhook)?: try remember(webhook, of: workspace.app(key.app))
      case .failure(let error)? where error.category == .notFound: workspace.forget(key)
      case .failure(let error)?: throw failure(error)
      case nil: throw failure(.interrupted(place), .stopped)
      }
    }
    return whole
  }

  /// True where the list pages of an app are fewer than the webhooks of it that are to be read.
  private func isListCheaper(for count: Int, of app: AppID) -> Bool {
    guard canList != false, let known = workspace.webhooks(of: app)?.count else { return false }
    return count > max(1, (known + Self.pageSize - 1) / Self.pageSize)
  }
}

extension Result where Failure == APIError {
  fileprivate var isNotFound: Bool { if case .failure(let error) = self { error.category == .notFound } else { false } }
}
