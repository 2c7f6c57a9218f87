import Testing
import WhDomain

@testable import WhAPI

@Suite("R2: both documented envelopes are read")
struct FaultsR2 {
  private static func body(_ name: String) -> String { #"{"\#(name)":[\#(ListServer.row(1))],"totalCount":7}"# }

  @Test("R2: under its own name, and as `data`", arguments: ["webhooks", "data"])
  func names(name: String) async throws {
    let page = try PageWire(Array(Self.body(name).utf8), listName: "webhooks").page { row throws(MalformedBody) in
      try row.text("id")
    }
    #expect(page == Page(items: ["w1"], totalCount: 7))
  }

  @Test(
    "R2: with and without a total, for apps and for webhooks", arguments: ListServer.Envelope.allCases, [true, false])
  func lists(envelope: ListServer.Envelope, tellsTotal: Bool) async throws {
    let webhooks = ListServer(ListServer.rows(0..<150), envelope, tellsTotal: tellsTotal)
    #expect(try await webhooks.webhooks().items.count == 150)
    let apps = ListServer((0..<150).map { #"{"id":"a\#($0)"}"# }, envelope, tellsTotal: tellsTotal)
    #expect(try await apps.apps().items.count == 150)
  }

  @Test("R2: a list under another name is none", arguments: ["apps", "items", "Data", "webhook"])
  func others(name: String) {
    #expect(throws: MalformedBody.self) { try PageWire(Array(Self.body(name).utf8), listName: "webhooks") }
  }
}
