import Foundation
import Testing

@testable import WhSandbox

@Suite("Pages")
struct PagingTests {
  static let data = DemoData.generate(apps: 130, webhooksPerApp: 1)

  @Test(
    "limit and offset choose a part of the list",
    arguments: [
      ("", 0..<20), ("?limit=1", 0..<1), ("?limit=100", 0..<100), ("?limit=100&offset=100", 100..<130),
      ("?offset=129", 129..<130), ("?offset=130", 130..<130), ("?offset=9999&limit=5", 130..<130),
      ("?other=x&limit=7&offset=3", 3..<10),
    ])
  func apps(query: String, range: Range<Int>) async throws {
    try await Harness.run(data: Self.data) { service in
      let reply = try await service.call("GET", "/v1/organization/apps\(query)")
      #expect(reply.status == 200)
      #expect(try reply.object["totalCount"] as? Int == 130)
      #expect(try reply.items("apps").map { $0["id"] as? String } == Self.data.apps[range].map(\.id))
    }
  }

  @Test("pages of webhooks join to the whole list")
  func webhooks() async throws {
    let data = DemoData.generate(apps: 2, webhooksPerApp: 45)
    try await Harness.run(data: data) { service in
      var ids: [String?] = []
      for offset in stride(from: 0, to: 60, by: 20) {
        let path = "/v1/organization/apps/\(data.apps[1].id)/webhooks?limit=20&offset=\(offset)"
        ids += try await service.call("GET", path).items("webhooks").map { $0["id"] as? String }
      }
      #expect(ids == data.webhooks.suffix(45).map(\.id))
    }
  }
}
