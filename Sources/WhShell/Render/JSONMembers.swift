import WhDomain
import WhSession

/// What the domain's values are in JSON: members, for an object that may have more of them.
enum JSONMembers {
  static func app(_ app: App) -> [(String, JSONText)] {
    [
      ("id", .string(app.id.text)), ("slug", .optional(app.slug)), ("name", .optional(app.name)),
      ("status", .optional(app.status)), ("createdAt", .optional(app.createdAt?.text)),
      ("updatedAt", .optional(app.updatedAt?.text)),
    ]
  }

  /// - Parameter isNew: true for one that is staged to be created, and so has no id.
  static func webhook(_ webhook: Webhook, isNew: Bool = false) -> [(String, JSONText)] {
    [
      ("id", isNew ? .null : .string(webhook.id.text)), ("appId", .string(webhook.appID.text)),
      ("url", .string(webhook.url)),
      ("events", .strings(webhook.events)), ("headers", headers(webhook.headers)),
      ("createdAt", .optional(webhook.createdAt?.text)), ("updatedAt", .optional(webhook.updatedAt?.text)),
    ]
  }

  static func headers(_ headers: Headers) -> JSONText {
    .object(headers.all.map { ($0.name, .string($0.isSecret ? Redactor.mask : $0.value)) })
  }

  static func change(_ change: Change) -> [(String, JSONText)] {
    let action =
      switch change.action {
      case .update: "update"
      case .create: "create"
      case .delete: "delete"
      }
    var members: [(String, JSONText)] = [
      ("action", .string(action)), ("app", .string(change.app.id.text)), ("appSlug", .optional(change.app.slug)),
      ("webhook", .optional(change.webhookID?.text)),
      ("before", change.before.map { .object(webhook($0)) } ?? .null),
      ("after", change.after.map { .object(webhook($0)) } ?? .null),
    ]
    if case .update(_, let patch) = change.action { members.append(("set", set(patch))) }
    members.append(
      (
        "statements",
        .array(
          change.origins.map {
            .object([
              ("source", .string($0.source)), ("line", .number($0.line)), ("column", .number($0.column)),
              ("statement", .prose($0.statement)),
            ])
          })
      ))
    return members
  }

  /// The member that counts a state.
  static func name(of state: Outcome.State) -> String {
    switch state {
    case .created, .updated, .deleted, .unchanged, .failed, .conflict, .unknown: state.rawValue
    case .appliedDifferently: "appliedDifferently"
    case .notAttempted: "notAttempted"
    }
  }

  static func set(_ patch: WebhookPatch) -> JSONText {
    var members: [(String, JSONText)] = []
    if let url = patch.url { members.append(("url", .string(url))) }
    if let events = patch.events { members.append(("events", .strings(events))) }
    if let headers = patch.headers { members.append(("headers", Self.headers(headers))) }
    return .object(members)
  }
}
