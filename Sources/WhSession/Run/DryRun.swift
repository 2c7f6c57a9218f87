import Synchronization
import WhAPI
import WhDomain

/// The service as it would be after the changes that were asked for: it reads the real one, and answers each write with
/// what was requested, without sending it.
package final class DryRun: APIClient {
  fileprivate struct State {
    var patches: [WebhookKey: WebhookPatch] = [:]
    var deleted: [AppID: Set<WebhookID>] = [:]
    var created: [AppID: [Webhook]] = [:]
    var changes: [Change] = []
  }

  private let service: any APIClient
  private let state = Mutex(State())

  package init(_ service: any APIClient) {
    self.service = service
  }

  package var keyKind: KeyKind { service.keyKind }

  /// What was requested, with the commits of each webhook merged.
  package var plan: Plan { Plan.merging(state.withLock(\.changes)) }

  // MARK: Writes

  package func send(_ change: Change, notAfter: Duration?) async -> WriteResult {
    state.withLock { state in
      state.changes.append(change)
      let (app, key) = (change.app.id, change.key)
      switch change.action {
      case .update(let before, let patch):
        state.patches[key] = patch.filled(from: state.patches[key] ?? WebhookPatch())
        return .applied(before.map(patch.applied(to:)))
      case .delete:
        state.deleted[app, default: []].insert(key.webhook)
        return .applied(nil)
      case .create(let url, let events, let headers):
        let id = WebhookID(unchecked: "planned-\(state.changes.count)")
        let webhook = Webhook(id: id, appID: app, url: url, events: events, headers: headers)
        state.created[app, default: []].append(webhook)
        return .applied(webhook)
      }
    }
  }

  // MARK: Reads

  package func listApps(offset: Int, limit: Int) async throws(APIError) -> Page<App> {
    try await service.listApps(offset: offset, limit: limit)
  }

  package func listWebhooks(app: AppID?, offset: Int, limit: Int) async throws(APIError) -> Page<Webhook> {
    let page = try await service.listWebhooks(app: app, offset: offset, limit: limit)
    let own = app ?? App.own.id
    return state.withLock { state in
      let (deleted, created) = (state.deleted[own] ?? [], state.created[own] ?? [])
      if deleted.isEmpty, created.isEmpty, state.patches.isEmpty { return page }
      // What is created stands after the first page, which is the one that each server surely has.
      let kept = page.items.filter { !deleted.contains($0.id) }.map { state.planned($0, in: own) }
      return Page(
        items: kept + (offset == 0 ? created.map { state.planned($0, in: own) } : []), totalCount: page.totalCount,
        rowCount: page.rowCount, unreadable: page.unreadable)
    }
  }

  package func webhook(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    if let planned = try planned(id, app) { return planned }
    let webhook = try await service.webhook(app: app, id: id)
    return state.withLock { $0.planned(webhook, in: app ?? App.own.id) }
  }

  package func webhookByUpdate(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    if let planned = try planned(id, app) { return planned }
    let webhook = try await service.webhookByUpdate(app: app, id: id)
    return state.withLock { $0.planned(webhook, in: app ?? App.own.id) }
  }

  /// A webhook that exists in the plan alone.
  ///
  /// - Throws: `APIError` for one that the plan deletes.
  private func planned(_ id: WebhookID, _ app: AppID?) throws(APIError) -> Webhook? {
    let own = app ?? App.own.id
    let (webhook, isDeleted) = state.withLock { state in
      (
        state.created[own]?.first { $0.id == id }.map { state.planned($0, in: own) },
        state.deleted[own]?.contains(id) ?? false
      )
    }
    if isDeleted { throw APIError(.notFound, status: 404, message: "the plan deletes webhook \(id)") }
    return webhook
  }
}

extension DryRun.State {
  /// A webhook as it would be.
  fileprivate func planned(_ webhook: Webhook, in app: AppID) -> Webhook {
    patches[WebhookKey(app, webhook.id)]?.applied(to: webhook) ?? webhook
  }
}

/// The dry runs of a session, one for each server that it connected to.
package final class DryRuns: Sendable {
  private let all = Mutex<[DryRun]>([])

  package init() {}

  /// The same connection, with nothing sent over it.
  package func connection(_ connection: Connection) -> Connection {
    let dryRun = DryRun(connection.client)
    all.withLock { $0.append(dryRun) }
    return connection.rehearsed(by: dryRun)
  }

  /// What would be sent: the changes of one webhook made one, those of different servers kept apart.
  package var plan: Plan { Plan(all.withLock(\.self).flatMap(\.plan.changes)) }
}
