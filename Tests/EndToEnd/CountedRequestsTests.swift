import Foundation
import Testing
import WhTestSupport

@Suite("How many requests a run takes")
struct CountedRequestsTests {
  @Test("The migration of 200 apps with 5 webhooks each takes 602 requests, and again 202 without a write")
  func migration() async throws {
    let home = try Home()
    let server = try CountingService(ServiceShape(apps: 200, webhooksPerApp: 5, oldPerApp: 2))
    try home.write("migrate.wh", ServiceShape.migration)

    let first = try await home.wh("run", "migrate.wh", environment: WhRun.environment(server))
    #expect(first.exit == 0, "\(first.testDescription)")
    let log = server.log
    #expect(Self.paths(log, "GET").count { $0.hasPrefix("/v1/organization/apps?") } == 2)
    #expect(Self.paths(log, "GET").count == 202)
    #expect(Self.paths(log, "PUT").count == 400)
    #expect(Set(log.map { $0.method + $0.path }).count == 602, "none twice")
    #expect(log.lastIndex { $0.method == "GET" } ?? 0 < log.firstIndex { $0.method == "PUT" } ?? 0)
    #expect((0..<1000).allSatisfy { server.fields(of: $0).isMigrated })

    server.clearLog()
    let second = try await home.wh("run", "migrate.wh", environment: WhRun.environment(server))
    #expect(second.exit == 0, "\(second.testDescription)")
    #expect(server.log.count == 202)
    #expect(Self.paths(server.log, "PUT").isEmpty)
  }

  @Test("The shards of a run cover each app once")
  func shards() async throws {
    let server = try CountingService(ServiceShape(apps: 24, webhooksPerApp: 2, oldPerApp: 1))
    for number in 1...3 {
      let run = try await Home().wh(
        "--shard", "\(number)/3", "-c", ServiceShape.migration, environment: WhRun.environment(server))
      #expect(run.exit == 0, "\(run.testDescription)")
    }
    let lists = Self.paths(server.log, "GET").filter { $0.contains("/webhooks?") }
    #expect(lists.count == 24 && Set(lists).count == 24)
    let writes = Self.paths(server.log, "PUT")
    #expect(writes.count == 24 && Set(writes).count == 24)
    #expect((0..<48).allSatisfy { server.fields(of: $0).isMigrated })
  }

  private static func paths(_ log: [ServedRequest], _ method: String) -> [String] {
    log.filter { $0.method == method }.map(\.path)
  }
}

extension WhRun {
  /// A counting server, with a key.
  static func environment(_ server: CountingService) -> [String: String] {
    ["WH_BASE_URL": server.url, "WH_API_KEY": OneWebhook.adminKey]
  }
}
