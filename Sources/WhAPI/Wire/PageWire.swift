import WhDomain

/// A page as JSON has it: an object that holds the list beside `totalCount`, under its own name or as `data`, or the bare
/// list.
struct PageWire {
  private let rows: [JSONValue]
  private let totalCount: Int?
  private let continues: Bool

  /// - Parameter listName: the name under which the older resources hold the list.
  init(_ value: JSONValue, listName: String) throws(MalformedBody) {
    if case .array(let rows) = value {
      self.rows = rows
      totalCount = nil
      continues = false
      return
    }
    try value.object()
    switch value[listName] ?? value["data"] {
    case .array(let rows)?: self.rows = rows
    case .null?: rows = []
    case nil: throw MalformedBody("`\(listName)` is missing")
    default: throw MalformedBody("`\(listName)` is not a list")
    }
    totalCount = value.count("totalCount")
    continues = !(value["nextCursor"]?.text ?? "").isEmpty
  }

  init(_ body: [UInt8], listName: String) throws(MalformedBody) {
    guard let value = JSONValue(body) else { throw MalformedBody("it is not JSON") }
    try self.init(value, listName: listName)
  }

  /// The page with those of its rows that can be read.
  func page<Item>(_ read: (JSONValue) throws(MalformedBody) -> Item) -> Page<Item> {
    var items: [Item] = []
    var unreadable = UnreadableRows()
    for (index, row) in rows.enumerated() {
      do throws(MalformedBody) {
        items.append(try read(row))
      } catch {
        let name = row["id"]?.text.map { $0.cut(to: 140) } ?? "row \(index + 1)"
        unreadable.add("\(name): \(error.reason)")
      }
    }
    return Page(
      items: items, totalCount: totalCount, rowCount: rows.count, unreadable: unreadable, continues: continues)
  }
}
