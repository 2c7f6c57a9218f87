import WhDomain

/// One call of the API, as a value (api.md, "Operations").
///
/// An app is named where the key is an admin's, and nil or ignored where it is an app's.
package enum APIOperation: Hashable, Sendable {
  case listApps(offset: Int, limit: Int)
  case listWebhooks(app: AppID?, offset: Int, limit: Int)
  case getWebhook(app: AppID?, id: WebhookID)
  case updateWebhook(app: AppID?, id: WebhookID, patch: WebhookPatch)
  case createWebhook(app: AppID?, draft: WebhookDraft)
  case deleteWebhook(app: AppID?, id: WebhookID)
}

/// Why an operation makes no request: an error of the caller, or a text that must not be sent.
package struct OperationError: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension APIOperation {
  /// The request for a key of that kind, without the key.
  ///
  /// - Throws: `OperationError` where the kind has no such route, an admin's operation names no app, or a url or header
  ///   holds CR, LF or NUL.
  package func request(for kind: KeyKind) throws(OperationError) -> HTTPRequest {
    switch self {
    case .listApps(let offset, let limit):
      guard kind == .admin else { throw OperationError("an app key cannot list apps") }
      return get("/v1/organization/apps" + Self.query(offset, limit))
    case .listWebhooks(let app, let offset, let limit):
      return get(try Self.collection(app, kind) + Self.query(offset, limit))
    case .getWebhook(let app, let id):
      return get(try Self.collection(app, kind) + "/" + id.text)
    case .updateWebhook(let app, let id, let patch):
      try Self.check(url: patch.url, headers: patch.headers)
      return send(.put, try Self.collection(app, kind) + "/" + id.text, WebhookBody(patch))
    case .createWebhook(let app, let draft):
      try Self.check(url: draft.url, headers: draft.headers)
      return send(.post, try Self.collection(app, kind), WebhookBody(draft))
    case .deleteWebhook(let app, let id):
      return HTTPRequest(.delete, try Self.collection(app, kind) + "/" + id.text, fields: Self.readingFields)
    }
  }

  private func get(_ path: String) -> HTTPRequest {
    HTTPRequest(.get, path, fields: Self.readingFields)
  }

  private func send(_ method: HTTPMethod, _ path: String, _ body: WebhookBody) -> HTTPRequest {
    HTTPRequest(method, path, fields: Self.writingFields, body: body.json)
  }

  private static let readingFields = [HTTPField("Accept", "application/json")]
  private static let writingFields = readingFields + [HTTPField("Content-Type", "application/json")]

  private static func collection(_ app: AppID?, _ kind: KeyKind) throws(OperationError) -> String {
    if kind == .app { return "/v1/webhooks" }
    guard let app else { throw OperationError("an admin key requires an app") }
    return "/v1/organization/apps/" + app.text + "/webhooks"
  }

  private static func query(_ offset: Int, _ limit: Int) -> String {
    "?limit=\(limit)&offset=\(offset)"
  }

  /// The last guard before the wire: staging the text has refused it already, with a place and a caret.
  private static func check(url: String?, headers: Headers?) throws(OperationError) {
    if let url, url.hasControl {
      throw OperationError("the url contains a control character")
    }
    for header in headers?.all ?? [] {
      do throws(InvalidValue) {
        try Header.validate(name: header.name)
        try Header.validate(value: header.value)
      } catch {
        throw OperationError("the header \(header.name) \(error.reason)")
      }
    }
  }
}

extension Change {
  /// The call that makes the change.
  ///
  /// - Throws: `OperationError` for a change of no webhook.
  package func operation() throws(OperationError) -> APIOperation {
    switch (action, webhookID) {
    case (.update(_, let patch), let id?): .updateWebhook(app: app.requestID, id: id, patch: patch)
    case (.create(let url, let events, let headers), _):
      .createWebhook(app: app.requestID, draft: WebhookDraft(url: url, events: events, headers: headers))
    case (.delete, let id?): .deleteWebhook(app: app.requestID, id: id)
    case (.update, nil), (.delete, nil): throw OperationError("the change has no webhook id")
    }
  }
}

extension App {
  /// How requests name the app: not at all where it is the key's own.
  package var requestID: AppID? { id.text.isEmpty ? nil : id }
}
