/// Names in the order of their bytes, so that those with a prefix are found by bisection.
struct SortedNames: Sendable {
  struct Entry: Sendable {
    let name: String
    let hint: String?
    /// The place of the app that it belongs to, in an index's list of apps.
    let app: Int
  }

  private let entries: [Entry]

  init(_ entries: [Entry] = []) {
    // Of ids the first bytes nearly always decide, and numbers are compared and moved faster than texts.
    let keys = entries.indices.map { (head: Self.head(of: entries[$0].name), place: $0) }
    let order = keys.sorted { left, right in
      left.head != right.head
        ? left.head < right.head : Self.compare(entries[left.place].name, entries[right.place].name) < 0
    }
    self.entries = order.map { entries[$0.place] }
  }

  /// The first eight bytes as a number that sorts as they do.
  private static func head(of text: String) -> UInt64 {
    var (number, count): (UInt64, UInt64) = (0, 0)
    for byte in text.utf8.prefix(8) {
      number = number << 8 | UInt64(byte)
      count += 1
    }
    return count == 0 ? 0 : number << (8 * (8 - count))
  }

  /// The entries that begin so.
  func matching(_ prefix: String) -> ArraySlice<Entry> {
    let start = firstIndex(from: 0) { Self.compare($0, prefix) >= 0 }
    let end = firstIndex(from: start) { !Self.hasPrefix($0, prefix) }
    return entries[start..<end]
  }

  /// The first entry for which the condition holds, if it holds for all after it.
  private func firstIndex(from start: Int, _ isSo: (String) -> Bool) -> Int {
    var (low, high) = (start, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if isSo(entries[middle].name) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  static func hasPrefix(_ text: String, _ prefix: String) -> Bool {
    text.utf8.count >= prefix.utf8.count && text.utf8.prefix(prefix.utf8.count).elementsEqual(prefix.utf8)
  }

  /// By bytes, unlike `<`, by which a letter and its accent may stand apart from the letter's other words.
  private static func compare(_ left: String, _ right: String) -> Int {
    var (left, right) = (left, right)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
          return left[index] < right[index] ? -1 : 1
        }
        return left.count - right.count
      }
    }
  }
}
