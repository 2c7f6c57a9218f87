import WhDomain

/// One page of a list, or a whole list.
package struct Page<Item: Sendable>: Sendable {
  package let items: [Item]
  /// How many items all pages hold, where the server says; 0 to 1,000,000,000.
  package let totalCount: Int?
  /// How many rows the page held, with those that are not among the items.
  package let rowCount: Int
  /// The rows that are not among the items.
  package let unreadable: UnreadableRows
  /// True where the server says that more pages follow, by giving a cursor for the next one.
  package let continues: Bool
  /// What stands after the last row of the whole list, whichever page that is on: webhooks that a plan creates.
  package let following: [Item]

  package init(
    items: [Item], totalCount: Int? = nil, rowCount: Int? = nil, unreadable: UnreadableRows = UnreadableRows(),
    continues: Bool = false, following: [Item] = []
  ) {
    self.items = items
    self.totalCount = totalCount
    self.rowCount = rowCount ?? items.count
    self.unreadable = unreadable
    self.continues = continues
    self.following = following
  }
}

extension Page {
  /// Reads pages until all items are in hand, which only the server's total or a page without new rows shows.
  ///
  /// If rows have moved in the meantime, so that one may have been missed, it reads the list again from its beginning, up to
  /// three times.
  ///
  /// - Parameter first: the first page, where it was read already.
  /// - Throws: what `read` throws, and `.malformed` for a list that does not end, or whose rest the server does not give.
  package static func all<ID: Hashable>(
    by id: (Item) -> ID, first: Page? = nil, _ read: (_ offset: Int) async throws(APIError) -> Page
  ) async throws(APIError) -> Page {
    var list = ListReading<Item, ID>()
    if let first { list.add(first, by: id) }
    while !list.isWhole {
      if let problem = list.problem { throw APIError(.malformed, message: problem) }
      list.add(try await read(list.offset), by: id)
    }
    return list.whole
  }
}

extension Page: Equatable where Item: Equatable {}
