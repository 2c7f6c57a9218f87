import WhDomain

/// A webhook as JSON has it.
struct WebhookWire: Decodable {
  let id: String
  let appId: String?
  let url: String
  let events: [String]
  let headers: [String: String]?
  let createdAt: String?
  let updatedAt: String?

  /// - Parameter app: The app that was asked about, for answers that do not repeat it.
  func webhook(of app: AppID?) throws(MalformedBody) -> Webhook {
    // The id that was asked for is held once for all that answer with it.
    guard let appID = try appId == app?.text ? app : appId.map(AppID.init(wire:)) ?? app else {
      throw MalformedBody(reason: "`appId` is missing")
    }
    var seen: Set<String> = []
    return Webhook(
      id: try WebhookID(wire: id), appID: appID, url: url, events: events.filter { seen.insert($0).inserted },
      headers: Headers((headers ?? [:]).map { Header(name: $0.key, value: $0.value) }),
      createdAt: try createdAt.map(Timestamp.init(wire:)), updatedAt: try updatedAt.map(Timestamp.init(wire:)))
  }
}

extension Identifier {
  init(wire text: String) throws(MalformedBody) {
    do throws(InvalidValue) {
      try self.init(text)
    } catch {
      throw MalformedBody(reason: "the id `\(text.prefix(140))` \(error.reason)")
    }
  }
}

extension Timestamp {
  init(wire text: String) throws(MalformedBody) {
    do throws(InvalidValue) {
      try self.init(text)
    } catch {
      throw MalformedBody(reason: "the time `\(text.prefix(60))` \(error.reason)")
    }
  }
}
