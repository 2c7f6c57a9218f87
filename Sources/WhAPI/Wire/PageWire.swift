/// A page as JSON has it: an object that holds the list beside `totalCount`, or the bare list.
struct PageWire<Item: PageItem>: Decodable {
  let items: [Item]
  let totalCount: Int?

  init(from decoder: any Decoder) throws {
    if let list = try? decoder.unkeyedContainer() {
      _ = list
      items = try decoder.singleValueContainer().decode([Item].self)
      totalCount = nil
      return
    }
    let object = try decoder.container(keyedBy: PageKey.self)
    items = try object.decode([Item].self, forKey: PageKey(Item.listName))
    totalCount = try object.decodeIfPresent(Int.self, forKey: PageKey("totalCount"))
  }
}

/// What a page may hold.
protocol PageItem: Decodable {
  /// The name under which the page's object holds the list.
  static var listName: String { get }
}

extension WebhookWire: PageItem {
  static let listName = "webhooks"
}

extension AppWire: PageItem {
  static let listName = "apps"
}

private struct PageKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ text: String) { stringValue = text }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
