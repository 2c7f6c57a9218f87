import WhDomain

/// The service over HTTP.
package struct HTTPAPIClient: APIClient {
  private let sender: RetryingSender
  private let base: BaseURL
  private let key: APIKey
  private let environment: APIEnvironment

  package init(sender: RetryingSender, base: BaseURL, key: APIKey, environment: APIEnvironment = .live) {
    self.sender = sender
    self.base = base
    self.key = key
    self.environment = environment
  }

  package var keyKind: KeyKind { key.kind }

  package func listApps(offset: Int, limit: Int) async throws(APIError) -> Page<App> {
    let response = try await answer(to: .listApps(offset: offset, limit: limit))
    return try read(response) { json throws(MalformedBody) in
      try PageWire(json, listName: AppWire.listName).page(AppWire.app)
    }
  }

  package func listWebhooks(app: AppID?, offset: Int, limit: Int) async throws(APIError) -> Page<Webhook> {
    let response = try await answer(to: .listWebhooks(app: app, offset: offset, limit: limit))
    return try read(response) { json throws(MalformedBody) in
      var parts = CommonParts()
      let page = try PageWire(json, listName: WebhookWire.listName).page { row throws(MalformedBody) in
        parts.share(in: try WebhookWire.webhook(in: row, of: app))
      }
      return try page.ofOneApp(app)
    }
  }

  package func webhook(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    try webhook(in: try await answer(to: .getWebhook(app: app, id: id)), id, of: app)
  }

  package func webhookByUpdate(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    let response = try await answer(to: .updateWebhook(app: app, id: id, patch: WebhookPatch()))
    return try webhook(in: response, id, of: app)
  }

  package nonisolated(nonsending) func send(_ change: Change, _ terms: SendingTerms) async -> WriteResult {
    do throws(APIError) {
      var request = try request(for: change)
      request.terms = terms
      switch await sender.send(request) {
      case .applied(let response): return await applied(change, response)
      case .refused(let error): return .refused(error)
      case .nothing(let error): return .notSent(error)
      case .unknown(let error): return .unknown(error)
      }
    } catch {
      return .refused(error)
    }
  }

  // MARK: Requests

  private func request(for change: Change) throws(APIError) -> HTTPRequest {
    do throws(OperationError) {
      return authorized(try change.operation().request(for: key.kind))
    } catch {
      throw APIError(.unsupported, message: error.description)
    }
  }

  private func request(for operation: APIOperation) throws(APIError) -> HTTPRequest {
    do throws(OperationError) {
      return authorized(try operation.request(for: key.kind))
    } catch {
      throw APIError(.unsupported, message: error.description)
    }
  }

  private func authorized(_ request: HTTPRequest) -> HTTPRequest {
    var request = request
    request.authorization = key.secret
    return request
  }

  /// The answer to a read.
  private func answer(to operation: APIOperation) async throws(APIError) -> HTTPResponse {
    var request = try request(for: operation)
    request.isRead = true
    switch await sender.send(request) {
    case .applied(let response?): return response
    case .applied(nil): throw APIError(.malformed, message: "the response is empty")
    case .refused(let error), .nothing(let error), .unknown(let error): throw error
    }
  }

  // MARK: Answers

  /// The result of a write, from its answer or else from one more read.
  private nonisolated(nonsending) func applied(_ change: Change, _ response: HTTPResponse?) async -> WriteResult {
    guard let response else { return .applied(nil) }
    let app = change.app.requestID
    // 202 says that it is yet to be done (RFC 9110, section 15.3.3).
    if response.status == 202, let id = change.webhookID { return await accepted(change, id) }
    if change.isDeletion { return .applied(nil) }
    let answer = try? WebhookWire.webhook(in: response.object(), of: app, known: change.key)
    if let answer, let mismatch = Self.mismatch(answer, change.webhookID, app) {
      return .unknown(APIError(.malformed, status: response.status, message: mismatch))
    }
    guard let id = change.webhookID ?? (answer == nil ? created(by: response, in: app) : nil) else {
      return .applied(answer)
    }
    // An answer may show the webhook as it was before.
    if let answer, change.isFulfilled(by: answer) { return .applied(change.after.map(answer.sharing) ?? answer) }
    return .applied((try? await webhook(app: app, id: id)) ?? answer)
  }

  /// The result of an update or a deletion that the service has only accepted: what a read shows.
  private nonisolated(nonsending) func accepted(_ change: Change, _ id: WebhookID) async -> WriteResult {
    do throws(APIError) {
      let current = try await webhook(app: change.app.requestID, id: id)
      if !change.isDeletion, change.isFulfilled(by: current) { return .applied(current) }
      let problem = change.isDeletion ? "the webhook still exists" : "the webhook has not changed yet"
      return .unknown(APIError(.malformed, status: 202, message: "accepted, but " + problem))
    } catch {
      if change.isDeletion, error.category == .notFound { return .applied(nil) }
      return .unknown(APIError(.malformed, status: 202, message: "accepted, but the webhook can't be read: \(error)"))
    }
  }

  /// The id of what a creation made, from its answer's body, or else from its `Location`.
  private func created(by response: HTTPResponse, in app: AppID?) -> WebhookID? {
    if let id = try? WebhookID(wire: response.object().text("id")) { return id }
    guard let location = response["Location"],
      let collection = try? APIOperation.createWebhook(app: app, draft: WebhookDraft(url: "", events: []))
        .request(for: key.kind).path
    else { return nil }
    // Another host's answer, or another path's, is not one about this webhook.
    let prefixes = [base.url(of: collection), base.pathPrefix + collection]
    guard let prefix = prefixes.first(where: { location.hasPrefix($0 + "/") }) else { return nil }
    return try? WebhookID(String(location.dropFirst(prefix.count + 1)))
  }

  private func read<Value>(
    _ response: HTTPResponse, _ decode: (JSONValue) throws(MalformedBody) -> Value
  ) throws(APIError) -> Value {
    do throws(MalformedBody) {
      return try decode(response.wholeJSON())
    } catch {
      throw APIError(malformed: error.reason, in: response)
    }
  }

  /// Reads one webhook, which must be the requested one.
  private func webhook(in response: HTTPResponse, _ id: WebhookID, of app: AppID?) throws(APIError) -> Webhook {
    try read(response) { json throws(MalformedBody) in
      let webhook = try WebhookWire.webhook(in: json.object(), of: app)
      if let mismatch = Self.mismatch(webhook, id, app) { throw MalformedBody(mismatch) }
      return webhook
    }
  }

  /// Why an answer is not about the requested webhook; nil if it is.
  private static func mismatch(_ webhook: Webhook, _ id: WebhookID?, _ app: AppID?) -> String? {
    if let id, webhook.id != id { return .otherWebhook(webhook.id, id) }
    if let app, webhook.appID != app { return .otherApp(webhook, app) }
    return nil
  }
}

