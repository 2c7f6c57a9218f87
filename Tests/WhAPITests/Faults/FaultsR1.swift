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

  /// Else the first page would be taken for all of the list.
  @Test(
    "R1: a server that pages by cursor alone is refused, unless one page holds all",
    arguments: [
      (#","nextCursor":"c""#, true), (#","nextCursor":7"#, true), (#","nextCursor":"c","totalCount":60"#, true),
      (#","nextCursor":null"#, false), (#","nextCursor":"""#, false), ("", false), (#","totalCount":1"#, false),
    ])
  func cursors(more: String, isRefused: Bool) async throws {
    let transport = StubTransport(200, #"{"data":[\#(ListServer.row(1))]\#(more)}"#)
    let client = HTTPAPIClient(
      sender: RetryingSender(transport, policy: .once), base: .service, key: try APIKey("sk_admin_x"))
    let list = await Task {
      try await Page.all(by: \.id) { (offset) async throws(APIError) in
        try await client.listWebhooks(app: AppID(unchecked: "a"), offset: offset, limit: 100)
      }
    }.result
    if isRefused {
      #expect { try list.get() } throws: {
        "\($0)" == "the server ignores `offset`, and the list continues after 1 row"
      }
    } else {
      #expect(try list.get().items.count == 1)
    }
    #expect(transport.requests.count <= 2)
  }
}
