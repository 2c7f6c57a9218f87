import WhDomain

/// A list that is read page by page while others may change it.
struct ListReading<Item: Sendable, ID: Hashable> {
  /// Where the next page begins.
  private(set) var offset = 0
  private(set) var isWhole = false

  private var items: [ID: Item] = [:]
  /// All that were seen, in the order in which they came first.
  private var order: [ID] = []
  private var pass = Pass()
  private var firstTotal: Int?
  private var restarts = 0
  private var lastMove: Move?
  private var isCutOff = false
  /// What the last page said of the end of the list.
  private var following: [Item] = []

  /// One reading from the beginning on.
  private struct Pass {
    var order: [ID] = []
    var seen: Set<ID> = []
    var unreadable = UnreadableRows()
    var reasons: Set<String> = []
    var total: Int?
    var isSteady = true
  }

  /// Where a row came that another page had held before.
  private struct Move: Equatable {
    let offset: Int
    let id: ID?
  }

  private static var mostRestarts: Int { 3 }

  /// Rows beyond which the server is not to be believed any more.
  private var mostRows: Int { (firstTotal ?? 90_000) + 10_000 }

  /// What is wrong with the list: it is too long, or the server does not give the rest.
  var problem: String? {
    if isCutOff { return "the server ignores `offset`, and the list continues after \(offset.counting("row"))" }
    guard offset > mostRows else { return nil }
    let told = firstTotal.map { ", but the server reported \($0) at first" } ?? ""
    return "the list does not end: read \(offset) rows\(told)"
  }

  /// All items; where they have moved in every pass, those of all passes.
  var whole: Page<Item> {
    let ids = pass.isSteady ? pass.order : order
    return Page(
      items: ids.compactMap { items[$0] } + following, totalCount: pass.total, rowCount: offset,
      unreadable: pass.unreadable)
  }

  mutating func add(_ page: Page<Item>, by id: (Item) -> ID) {
    following = page.following
    let ids = page.items.map(id)
    for (id, item) in zip(ids, page.items) where items.updateValue(item, forKey: id) == nil { order.append(id) }
    let repeated = ids.first(where: pass.seen.contains)
    let ignoresOffset = repeated != nil && repeated == pass.order.first && repeated == ids.first
    let move = Move(offset: offset, id: repeated)
    let hasShrunk = (page.totalCount ?? .max) < pass.total ?? 0
    if ignoresOffset, page.continues {
      isCutOff = true
      return
    }
    let hasNew = add(ids, page)
    if ignoresOffset || page.rowCount == 0 && !hasShrunk || !hasNew && pass.total == nil {
      isWhole = true
    } else if hasShrunk || repeated != nil && move != lastMove {
      lastMove = move
      restart()
    } else if !hasNew || offset >= pass.total ?? .max {
      isWhole = true
    }
  }

  /// False when this pass knew all of them.
  private mutating func add(_ ids: [ID], _ page: Page<Item>) -> Bool {
    let known = pass.order.count
    for id in ids where pass.seen.insert(id).inserted { pass.order.append(id) }
    let newReasons = page.unreadable.reasons.filter { pass.reasons.insert($0).inserted }
    pass.total = page.totalCount ?? pass.total
    firstTotal = firstTotal ?? pass.total
    offset += page.rowCount
    // For rows without an id, only the server's total shows whether they came before.
    let hasOthers = page.rowCount > page.items.count && pass.total != nil
    let hasNew = hasOthers || known != pass.order.count || !newReasons.isEmpty
    if hasNew { pass.unreadable.add(page.unreadable.count, newReasons) }
    return hasNew
  }

  private mutating func restart() {
    guard restarts < Self.mostRestarts else {
      pass.isSteady = false
      isWhole = offset >= pass.total ?? .max
      return
    }
    restarts += 1
    pass = Pass()
    offset = 0
  }
}