extension HTTPResponse {
  fileprivate func object() throws(MalformedBody) -> JSONValue {
    try wholeJSON().object()
  }

  fileprivate func wholeJSON() throws(MalformedBody) -> JSONValue {
    guard let json else { throw MalformedBody("it is not JSON") }
    return json
  }
}

extension Page<Webhook> {
  /// Without the webhooks of apps other than the requested one.
  ///
  /// - Throws: `MalformedBody` when there is no other on the page.
  fileprivate func ofOneApp(_ app: AppID?) throws(MalformedBody) -> Page {
    guard let app, let other = items.first(where: { $0.appID != app }) else { return self }
    let own = items.filter { $0.appID == app }
    if own.isEmpty { throw MalformedBody(.otherApp(other, app)) }
    let others = items.filter { $0.appID != app }.map { String.otherApp($0, app) }
    var unreadable = unreadable
    unreadable.add(others.count, others)
    return Page(items: own, totalCount: totalCount, rowCount: rowCount, unreadable: unreadable, continues: continues)
  }
}

extension String {
  fileprivate static func otherWebhook(_ answered: WebhookID, _ asked: WebhookID) -> String {
    "the response is for webhook \(answered), not for \(asked)"
  }

  fileprivate static func otherApp(_ webhook: Webhook, _ asked: AppID) -> String {
    "webhook \(webhook.id) belongs to app \(webhook.appID), not to \(asked)"
  }
}
