import Testing
import WhDomain

@testable import WhAPI

@Suite("R1: a short page is not the end of a list")
struct FaultsR1 {
  @Test(
    "R1: all is read of a list without a total, however few rows a page holds",
    arguments: [1, 7, 20, 25, 99, 100], [0, 1, 24, 25, 26, 60, 100, 201])
  func capped(cap: Int, count: Int) async throws {
    for envelope in ListServer.Envelope.allCases {
      let server = ListServer(ListServer.rows(0..<count), envelope, cap: cap, tellsTotal: false)
      let list = try await server.webhooks()
      #expect(list.items.map(\.id.text) == (0..<count).map { "w\($0)" }, "\(envelope)")
      // One more request is what it takes to know.
      #expect(server.pages == (count + cap - 1) / cap + 1, "\(envelope)")
    }
  }

  @Test("R1: with a total no request is wasted", arguments: [1, 25, 100], [1, 25, 60, 200])
  func total(cap: Int, count: Int) async throws {
    for envelope in [ListServer.Envelope.named, .data] {
      let server = ListServer(ListServer.rows(0..<count), envelope, cap: cap)
      #expect(try await server.webhooks().items.count == count)
      #expect(server.pages == (count + cap - 1) / cap)
    }
  }

  @Test("R1: apps are listed so too", arguments: ListServer.Envelope.allCases)
  func apps(envelope: ListServer.Envelope) async throws {
    let server = ListServer((0..<60).map { #"{"id":"a\#($0)"}"# }, envelope, cap: 25, tellsTotal: false)
    #expect(try await server.apps().items.map(\.id.text) == (0..<60).map { "a\($0)" })
  }
}
