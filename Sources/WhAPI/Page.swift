import WhDomain

/// One page of a list.
package struct Page<Item: Sendable>: Sendable {
  package let items: [Item]
  /// How many items all pages hold, where the server says.
  package let totalCount: Int?

  package init(items: [Item], totalCount: Int? = nil) {
    self.items = items
    self.totalCount = totalCount
  }
}

extension Page {
  /// Reads pages until all items are in hand. A page that brings nothing new is the last one: a server that knows no
  /// offset gives its first page for ever.
  ///
  /// - Parameters:
  ///   - size: how many items a full page holds.
  ///   - first: the first page, where it was read already.
  package static func all<ID: Hashable>(
    by id: (Item) -> ID, size: Int, behind first: Page? = nil,
    _ read: (_ offset: Int) async throws(APIError) -> Page
  ) async throws(APIError) -> [Item] {
    var items: [Item] = []
    var seen: Set<ID> = []
    var offset = 0
    var total: Int?
    var next = first
    while true {
      let page: Page
      if let first = next { page = first } else { page = try await read(offset) }
      next = nil
      let new = page.items.filter { seen.insert(id($0)).inserted }
      items += new
      offset += page.items.count
      total = page.totalCount ?? total
      if new.isEmpty || offset >= total ?? (page.items.count < size ? 0 : .max) { return items }
    }
  }
}

extension Page: Equatable where Item: Equatable {}
