import WhDomain

extension APIOperation {
  /// The shell command that sends this operation, with the key as `$WH_API_KEY` and the values of secret headers masked.
  ///
  /// - Throws: `OperationError`, as `request(for:)` does.
  package func curlCommand(for kind: KeyKind, at base: BaseURL) throws(OperationError) -> String {
    let request = try masked.request(for: kind)
    var words = ["curl --request \(request.method.rawValue) --url \(Self.quoted(base.url(of: request.path)))"]
    words.append("--header \"Authorization: Bearer $WH_API_KEY\"")
    for field in request.fields {
      words.append("--header " + Self.quoted("\(field.name): \(field.value)"))
    }
    if let body = request.body {
      words.append("--data " + Self.quoted(String(decoding: body, as: UTF8.self)))
    }
    return words.joined(separator: " ")
  }

  /// The operation with `••••` in place of each secret header value.
  private var masked: APIOperation {
    switch self {
    case .updateWebhook(let app, let id, var patch):
      patch.headers = patch.headers?.masked
      return .updateWebhook(app: app, id: id, patch: patch)
    case .createWebhook(let app, let draft):
      let masked = WebhookDraft(url: draft.url, events: draft.events, headers: draft.headers.masked)
      return .createWebhook(app: app, draft: masked)
    case .listApps, .listWebhooks, .getWebhook, .deleteWebhook:
      return self
    }
  }

  /// A shell word for the text, whatever it contains.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}

extension Headers {
  fileprivate var masked: Headers {
    Headers(all.map { $0.isSecret ? Header(name: $0.name, value: Secret.mask) : $0 })
  }
}
