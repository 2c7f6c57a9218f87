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

    func page(_ offset: Int) -> Page<Int> {
      Page(items: Array(items.dropFirst(knowsOffsets ? offset : 0).prefix(knowsOffsets ? 3 : .max)), totalCount: total)
    }
  }

  @Test(
    "End where all items are in hand, or where a page brings nothing new",
    arguments: [
      (Server(items: []), [0]), (Server(items: [1, 2]), [0]), (Server(items: [1, 2, 3]), [0, 3]),
      (Server(items: [1, 2, 3], total: 3), [0]), (Server(items: [1, 2, 3, 4], total: 4), [0, 3]),
      // Items that a change has moved to the next page are counted once.
      (Server(items: [1, 2, 3, 3, 4], total: 5), [0, 3]), (Server(items: [1], total: 1_000_000), [0, 1]),
      (Server(items: [1, 2, 3, 4], knowsOffsets: false), [0, 4]),
      (Server(items: [1, 2], total: 1_000_000, knowsOffsets: false), [0, 2]),
    ] as [(Server, [Int])])
  func ends(server: Server, offsets: [Int]) async throws {
    for isFirstRead in [false, true] {
      let asked = Mutex<[Int]>([])
      let items = try await Page.all(by: \.self, size: 3, behind: isFirstRead ? server.page(0) : nil) {
        (offset) async throws(APIError) in
        asked.withLock { $0.append(offset) }
        return server.page(offset)
      }
      #expect(items == Array(Set(server.items)).sorted())
      #expect(asked.withLock(\.self) == (isFirstRead ? Array(offsets.dropFirst()) : offsets))
    }
  }
}
