import WhDomain

/// A webhook as JSON has it.
enum WebhookWire {
  static let listName = "webhooks"

  /// - Parameters:
  ///   - app: The requested app, for answers that do not repeat it.
  ///   - known: The key of the requested webhook, where there is one: it is stored once for all answers with it.
  /// - Throws: `MalformedBody` where an id, the url, the events or the headers can't be read. An unreadable time is skipped.
  static func webhook(in object: JSONValue, of app: AppID?, known: WebhookKey? = nil) throws(MalformedBody)
    -> Webhook
  {
    let id = try object.text("id")
    let appID = try object.optionalText("appId")
    // The requested id is stored once for all answers with it.
    let isAsked = appID.map { text in app?.text.isSame(as: text) ?? false } ?? true
    guard let app = isAsked ? app : try appID.map(AppID.init(wire:)) else { throw MalformedBody("`appId` is missing") }
    return Webhook(
      key: try Self.key(id, of: app, known), url: try object.text("url"), events: try events(in: object),
      headers: try headers(in: object), createdAt: object.time("createdAt"), updatedAt: object.time("updatedAt"))
  }

  private static func key(
    _ id: String, of app: AppID, _ known: WebhookKey?
  ) throws(MalformedBody) -> WebhookKey {
    if let known, known.app == app, known.webhook.text.isSame(as: id) { return known }
    return WebhookKey(app, try WebhookID(wire: id))
  }

  /// Each once, in their order.
  private static func events(in object: JSONValue) throws(MalformedBody) -> [String] {
    switch object["events"] {
    case nil: throw MalformedBody("`events` is missing")
    case .null?, .object([])?: return []
    case .array(let items)?:
      var events: [String] = []
      for (index, item) in items.enumerated() {
        guard let name = item.text else { throw MalformedBody("`events[\(index)]` is not a string") }
        events.append(name)
      }
      return events.uniqued()
    default: throw MalformedBody("`events` is not a list")
    }
  }

  private static func headers(in object: JSONValue) throws(MalformedBody) -> Headers {
    switch object["headers"] {
    case nil, .null?, .array([])?: return Headers()
    case .object(let members)?:
      var headers: [Header] = []
      for member in members {
        switch member.value {
        case .string(let text), .number(let text): headers.append(Header(name: member.name, value: text))
        case .bool(let value): headers.append(Header(name: member.name, value: "\(value)"))
        default: throw MalformedBody("`headers.\(member.name.cut(to: 60))` is not a string")
        }
      }
      return Headers(headers)
    default: throw MalformedBody("`headers` is not an object")
    }
  }
}
