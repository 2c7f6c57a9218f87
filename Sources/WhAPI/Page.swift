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

extension Page: Equatable where Item: Equatable {}
