import Synchronization
import WhAPI
import WhDomain

/// The service as it would be after the changes that were asked for: it reads the real one, and answers each write with
/// what was requested, without sending it.
package final class DryRun: APIClient {
  fileprivate struct State {
    /// What the first of these changes come to for each webhook. They are looked through when something is read after them,
    /// which a script with one commit at its end does not do.
    private var updates: [WebhookKey: Change] = [:]
    private var seen = 0
    var deleted: [AppID: Set<WebhookID>] = [:]
    var created: [AppID: [Webhook]] = [:]
    var changes: [Change] = []
    var reading = PlanTiming.Reading()

    /// A webhook as it would be.
    mutating func planned(_ webhook: Webhook, in app: AppID) -> Webhook {
      for change in changes[seen...] where !change.isCreation && !change.isDeletion {
        updates[change.key] = updates[change.key]?.followed(by: change) ?? change
      }
      seen = changes.count
      guard case .update(_, let patch)? = updates[WebhookKey(app, webhook.id)]?.action else { return webhook }
      return patch.applied(to: webhook)
    }
  }

  /// What was requested so far, which later connections to the same server go on with.
  fileprivate final class Memory: Sendable {
    let state = Mutex(State())
  }

  private let service: any APIClient
  private let memory: Memory

  package convenience init(_ service: any APIClient) {
    self.init(service, Memory())
  }

  fileprivate init(_ service: any APIClient, _ memory: Memory) {
    self.service = service
    self.memory = memory
  }

  package var keyKind: KeyKind { service.keyKind }

  /// What the ids of webhooks begin with that exist in the plan alone.
  private static let plannedPrefix = "planned-"

  /// True for a change of a webhook that the plan creates.
  package static func isPlanned(_ change: Change) -> Bool {
    change.webhookID?.text.hasPrefix(plannedPrefix) ?? false
  }

  /// What was requested, with the commits of each webhook merged.
  package var plan: Plan { Plan.merging(memory.state.withLock(\.changes)) }

  // MARK: Writes

  package nonisolated(nonsending) func send(_ change: Change, _ terms: SendingTerms) async -> WriteResult {
    memory.state.withLock { state in
      state.changes.append(change)
      let (app, key) = (change.app.id, change.key)
      switch change.action {
      case .update(let before, let patch):
        return .applied(before.map(patch.applied(to:)))
      case .delete:
        state.deleted[app, default: []].insert(key.webhook)
        return .applied(nil)
      case .create(let url, let events, let headers):
        let id = WebhookID(unchecked: "\(Self.plannedPrefix)\(state.changes.count)")
        let webhook = Webhook(id: id, appID: app, url: url, events: events, headers: headers)
        state.created[app, default: []].append(webhook)
        return .applied(webhook)
      }
    }
  }

  // MARK: Reads

  package func listApps(offset: Int, limit: Int) async throws(APIError) -> Page<App> {
    memory.state.withLock { $0.reading.note() }
    return try await service.listApps(offset: offset, limit: limit)
  }

  package func listWebhooks(app: AppID?, offset: Int, limit: Int) async throws(APIError) -> Page<Webhook> {
    let page = try await service.listWebhooks(app: app, offset: offset, limit: limit)
    let own = app ?? App.own.id
    return memory.state.withLock { state in
      state.reading.note(page: offset, of: own)
      let (deleted, created) = (state.deleted[own] ?? [], state.created[own] ?? [])
      if state.changes.isEmpty { return page }
      let held = { (webhooks: [Webhook], state: inout State) in
        webhooks.filter { !deleted.contains($0.id) }.map { state.planned($0, in: own) }
      }
      return Page(
        items: held(page.items, &state), totalCount: page.totalCount, rowCount: page.rowCount,
        unreadable: page.unreadable, continues: page.continues, following: held(created, &state))
    }
  }

  package func webhook(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    if let planned = try planned(id, app) { return planned }
    let webhook = try await service.webhook(app: app, id: id)
    return memory.state.withLock { state in
      state.reading.note(WebhookKey(app ?? App.own.id, id))
      return state.planned(webhook, in: app ?? App.own.id)
    }
  }

  package func webhookByUpdate(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    if let planned = try planned(id, app) { return planned }
    let webhook = try await service.webhookByUpdate(app: app, id: id)
    return memory.state.withLock { state in
      state.reading.note(WebhookKey(app ?? App.own.id, id))
      return state.planned(webhook, in: app ?? App.own.id)
    }
  }

  /// A webhook that exists in the plan alone.
  ///
  /// - Throws: `APIError` for one that the plan deletes.
  private func planned(_ id: WebhookID, _ app: AppID?) throws(APIError) -> Webhook? {
    let own = app ?? App.own.id
    let (webhook, isDeleted) = memory.state.withLock { state in
      (
        state.created[own]?.first { $0.id == id }.map { state.planned($0, in: own) },
        state.deleted[own]?.contains(id) ?? false
      )
    }
    if isDeleted { throw APIError(.notFound, status: 404, message: "the plan deletes webhook \(id)") }
    return webhook
  }
}

/// The dry runs of a session, one for each server that it connected to, under the profile that it did so with.
package final class DryRuns: Sendable {
  /// What would be sent with one profile.
  package struct Part: Sendable {
    package let profile: String
    package let host: String
    package let plan: Plan
    /// Requests that reading took.
    package let reads: Int
    /// Requests that the commits of the script send.
    package let writes: Int
    /// How long a run of the plan takes at the limit that was seen; nil where none was.
    package let time: Duration?
  }

  private struct Server: Sendable {
    let profile: String
    let host: String
    let memory: DryRun.Memory
    var connections: [Connection]
  }

  private let servers = Mutex<[Server]>([])

  package init() {}

  /// The same connection, with nothing sent over it. It goes on with what was requested on earlier ones of its profile.
  package func connection(_ connection: Connection) -> Connection {
    let memory = servers.withLock { servers in
      let known = servers.firstIndex { $0.profile == connection.profile && $0.host == connection.host }
      guard let known else {
        let memory = DryRun.Memory()
        servers.append(
          Server(profile: connection.profile, host: connection.host, memory: memory, connections: [connection]))
        return memory
      }
      servers[known].connections.append(connection)
      return servers[known].memory
    }
    return connection.rehearsed(by: DryRun(connection.client, memory))
  }

  /// What would be sent, for each profile: the changes of one webhook made one, those of different servers kept apart.
  ///
  /// - Parameter recheck: how long a run relies on what it has read; nil for as long as it takes.
  package func parts(recheck: Duration? = nil) -> [Part] {
    servers.withLock(\.self).map { server in
      let (changes, reading) = server.memory.state.withLock { ($0.changes, $0.reading) }
      let plan = Plan.merging(changes)
      let rate = server.connections.last { $0.rate() != nil }?.rate()
      return Part(
        profile: server.profile, host: server.host, plan: plan,
        reads: server.connections.reduce(0) { $0 + $1.requestCount() }, writes: changes.count,
        time: rate.map { PlanTiming(reading, changes, recheck: recheck).time(at: $0) })
    }
  }

  /// What would be sent with all profiles.
  package var plan: Plan { Plan(parts().flatMap(\.plan.changes)) }
}
