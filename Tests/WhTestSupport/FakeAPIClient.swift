import WhAPI
import WhDomain

/// The service in memory: it records each call as a short text, and fails where a test says so.
package actor FakeAPIClient: APIClient {
  /// The reads that a server may know; all know `PUT`.
  package enum Route: Hashable, Sendable, CaseIterable {
    case listApps, listWebhooks, getWebhook
  }

  package nonisolated let keyKind: KeyKind
  /// The calls so far: `apps 0`, `list app_1 0`, `get app_1/w1`, `put app_1/w1 url=… events=A,B`, `put app_1/w1 {}`.
  package private(set) var calls: [String] = []
  /// The most calls that were under way at once.
  package private(set) var mostAtOnce = 0

  private let routes: Set<Route>
  private let missingRoute: APIError
  private let tellsTotals: Bool
  private var apps: [App]
  private var webhooks: [AppID: [Webhook]]
  private var faults: [(prefix: String, result: WriteResult, times: Int)] = []
  private var answers: [WebhookID: WebhookPatch] = [:]
  private var deeds: [(prefix: String, work: @Sendable (isolated FakeAPIClient) -> Void)] = []
  private var unreadable: [AppID: [String]] = [:]
  private var clock = 0
  private var underWay = 0

  /// - Parameter missingRoute: the answer of a route that the server does not know.
  package init(
    keyKind: KeyKind = .admin, _ webhooks: [App: [Webhook]], routes: Set<Route> = Set(Route.allCases),
    missingRoute: APIError = FakeAPIClient.plainNotFound, tellsTotals: Bool = true
  ) {
    self.keyKind = keyKind
    self.routes = routes
    self.missingRoute = missingRoute
    self.tellsTotals = tellsTotals
    apps = webhooks.keys.sorted { $0.id < $1.id }
    self.webhooks = Dictionary(uniqueKeysWithValues: webhooks.map { ($0.key.id, $0.value) })
  }

  /// A 404 as a server gives it for any path that it does not know.
  package static let plainNotFound = APIError(.notFound, status: 404, message: "the response has no body")
  package static let methodNotAllowed = APIError(.methodNotAllowed, status: 405, message: "the response has no body")

  // MARK: What a test arranges

  /// The next calls that begin with a text fail. For a write, the category of the error determines its outcome.
  package func fail(_ prefix: String, with error: APIError, times: Int = .max) {
    fail(prefix, with: WriteResult(error), times: times)
  }

  /// The next writes that begin with a text, such as `put app_1/w1`, end so and do nothing.
  package func fail(_ prefix: String, with result: WriteResult, times: Int = .max) {
    faults.append((prefix, result, times))
  }

  /// From now on the service does something else than it is asked to with a webhook.
  package func answer(_ id: String, with patch: WebhookPatch) { answers[WebhookID(unchecked: id)] = patch }

  /// Another client changes a webhook.
  package func change(_ id: String, _ patch: WebhookPatch) {
    for app in apps {
      guard let index = index(of: WebhookID(unchecked: id), in: app.id) else { continue }
      let changed = touched(patch.applied(to: webhooks[app.id, default: []][index]))
      webhooks[app.id]?[index] = changed
    }
  }

  /// Another client deletes a webhook.
  package func remove(_ id: String) {
    for app in apps { webhooks[app.id]?.removeAll { $0.id.text == id } }
  }

  /// Something happens once, just when the next call that begins with a text has come.
  package func when(_ prefix: String, _ work: @escaping @Sendable (isolated FakeAPIClient) -> Void) {
    deeds.append((prefix, work))
  }

  /// Another client creates a webhook.
  package func insert(_ webhook: Webhook) { webhooks[webhook.appID]?.append(webhook) }

  /// The lists of an app hold rows that can't be read.
  package func spoil(_ reasons: [String], of app: String) { unreadable[AppID(unchecked: app)] = reasons }

  package func forgetCalls() { calls = [] }

  package func webhook(_ id: String) -> Webhook? {
    webhooks.values.joined().first { $0.id.text == id }
  }

  // MARK: The service

  package func listApps(offset: Int, limit: Int) async throws(APIError) -> Page<App> {
    try await begin("apps \(offset)", route: .listApps)
    defer { underWay -= 1 }
    return page(of: apps, offset, limit)
  }

  package func listWebhooks(app: AppID?, offset: Int, limit: Int) async throws(APIError) -> Page<Webhook> {
    try await begin("list \(name(app)) \(offset)", route: .listWebhooks)
    defer { underWay -= 1 }
    guard let app = own(app), let all = webhooks[app] else { throw Self.missing("app", name(app)) }
    let page = page(of: all, offset, limit)
    let reasons = unreadable[app] ?? []
    return Page(
      items: page.items, totalCount: page.totalCount.map { $0 + reasons.count },
      rowCount: page.rowCount + reasons.count,
      unreadable: UnreadableRows(reasons))
  }

  package func webhook(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    try await begin("get \(name(app))/\(id)", route: .getWebhook)
    defer { underWay -= 1 }
    guard let app = own(app), let index = index(of: id, in: app) else { throw Self.missing("webhook", id.text) }
    return webhooks[app, default: []][index]
  }

  package func webhookByUpdate(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    let patch = WebhookPatch()
    let result = await write("put \(name(app))/\(id) \(Self.describe(patch))") { () throws(APIError) in
      try apply(patch, to: id, of: app)
    }
    if case .applied(let webhook?) = result { return webhook }
    throw result.error ?? APIError(.malformed, message: "cannot read the response")
  }

  package func send(_ change: Change, _ terms: SendingTerms) async -> WriteResult {
    if let clearance = terms.clearance, !clearance.isGiven(), await !clearance.wait() {
      return .notSent(APIError(.withheld, message: "nothing may be sent"))
    }
    let app = change.app.requestID
    switch (change.action, change.webhookID) {
    case (.update(_, let patch), let id?):
      return await write("put \(name(app))/\(id) \(Self.describe(patch))") { () throws(APIError) in
        try apply(patch, to: id, of: app)
      }
    case (.create(let url, let events, let headers), _):
      let patch = WebhookPatch(url: url, events: events, headers: headers)
      return await write("post \(name(app)) \(Self.describe(patch))") { () throws(APIError) in
        try add(WebhookDraft(url: url, events: events, headers: headers), to: app)
      }
    case (.delete, let id?):
      return await write("delete \(name(app))/\(id)") { () throws(APIError) in
        let place = try place(of: id, in: app)
        webhooks[place.app]?.remove(at: place.index)
        return nil
      }
    case (.update, nil), (.delete, nil):
      return .refused(APIError(.unsupported, message: "the change has no webhook id"))
    }
  }

  private func apply(_ patch: WebhookPatch, to id: WebhookID, of app: AppID?) throws(APIError) -> Webhook {
    let place = try place(of: id, in: app)
    let before = webhooks[place.app, default: []][place.index]
    var after = patch.applied(to: before)
    if let answer = answers[id] { after = answer.applied(to: after) }
    if after != before { after = touched(after) }
    webhooks[place.app]?[place.index] = after
    return after
  }

  private func add(_ draft: WebhookDraft, to app: AppID?) throws(APIError) -> Webhook {
    guard let app = own(app), let all = webhooks[app] else { throw Self.missing("app", name(app)) }
    let webhook = touched(
      Webhook(
        id: WebhookID(unchecked: "new\(all.count + 1)"), appID: app, url: draft.url, events: draft.events,
        headers: draft.headers))
    webhooks[app]?.append(webhook)
    return webhook
  }

  private func place(of id: WebhookID, in app: AppID?) throws(APIError) -> (app: AppID, index: Int) {
    guard let app = own(app), let index = index(of: id, in: app) else { throw Self.missing("webhook", id.text) }
    return (app, index)
  }

  // MARK: Calls

  private func begin(_ call: String, route: Route) async throws(APIError) {
    await arrive(call)
    if let error = fault(of: call)?.error ?? (routes.contains(route) ? nil : missingRoute) {
      underWay -= 1
      throw error
    }
  }

  private func write(_ call: String, _ work: () throws(APIError) -> Webhook?) async -> WriteResult {
    await arrive(call)
    defer { underWay -= 1 }
    if let fault = fault(of: call) { return fault }
    do throws(APIError) {
      return .applied(try work())
    } catch {
      return WriteResult(error)
    }
  }

  private func arrive(_ call: String) async {
    calls.append(call)
    underWay += 1
    mostAtOnce = max(mostAtOnce, underWay)
    if let index = deeds.firstIndex(where: { call.hasPrefix($0.prefix) }) { deeds.remove(at: index).work(self) }
    await Task.yield()
  }

  private func fault(of call: String) -> WriteResult? {
    guard let index = faults.firstIndex(where: { call.hasPrefix($0.prefix) && $0.times > 0 }) else { return nil }
    if faults[index].times < .max { faults[index].times -= 1 }
    return faults[index].result
  }

  private func page<Item>(of all: [Item], _ offset: Int, _ limit: Int) -> Page<Item> {
    Page(items: Array(all.dropFirst(offset).prefix(min(limit, 100))), totalCount: tellsTotals ? all.count : nil)
  }

  /// The app that a call is about; an app key's is always its own.
  private func own(_ app: AppID?) -> AppID? { keyKind == .app ? apps.first?.id : app }

  private func name(_ app: AppID?) -> String { keyKind == .app ? "own" : app?.text ?? "none" }

  private func index(of id: WebhookID, in app: AppID) -> Int? {
    webhooks[app]?.firstIndex { $0.id == id }
  }

  private func touched(_ webhook: Webhook) -> Webhook {
    clock += 1
    let text = "2026-02-01T00:\(clock / 60 + 10):\(clock % 60 < 10 ? "0" : "")\(clock % 60)Z"
    return Webhook(
      id: webhook.id, appID: webhook.appID, url: webhook.url, events: webhook.events, headers: webhook.headers,
      createdAt: webhook.createdAt, updatedAt: try? Timestamp(text))
  }

  private static func missing(_ noun: String, _ id: String) -> APIError {
    var error = APIError(.notFound, status: 404, message: "No such \(noun): '\(id)'")
    error.type = "invalid_request_error"
    error.code = "resource_missing"
    return error
  }

  private static func describe(_ patch: WebhookPatch) -> String {
    let headers = patch.headers.map { "headers=" + $0.all.map { "\($0.name):\($0.value)" }.joined(separator: ",") }
    let fields = [
      patch.url.map { "url=\($0)" }, patch.events.map { "events=" + $0.joined(separator: ",") }, headers,
    ].compactMap(\.self)
    return fields.isEmpty ? "{}" : fields.joined(separator: " ")
  }
}

extension WriteResult {
  /// What an error most likely means for the write that it is the answer to.
  fileprivate init(_ error: APIError) {
    switch error.category {
    case .server, .malformed, .redirect: self = .unknown(error)
    case .keyRefused, .forbidden, .rateLimited, .unreachable, .cancelled, .expired, .withheld: self = .notSent(error)
    case .notFound, .methodNotAllowed, .conflict, .invalid, .unsupported: self = .refused(error)
    }
  }
}
