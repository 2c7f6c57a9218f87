import WhAPI
import WhDomain
import WhSyntax

/// Why something could not be read. The statement that asked adds its place.
package enum ReadFailure: Error, Sendable {
  case api(APIError)
  case interrupted
  /// The service does not list apps.
  case noAppList(APIError)
  /// There is no such app, or the service does not list webhooks.
  case noWebhookList(APIError, App)
  /// `known` are the apps that a name may have been meant for, and `said` is what the service answered, where it was asked.
  case unknownApp(String, known: [App], said: APIError? = nil)
  /// Several apps have the slug.
  case ambiguousApp(String, [App])
  /// A name that is short for several ids.
  case ambiguousID(String, [String])
  case unknownWebhook(String, in: [App], known: [String], said: APIError? = nil)
  /// A webhook that the service lists in a form that can't be read, and why.
  case unreadableWebhook(String, App, String)
  /// A webhook that belongs to an app other than the requested one.
  case otherApp(App, Webhook)

  /// True where the service has no such operation, rather than no such object.
  var isMissingOperation: Bool {
    switch self {
    case .noAppList, .noWebhookList: true
    case .api, .interrupted, .unknownApp, .ambiguousApp, .ambiguousID, .unknownWebhook, .unreadableWebhook, .otherApp:
      false
    }
  }
}

extension Failure {
  /// What it means for a statement that something could not be read.
  package init(_ problem: ReadFailure, at span: Span) {
    switch problem {
    case .api(let error): self.init(reading: error, at: span)
    case .interrupted: self.init(.stopped, .interrupted(span))
    case .noAppList(let error): self.init(.failed, .noAppList(error, span))
    case .noWebhookList(let error, let app): self.init(.failed, .noWebhookList(error, app, span))
    case .unknownApp(let name, let known, let said):
      self.init(.failed, .unknownApp(name, known, span).noting(said))
    case .ambiguousApp(let slug, let apps): self.init(.failed, .ambiguousApp(slug, apps, span))
    case .ambiguousID(let name, let ids): self.init(.failed, .ambiguousID(name, ids, span))
    case .unknownWebhook(let name, let apps, let known, let said):
      self.init(.failed, .unknownWebhook(name, apps, known, span).noting(said))
    case .unreadableWebhook(let name, let app, let reason):
      self.init(.failed, .unreadableWebhook(name, app, reason, span))
    case .otherApp(let app, let webhook): self.init(.failed, .otherApp(app, webhook, span))
    }
  }

  private init(reading error: APIError, at span: Span) {
    switch error.category {
    case .keyRefused, .forbidden: self.init(.keyRefused, .keyRefused(error, span))
    case .cancelled: self.init(.stopped, .interrupted(span))
    case .rateLimited: self.init(.stopped, .limited(error, span))
    case .unreachable: self.init(.unreachable, .unreachable(error, span))
    case .server: self.init(.unreachable, .serverFails(error, span))
    case .notFound, .methodNotAllowed, .conflict, .invalid, .redirect, .malformed, .unsupported, .expired,
      .withheld:
      self.init(.failed, .refused(error, span))
    }
  }
}

// MARK: - Wording

extension Diagnostic {
  /// What the interpreter explains, which knows the cause and what was sent.
  static func interrupted(_ span: Span) -> Diagnostic { Diagnostic(.interrupted, "interrupted", at: span) }

  static func keyRefused(_ error: APIError, _ span: Span) -> Diagnostic {
    Diagnostic(
      .keyRefused, "the API refused the key: \(error)", at: span, label: "check `WH_API_KEY` or the key of the profile")
  }

  static func unreachable(_ error: APIError, _ span: Span) -> Diagnostic {
    // An answer that began and broke off came from somewhere.
    let message = error.status == nil ? "the API can't be reached" : "cannot read the API's response"
    return Diagnostic(.apiUnreachable, "\(message): \(error)", at: span)
  }

  static func serverFails(_ error: APIError, _ span: Span) -> Diagnostic {
    Diagnostic(.apiUnreachable, "the API failed: \(error)", at: span)
  }

  static func limited(_ error: APIError, _ span: Span) -> Diagnostic {
    Diagnostic(.apiUnreachable, "the wait for the rate limit is too long: \(error)", at: span)
  }

  static func refused(_ error: APIError, _ span: Span) -> Diagnostic {
    let message = error.category == .malformed ? "cannot read the API's response" : "the API refused"
    return Diagnostic(.apiFailed, "\(message): \(error)", at: span)
  }

