import Foundation

/// What each operation does once its key has been accepted.
struct Handlers: Sendable {
  let store: Store
  let effects: Server.Effects
  let options: Options

  /// Carries out `operation`, which `route` has.
  /// - Throws: the `APIError` that answers a request which is refused, or the store's error.
  func perform(_ route: Route, _ operation: Operation, request: Request, caller: Caller) async throws -> Answer {
    switch route {
    case .playground:
      return try receive(request, caller)
    case .apps:
      return try await listApps(try Page(query: request.query))
    case .webhooks(let owner):
      let appID = try appID(of: owner, caller)
      if operation.isRead { return try await listWebhooks(appID, try Page(query: request.query), caller) }
      return try await create(appID, try fields(request), caller)
    case .webhook(let owner, let id):
      let appID = try appID(of: owner, caller)
      switch operation {
      case .updateWebhook: return try await update(id, appID, try fields(request), caller)
      case .deleteWebhook: return try await delete(id, appID)
      default: return try await get(id, appID, caller)
      }
    }
  }

  private func listApps(_ page: Page) async throws -> Answer {
    let list = try await store.apps(page)
    return Answer(json: Self.list("apps", list.items.map(\.json), list.totalCount))
  }

  private func listWebhooks(_ appID: String, _ page: Page, _ caller: Caller) async throws -> Answer {
    let list = try await store.webhooks(of: appID, page)
    if list.totalCount == 0 { try await requireApp(appID) }
    return Answer(json: Self.list("webhooks", list.items.map { $0.json(for: caller.kind) }, list.totalCount))
  }

  private func get(_ id: String, _ appID: String, _ caller: Caller) async throws -> Answer {
    guard let webhook = try await store.webhook(id, of: appID) else { throw try await missing(id, of: appID) }
    return Answer(json: webhook.json(for: caller.kind))
  }

  private func create(_ appID: String, _ fields: WebhookFields, _ caller: Caller) async throws -> Answer {
    guard let url = fields.url else {
      throw APIError.invalidRequest("Missing required parameter: url", param: "url")
    }
    try await requireApp(appID)
    let now = effects.timestamp
    let webhook = Webhook(
      id: Identifier.make(prefix: caller.webhookPrefix, using: effects.random), appID: appID, url: url,
      events: fields.events ?? [], headers: fields.headers?.value, createdAt: now, updatedAt: now)
    try await store.insert(webhook)
    return Answer(status: 201, json: webhook.json(for: caller.kind))
  }

  private func update(_ id: String, _ appID: String, _ fields: WebhookFields, _ caller: Caller) async throws -> Answer {
    guard let webhook = try await store.update(id, of: appID, with: fields, at: effects.timestamp) else {
      throw try await missing(id, of: appID)
    }
    return Answer(json: webhook.json(for: caller.kind))
  }

  private func delete(_ id: String, _ appID: String) async throws -> Answer {
    guard try await store.delete(id, of: appID) else { throw try await missing(id, of: appID) }
    switch options.deleteAnswer {
    case .message: return Answer(json: .object([JSON.Member("message", .string("Webhook deleted"))]))
    case .noContent: return Answer(status: 204)
    case .empty: return Answer(status: 200)
    }
  }

  /// Takes a message for a test app. It is not delivered: a sandbox sends nothing.
  private func receive(_ request: Request, _ caller: Caller) throws -> Answer {
    guard case .app(_, isTest: true) = caller else { throw APIError.testAppRequired }
    _ = try InboundMessage(body: request.body)
    return Answer(
      status: 202,
      json: .object([
        JSON.Member("id", .string(Identifier.make(prefix: "msg_test_", using: effects.random))),
        JSON.Member("status", .string("QUEUED")),
      ]))
  }

  private func fields(_ request: Request) throws -> WebhookFields {
    try WebhookFields(body: request.body, options: options)
  }

  private func appID(of owner: Route.Owner, _ caller: Caller) throws -> String {
    switch (owner, caller) {
    case (.app(let id), _): return id
    case (.ownApp, .app(let app, _)): return app.id
    case (.ownApp, .admin): throw APIError.wrongKey(.admin)
    }
  }

  /// The refusal where an app has no such webhook: it may be that there is no such app.
  ///
  /// Asked only then, since a webhook that is found proves its app.
  private func missing(_ id: String, of appID: String) async throws -> APIError {
    try await requireApp(appID)
    return .missing("Webhook")
  }

  private func requireApp(_ id: String) async throws {
    guard try await store.hasApp(id) else { throw APIError.missing("App") }
  }

  private static func list(_ name: String, _ items: [JSON], _ totalCount: Int) -> JSON {
    .object([JSON.Member(name, .array(items)), JSON.Member("totalCount", .number(totalCount))])
  }
}
