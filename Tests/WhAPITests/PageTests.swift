import Synchronization
import Testing
import WhAPI
import WhDomain

@Suite("Lists in pages")
struct PageTests {
  /// What a server holds, and what it does with an offset.
  struct Server {
    let items: [Int]
    var total: Int?
    var knowsOffsets = true
    var size = 3

    func page(_ offset: Int) -> Page<Int> {
      Page(
        items: Array(items.dropFirst(knowsOffsets ? offset : 0).prefix(knowsOffsets ? size : .max)), totalCount: total)
    }
  }

  @Test(
    "End when all items were read, or when a page has nothing new",
    arguments: [
      // Without a total a short page is not the end: a server may return smaller pages than requested.
      (Server(items: []), [0]), (Server(items: [1, 2]), [0, 2]), (Server(items: [1, 2, 3]), [0, 3]),
      (Server(items: [1, 2, 3, 4, 5], size: 2), [0, 2, 4, 5]), (Server(items: [1, 2, 3], size: 1), [0, 1, 2, 3]),
      (Server(items: [1, 2, 3], total: 3), [0]), (Server(items: [1, 2, 3, 4], total: 4), [0, 3]),
      (Server(items: [1, 2, 3, 4, 5], total: 5, size: 2), [0, 2, 4]),
      (Server(items: [1], total: 1_000_000), [0, 1]), (Server(items: [1, 2, 3, 4], knowsOffsets: false), [0, 4]),
      (Server(items: [1, 2], total: 1_000_000, knowsOffsets: false), [0, 2]),
      // A server that always holds an item twice is believed the second time.
      (Server(items: [1, 2, 3, 3, 4], total: 5), [0, 3, 0, 3]),
    ] as [(Server, [Int])])
  func ends(server: Server, offsets: [Int]) async throws {
    for isFirstRead in [false, true] {
      let asked = Mutex<[Int]>([])
      let list = try await Page.all(by: \.self, first: isFirstRead ? server.page(0) : nil) {
        (offset) async throws(APIError) in
        asked.withLock { $0.append(offset) }
        return server.page(offset)
      }
      #expect(list.items == Array(Set(server.items)).sorted())
      #expect(asked.withLock(\.self) == (isFirstRead ? Array(offsets.dropFirst()) : offsets))
    }
  }

  /// Reads a list that changes before some of its pages are read, by their number.
  private func read(
    _ items: [Int], size: Int = 3, tellsTotal: Bool = true, changes: [Int: @Sendable (inout [Int]) -> Void]
  ) async throws -> (items: [Int], offsets: [Int]) {
    let state = Mutex((items: items, offsets: [Int]()))
    let list = try await Page.all(by: \.self) { (offset) async throws(APIError) -> Page<Int> in
      state.withLock { state in
        changes[state.offsets.count]?(&state.items)
        state.offsets.append(offset)
        return Page(
          items: Array(state.items.dropFirst(offset).prefix(size)), totalCount: tellsTotal ? state.items.count : nil)
      }
    }
    return (list.items, state.withLock { $0.offsets })
  }

  @Test func aRowThatIsDeletedMeanwhileHidesNoOther() async throws {
    let (items, offsets) = try await read(Array(1...8), changes: [1: { $0.removeFirst() }])
    #expect(items == Array(2...8))
    #expect(offsets == [0, 3, 0, 3, 6])
  }

  @Test func aRowThatIsAddedOrMovedMeanwhileIsSeen() async throws {
    for tellsTotal in [true, false] {
      let (added, _) = try await read(Array(1...8), tellsTotal: tellsTotal, changes: [1: { $0.insert(0, at: 0) }])
      #expect(Set(added) == Set(0...8))
      let (moved, _) = try await read(
        Array(1...8), tellsTotal: tellsTotal, changes: [1: { $0.insert($0.removeLast(), at: 0) }])
      #expect(Set(moved) == Set(1...8))
      let (last, _) = try await read(Array(1...4), tellsTotal: tellsTotal, changes: [1: { $0.append(5) }])
      #expect(last == Array(1...5))
    }
  }

  /// A list that keeps changing is read four times at most, and keeps what was seen.
  @Test func aListThatNeverStandsStillHasAnEnd() async throws {
    let changes = Dictionary(
      uniqueKeysWithValues: (1..<100).map { number in
        (number, { @Sendable (items: inout [Int]) in items.insert(-number, at: 0) })
      })
    let (items, offsets) = try await read(Array(1...8), changes: changes)
    #expect(Set(items).isSuperset(of: 1...8))
    #expect(offsets.count < 20)
    #expect(offsets.count { $0 == 0 } <= 4)
  }

  @Test(arguments: [nil, 1000])
  func aListWithoutAnEndIsRefused(total: Int?) async throws {
    let read = Mutex(0)
    await #expect {
      _ = try await Page.all(by: \.self) { (offset) async throws(APIError) -> Page<Int> in
        read.withLock { $0 += 1 }
        return Page(items: Array(offset..<offset + 100), totalCount: total.map { $0 + offset + 1 })
      }
    } throws: {
      ($0 as? APIError)?.category == .malformed && "\($0)".contains("the list does not end: ")
    }
    #expect(read.withLock(\.self) < (total == nil ? 1010 : 120))
  }

  @Test func rowsThatAreLeftOutAreCounted() async throws {
    let list = try await Page.all(by: \.self) { (offset) async throws(APIError) -> Page<Int> in
      Page(
        items: [offset, offset + 1], totalCount: 8, rowCount: 4,
        unreadable: UnreadableRows(["w\(offset): a", "w\(offset + 1): b"]))
    }
    #expect(list.items == [0, 1, 4, 5])
    #expect(list.unreadable == UnreadableRows(["w0: a", "w1: b", "w4: a", "w5: b"]))
    #expect(list.rowCount == 8)
  }
}
