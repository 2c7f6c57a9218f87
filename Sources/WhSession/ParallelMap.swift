/// Does work on each item, at most `limit` at once, and gives the values in the order of the items.
///
/// - Parameter stop: called with each value as it comes; when it says true no further item is begun, and the values of
///   those that were not are nil.
func parallelMap<Item: Sendable, Value: Sendable>(
  _ items: [Item], limit: Int, isolation: isolated (any Actor)? = #isolation, stop: (Value) -> Bool = { _ in false },
  _ work: @escaping @Sendable (Item) async -> Value
) async -> [Value?] {
  var values = [Value?](repeating: nil, count: items.count)
  await withTaskGroup(of: (Int, Value).self) { group in
    var next = 0
    var isStopped = false
    func begin() {
      guard next < items.count, !isStopped else { return }
      let (index, item) = (next, items[next])
      group.addTask { (index, await work(item)) }
      next += 1
    }
    for _ in 0..<max(1, limit) { begin() }
    while let (index, value) = await group.next() {
      if stop(value) { isStopped = true }
      values[index] = value
      begin()
    }
  }
  return values
}
