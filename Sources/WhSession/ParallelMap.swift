/// Does work on each item, at most `limit` at once.
///
/// - Parameter each: called with each value as it comes, in the caller's isolation, with the place of its item. When it
///   says false no further item is begun.
func parallelForEach<Item: Sendable, Value: Sendable>(
  _ items: [Item], limit: Int, isolation: isolated (any Actor)? = #isolation, each: (Int, Value) -> Bool,
  _ work: @escaping @Sendable (Item) async -> Value
) async {
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
      if !each(index, value) { isStopped = true }
      begin()
    }
  }
}
