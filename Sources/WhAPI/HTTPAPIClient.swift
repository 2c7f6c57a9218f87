import WhDomain

/// The service over HTTP.
package struct HTTPAPIClient: APIClient {
  private let transport: any HTTPTransport
  private let key: APIKey
  private let environment: APIEnvironment

  package init(transport: any HTTPTransport, key: APIKey, environment: APIEnvironment = .live) {
    self.transport = transport
    self.key = key
    self.environment = environment
  }

  package var keyKind: KeyKind { key.kind }

  package func listApps(offset: Int, limit: Int) async throws(APIError) -> Page<App> {
    let response = try await perform(.listApps(offset: offset, limit: limit))
    return try read(response) { body throws(MalformedBody) in
      let page = try WireDecoding.decode(PageWire<AppWire>.self, from: body)
      return Page(items: try page.items.map { app throws(MalformedBody) in try app.app() }, totalCount: page.totalCount)
    }
  }

  package func listWebhooks(app: AppID?, offset: Int, limit: Int) async throws(APIError) -> Page<Webhook> {
    let response = try await perform(.listWebhooks(app: app, offset: offset, limit: limit))
    return try read(response) { body throws(MalformedBody) in
      let page = try WireDecoding.decode(PageWire<WebhookWire>.self, from: body)
      var parts = CommonParts()
      return Page(
        items: try page.items.map { webhook throws(MalformedBody) in parts.share(in: try webhook.webhook(of: app)) },
        totalCount: page.totalCount)
    }
  }

  package func webhook(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    try webhook(id, of: app, in: try await perform(.getWebhook(app: app, id: id)))
  }

  package func webhookByUpdate(app: AppID?, id: WebhookID) async throws(APIError) -> Webhook {
    try await update(app: app, id: id, patch: WebhookPatch())
  }

  package func send(_ change: Change, notAfter: Duration?) async -> WriteResult {
    var request: HTTPRequest
    do throws(OperationError) {
      request = try change.operation().request(for: key.kind)
    } catch {
      return .refused(APIError(.unsupported, message: error.description))
    }
    request.authorization = key.secret
    request.notAfter = notAfter
    do throws(TransportError) {
      return result(of: change, try await transport.send(request))
    } catch {
      let said = APIError(error, now: environment.now())
      return error.mayHaveBeenApplied ? .unknown(said) : .notSent(said)
    }
  }

  private func result(of change: Change, _ response: HTTPResponse) -> WriteResult {
    guard response.isSuccess else {
      // A webhook that is gone after a try whose answer was lost went with that try.
      if change.isDeletion, response.status == 404, response.followsUncertainTry { return .applied(nil) }
      let error = APIError(refused: response, now: environment.now())
      switch error.category {
      case .server, .redirect: return .unknown(error)
      case _ where response.followsUncertainTry: return .unknown(error)
      case .keyRefused, .forbidden, .rateLimited: return .notSent(error)
      default: return .refused(error)
      }
    }
    if change.isDeletion { return .applied(nil) }
    do throws(APIError) {
      return .applied(try webhook(change.webhookID, of: change.app.requestID, in: response))
    } catch {
      return .unknown(error)
    }
  }

  package func update(app: AppID?, id: WebhookID, patch: WebhookPatch) async throws(APIError) -> Webhook {
    try webhook(id, of: app, in: try await perform(.updateWebhook(app: app, id: id, patch: patch)))
  }

  package func create(app: AppID?, draft: WebhookDraft) async throws(APIError) -> Webhook {
    try webhook(nil, of: app, in: try await perform(.createWebhook(app: app, draft: draft)))
  }

  package func delete(app: AppID?, id: WebhookID) async throws(APIError) {
    let response = try await answer(to: .deleteWebhook(app: app, id: id))
    // A webhook that is gone after a try whose answer was lost went with that try.
    if response.status == 404, response.followsUncertainTry { return }
    _ = try success(response)
  }

  private func perform(_ operation: APIOperation) async throws(APIError) -> HTTPResponse {
    try success(try await answer(to: operation))
  }

  private func success(_ response: HTTPResponse) throws(APIError) -> HTTPResponse {
    guard response.isSuccess else { throw APIError(refused: response, now: environment.now()) }
    return response
  }

  /// The answer, whatever its status.
  private func answer(to operation: APIOperation) async throws(APIError) -> HTTPResponse {
    var request: HTTPRequest
    do throws(OperationError) {
      request = try operation.request(for: key.kind)
    } catch {
      throw APIError(.unsupported, message: error.description)
    }
    request.authorization = key.secret
    do throws(TransportError) {
      return try await transport.send(request)
    } catch {
      throw APIError(error, now: environment.now())
    }
  }

  private func read<Value>(
    _ response: HTTPResponse, _ decode: ([UInt8]) throws(MalformedBody) -> Value
  ) throws(APIError) -> Value {
    do throws(MalformedBody) {
      return try decode(response.body)
    } catch {
      throw APIError(malformed: error.reason, in: response)
    }
  }

  /// Reads one webhook, which must be the one that was asked about.
  private func webhook(_ id: WebhookID?, of app: AppID?, in response: HTTPResponse) throws(APIError) -> Webhook {
    try read(response) { body throws(MalformedBody) in
      let webhook = try WireDecoding.decode(WebhookWire.self, from: body).webhook(of: app)
      if let id, webhook.id.text.lowercased() != id.text.lowercased() {
        throw MalformedBody(reason: "the answer is about another webhook, \(webhook.id)")
      }
      return webhook
    }
  }
}
