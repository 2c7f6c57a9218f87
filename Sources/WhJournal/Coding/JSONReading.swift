import Foundation
import WhDomain

/// The shapes that `JSONWriter` writes, read again.
enum JSONReading {
  /// - Parameter reference: a webhook that has the ids of the change.
  static func webhook(_ text: String, of reference: Webhook) throws(DamagedText) -> Webhook {
    let wire = try decode(Fields.self, text)
    guard let url = wire.url, let events = wire.events else { throw DamagedText("an incomplete webhook") }
    do {
      return Webhook(
        id: try wire.id.map { try WebhookID($0) } ?? reference.id,
        appID: wire.appId.map(AppID.init(unchecked:)) ?? reference.appID, url: url, events: events,
        headers: try wire.domainHeaders ?? Headers(), createdAt: try wire.createdAt.map { try Timestamp($0) },
        updatedAt: try wire.updatedAt.map { try Timestamp($0) })
    } catch {
      throw DamagedText("a webhook with an invalid value: \(error)")
    }
  }

  static func patch(_ text: String) throws(DamagedText) -> WebhookPatch {
    let wire = try decode(Fields.self, text)
    return WebhookPatch(url: wire.url, events: wire.events, headers: try wire.domainHeaders)
  }

  static func origins(_ text: String) throws(DamagedText) -> [Origin] {
    try decode([Place].self, text).map {
      Origin(source: $0.source, line: $0.line, column: $0.column, statement: $0.statement)
    }
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws(DamagedText) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw DamagedText("JSON in an unknown format")
    }
  }

  private struct Fields: Decodable {
    let id: String?
    let appId: String?
    let url: String?
    let events: [String]?
    let headers: [[String]]?
    let createdAt: String?
    let updatedAt: String?

    var domainHeaders: Headers? {
      get throws(DamagedText) {
        guard let headers else { return nil }
        var all: [Header] = []
        for pair in headers {
          guard pair.count == 2 else { throw DamagedText("a header that is not a pair") }
          all.append(Header(name: pair[0], value: pair[1]))
        }
        return Headers(all)
      }
    }
  }

  private struct Place: Decodable {
    let source: String
    let line: Int
    let column: Int
    let statement: String
  }
}
