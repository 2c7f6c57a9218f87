import Testing
import WhDomain

@testable import WhAPI

@Suite("R3: what others delete while a list is read hides nothing")
struct FaultsR3 {
  /// The places that are deleted, and the page before which that happens.
  @Test(
    "R3: whatever was deleted when, all that stays is found",
    arguments: [[0], [99], [100], [199], [249], [0, 1, 2], Array(0..<100), Array(0..<150), Array(100..<250)], [1, 2])
  func deleted(places: [Int], page: Int) async throws {
    for cap in [100, 30] {
      let server = ListServer(
        ListServer.rows(0..<250), cap: cap,
        changes: [page: { rows in for place in places.reversed() { rows.remove(at: place) } }])
      let found = Set(try await server.webhooks().items.map(\.id.text))
      let left = (0..<250).filter { !places.contains($0) }.map { "w\($0)" }
      #expect(found.isSuperset(of: left), "\(Set(left).subtracting(found).sorted())")
      #expect(server.pages <= 2 * 9 + 2)
    }
  }

  @Test("R3: so it is with one deletion before each page")
  func steadily() async throws {
    let changes = Dictionary(
      uniqueKeysWithValues: (1...3).map { ($0, { @Sendable (rows: inout [String]) in _ = rows.removeFirst() }) })
    let server = ListServer(ListServer.rows(0..<250), changes: changes)
    #expect(Set(try await server.webhooks().items.map(\.id.text)).isSuperset(of: (3..<250).map { "w\($0)" }))
  }

  @Test("R3: a row that is added meanwhile hides none")
  func added() async throws {
    let server = ListServer(ListServer.rows(0..<250), changes: [1: { $0.insert(ListServer.row(999), at: 0) }])
    let found = Set(try await server.webhooks().items.map(\.id.text))
    #expect(found.isSuperset(of: (0..<250).map { "w\($0)" }))
  }
}