  fileprivate static func noAppList(_ error: APIError, _ span: Span) -> Diagnostic {
    Diagnostic(
      .apiLacksOperation, "this API cannot list apps (\(error))", at: span, label: "select apps by id")
  }

  fileprivate static func noWebhookList(_ error: APIError, _ app: App, _ span: Span) -> Diagnostic {
    Diagnostic(
      .apiLacksOperation, "no app \(app.title), or this API cannot list webhooks (\(error))", at: span,
      label: "check the app, or select one app and its webhooks by id")
  }

  fileprivate static func unreadableWebhook(
    _ name: String, _ app: App, _ reason: String, _ span: Span
  ) -> Diagnostic {
    Diagnostic(
      .unreadableWebhook, "webhook `\(Printable.escaped(name))` of \(app.title) can't be read", at: span,
      notes: [reason])
  }

  /// The same with what the service said about it, where that is more than that the thing is missing.
  fileprivate func noting(_ error: APIError?) -> Diagnostic {
    guard let error, [error.code, error.param, error.docURL].contains(where: { $0 != nil }) else { return self }
    return Diagnostic(code, message, at: span, label: label, notes: notes + ["\(error)"], severity: severity)
  }

  /// A warning of all that a list holds and that can't be read; nil where that is nothing.
  static func unreadable(in apps: [App], _ holdings: Holdings, _ span: Span) -> Diagnostic? {
    let count = apps.reduce(0) { $0 + holdings.unreadable(of: $1.id).count }
    guard count > 0 else { return nil }
    let reasons = apps.flatMap { app in holdings.unreadable(of: app.id).reasons.map { "\(app.title): \($0)" } }
    return Diagnostic(
      .unreadableWebhook, "\(count.counting("webhook")) can't be read and \(count.noun("is", "are")) left out",
      at: span, notes: folded(reasons, of: count), severity: .warning)
  }

  /// The same of apps.
  static func unreadableApps(_ holdings: Holdings, _ span: Span) -> Diagnostic? {
    let (count, reasons) = (holdings.unreadableApps.count, holdings.unreadableApps.reasons)
    guard count > 0 else { return nil }
    return Diagnostic(
      .unreadableApp, "\(count.counting("app")) can't be read and \(count.noun("is", "are")) left out",
      at: span, notes: folded(reasons, of: count), severity: .warning)
  }

  private static func folded(_ reasons: [String], of count: Int) -> [String] {
    let shown = reasons.prefix(20)
    return count > shown.count ? shown + ["and \(count - shown.count) more"] : Array(shown)
  }

  fileprivate static func otherApp(_ app: App, _ webhook: Webhook, _ span: Span) -> Diagnostic {
    Diagnostic(.unknownApp, "webhook \(webhook.id) belongs to app \(webhook.appID), not to \(app.id)", at: span)
  }

  static func unknownApp(_ name: String, _ apps: [App], _ span: Span) -> Diagnostic {
    let near = DidYouMean.nearest(to: name, among: apps.flatMap { [$0.slug, $0.id.text].compactMap(\.self) })
    return Diagnostic(
      .unknownApp, "no app named `\(name)`", at: span,
      label: near.map { "did you mean `\($0)`?" } ?? "run `show apps` for a list")
  }

  fileprivate static func ambiguousApp(_ slug: String, _ apps: [App], _ span: Span) -> Diagnostic {
    Diagnostic(
      .ambiguousApp, "\(apps.count) apps have the slug `\(slug)`", at: span, label: "select one by id",
      notes: apps.map { "\($0.id)" + ($0.name.map { name in ": \(name)" } ?? "") })
  }

  fileprivate static func ambiguousID(_ name: String, _ ids: [String], _ span: Span) -> Diagnostic {
    Diagnostic(
      .invalidID, "`\(name)` is short for \(ids.count) ids", at: span, label: "type more of it",
      notes: folded(ids.sorted(), of: ids.count))
  }

  static func unknownWebhook(_ name: String, _ apps: [App], _ ids: [String], _ span: Span) -> Diagnostic {
    let near = DidYouMean.nearest(to: name, among: ids)
    let holder = apps.count == 1 ? "app \(apps[0].title) has" : "the selected apps have"
    return Diagnostic(
      .unknownWebhook, "\(holder) no webhook `\(name)`", at: span,
      label: near.map { "did you mean `\($0)`?" } ?? "run `show webhooks` for a list")
  }
}
