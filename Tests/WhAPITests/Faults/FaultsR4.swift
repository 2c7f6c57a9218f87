import Testing
import WhDomain

@testable import WhAPI

@Suite("R4: an odd field is that webhook's problem alone")
struct FaultsR4 {
  private static let odd = [
    #""createdAt":"0001-01-01T00:00:00Z""#, #""createdAt":"""#, #""createdAt":null"#, #""createdAt":17"#,
    #""createdAt":{}"#, #""updatedAt":"9999-12-31T23:59:59Z""#, #""updatedAt":"yesterday""#, #""events":null"#,
    #""events":{}"#, #""events":["A",1]"#, #""headers":[]"#, #""headers":null"#, #""headers":{"X":3}"#,
    #""headers":{"X":true}"#, #""more":[{}]"#,
  ]

  private static func row(_ field: String) -> String { #"{"id":"odd","url":"u","events":["A"],\#(field)}"# }

  @Test("R4: what common servers send is read", arguments: odd)
  func tolerated(field: String) async throws {
    let server = ListServer([ListServer.row(1), Self.row(field), ListServer.row(2)])
    let list = try await server.webhooks()
    #expect(list.items.map(\.id.text) == ["w1", "odd", "w2"] && list.unreadable.isEmpty, "\(list.unreadable.reasons)")
  }

  @Test(
    "R4: what can't be read is left out and named",
    arguments: [
      (#""url":5,"url":null"#, "`url` is null"), (#""events":["A",null]"#, "`events[1]` is not a string"),
      (#""events":"A""#, "`events` is not a list"), (#""headers":{"X":null}"#, "`headers.X` is not a string"),
      (#""headers":"X: 1""#, "`headers` is not an object"), (#""appId":[]"#, "`appId` is not a string"),
    ])
  func leftOut(field: String, reason: String) async throws {
    let list = try await ListServer([ListServer.row(1), Self.row(field), ListServer.row(2)]).webhooks()
    #expect(list.items.map(\.id.text) == ["w1", "w2"])
    #expect(list.unreadable == UnreadableRows(["odd: \(reason)"]))
  }

  @Test("R4: all that are left out are counted, over all pages", arguments: [1, 20, 21, 60, 100, 250], [true, false])
  func counted(count: Int, tellsTotal: Bool) async throws {
    let rows = (0..<count).map { #"{"id":"odd\#($0)"}"# } + [ListServer.row(1)]
    let list = try await ListServer(rows, tellsTotal: tellsTotal).webhooks()
    #expect(list.items.count == 1 && list.rowCount == count + 1)
    #expect(list.unreadable.count == count && list.unreadable.reasons.count == count)
    #expect(list.unreadable.reasons.last == "odd\(count - 1): `url` is missing")
  }

  @Test("R4: of very many, as many reasons are kept as anybody reads")
  func bounded() async throws {
    let list = try await ListServer(Array(repeating: "[]", count: 30_000), cap: 30_000).webhooks()
    #expect(list.items.isEmpty && list.unreadable.count >= 100 && list.unreadable.reasons.count <= 1000)
    #expect(UnreadableRows((0..<5000).map { "w\($0): x" }).count == 5000)
    #expect(UnreadableRows((0..<5000).map { "w\($0): x" }).reasons.count == 1000)
  }

  /// It says nothing new, so it counts once.
  @Test("R4: a server that ignores offsets does not count its rows twice")
  func repeated() async throws {
    let body = #"[{"id":"odd"},\#(ListServer.row(1))]"#
    let client = HTTPAPIClient(
      sender: RetryingSender(StubTransport(200, body), policy: .once), base: .service, key: try APIKey("sk_admin_x"))
    let list = try await Page.all(by: \.id) { (offset) async throws(APIError) in
      try await client.listWebhooks(app: AppID(unchecked: "a"), offset: offset, limit: 100)
    }
    #expect(list.items.count == 1 && list.unreadable.count == 1)
  }

  @Test(
    "R4: a total is read as text too, and an impossible one says nothing",
    arguments: ["\"3\"", "3", "-1", "\"x\"", "1e99"])
  func totals(total: String) throws {
    let body = #"{"webhooks":[],"totalCount":\#(total)}"#
    let page = try PageWire(Array(body.utf8), listName: "webhooks").page { row throws(MalformedBody) in
      try row.text("id")
    }
    #expect(page.totalCount == (total.contains("3") ? 3 : nil))
  }
}
