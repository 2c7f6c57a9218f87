import WhAPI
import WhDomain
import WhSyntax

extension APIError {
  /// True where the answer may mean that the API has no such operation.
  var isMissingRoute: Bool { category == .notFound || category == .methodNotAllowed }

  /// True where the key is refused, or may not do this.
  var isOfKey: Bool { category == .keyRefused || category == .forbidden }

  /// True where a 404 speaks of the app or the webhook, and so not of the route.
  var namesMissingThing: Bool {
    guard category == .notFound, type == "invalid_request_error" else { return false }
    let text = message.lowercased()
    return code == "resource_missing" || text.contains("webhook") || text.contains("no such app")
      || text.contains("app not found")
  }
}

extension Session {
  /// The failure that an error of the API means for a read.
  func failure(_ error: APIError) -> Failure {
    switch error.category {
    case .keyRefused, .forbidden: Failure(.keyRefused, .keyRefused(error, place))
    case .cancelled: Failure(.stopped, .interrupted(place))
    case .unreachable, .expired, .rateLimited, .server: Failure(.unreachable, .unreachable(error, place))
    case .notFound, .methodNotAllowed, .conflict, .invalid, .redirect, .malformed, .unsupported:
      Failure(.failed, .refused(error, place))
    }
  }
}

extension Diagnostic {
  static func internalError(_ span: Span) -> Diagnostic {
    Diagnostic(.apiFailed, "an unexpected error: this is a fault of `wh`", at: span)
  }

  package static func interrupted(_ span: Span) -> Diagnostic {
    Diagnostic(.interrupted, "interrupted", at: span)
  }

  static func keyRefused(_ error: APIError, _ span: Span) -> Diagnostic {
    Diagnostic(
      .keyRefused, "the API refused the key: \(error)", at: span, label: "check `WH_API_KEY`, or the profile's key")
  }

  static func unreachable(_ error: APIError, _ span: Span) -> Diagnostic {
    Diagnostic(.apiUnreachable, "the API can't be reached: \(error)", at: span)
  }

  static func refused(_ error: APIError, _ span: Span) -> Diagnostic {
    Diagnostic(.apiFailed, "the API refused: \(error)", at: span)
  }

  static func noAppList(_ error: APIError, _ span: Span) -> Diagnostic {
    Diagnostic(
      .apiLacksOperation, "this API does not list apps (\(error))", at: span, label: "name the apps by their ids")
  }

  static func noWebhookList(_ error: APIError, _ app: App, _ span: Span) -> Diagnostic {
    Diagnostic(
      .apiLacksOperation, "there is no app \(app.title), or this API does not list webhooks (\(error))", at: span,
      label: "check the app, or name one app and its webhooks by their ids")
  }

  static func appKeyCannotSearch(_ span: Span) -> Diagnostic {
    Diagnostic(.apiLacksOperation, "an app key has one app and can't search", at: span, label: "leave `use app` out")
  }

  static func otherApp(_ app: App, _ webhook: Webhook, _ span: Span) -> Diagnostic {
    Diagnostic(
      .unknownApp, "webhook \(webhook.id) belongs to app \(webhook.appID), and not to \(app.id)", at: span)
  }

  static func notRebased(_ refusal: StagingRefused, _ span: Span) -> Diagnostic {
    Diagnostic(
      .editRefused, "a staged edit can't be done to what webhook \(refusal.key.webhook) holds now", at: span,
      label: "the result \(refusal.problem.reason)")
  }

  static func unknownApp(_ name: String, _ apps: [App], _ span: Span) -> Diagnostic {
    let near = DidYouMean.nearest(to: name, among: apps.flatMap { [$0.slug, $0.id.text].compactMap(\.self) })
    return Diagnostic(
      .unknownApp, "no app is named `\(name)`", at: span,
      label: near.map { "did you mean `\($0)`?" } ?? "`show apps` lists them")
  }

  static func unknownWebhook(_ name: String, _ apps: [App], _ ids: [String], _ span: Span) -> Diagnostic {
    let near = DidYouMean.nearest(to: name, among: ids)
    let holder = apps.count == 1 ? "app \(apps[0].title) has" : "the chosen apps have"
    return Diagnostic(
      .unknownWebhook, "\(holder) no webhook `\(name)`", at: span,
      label: near.map { "did you mean `\($0)`?" } ?? "`show webhooks` lists them")
  }
}
