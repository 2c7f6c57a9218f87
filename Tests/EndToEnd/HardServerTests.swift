import Foundation
import Testing
import WhDeterminism
import WhTestSupport

@Suite("Servers that limit and fail")
struct HardServerTests {
  @Test("A limit of three windows is never exceeded")
  func limit() async throws {
    var shape = ServiceShape(apps: 10, webhooksPerApp: 5, oldPerApp: 4)
    shape.limit = (20, 1)
    let server = try CountingService(shape)
    let run = try await Home().wh("-c", ServiceShape.migration, environment: WhRun.environment(server))
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect(server.log.count == 1 + 10 + 40)
    #expect(!server.log.contains { $0.status == 429 })
    #expect((0..<50).allSatisfy { server.fields(of: $0).isMigrated })
  }

  @Test(
    "With a fifth of all requests failing, all webhooks end as requested, and nothing is retried without cause",
    arguments: Seeds.first(2))
  func faults(seed: UInt64) async throws {
    var shape = ServiceShape(apps: 40, webhooksPerApp: 5, oldPerApp: 5)
    shape.faultShare = 0.2
    shape.stall = .milliseconds(300)
    shape.seed = seed
    let server = try CountingService(shape)
    let run = try await Home().wh("-c", ServiceShape.migration, environment: WhRun.environment(server))
    #expect(run.exit == 0, "\(run.testDescription)")
    #expect((0..<200).allSatisfy { server.fields(of: $0).isMigrated })
    let log = server.log
    #expect(CountingService.needlessRepeats(in: log).isEmpty)
    #expect(Set(log.compactMap(\.fault)).count == ServiceFault.allCases.count, "the seed draws all kinds")
  }

  @Test("A retry after a good answer counts as unnecessary")
  func needless() {
    func request(
      _ status: Int?, _ fault: ServiceFault? = nil, method: String = "PUT", at time: Duration = .zero
    ) -> ServedRequest {
      ServedRequest(method: method, path: "/a", status: status, fault: fault, key: "k", time: time)
    }
    #expect(
      CountingService.needlessRepeats(in: [request(500, .status500), request(nil, .resetAfter), request(200)]).isEmpty)
    #expect(CountingService.needlessRepeats(in: [request(200), request(200)]).count == 1)
    #expect(CountingService.needlessRepeats(in: [request(200, .stall), request(500, .status500)]).count == 1)
    #expect(CountingService.needlessRepeats(in: [request(200), request(200, at: .seconds(60))]).count == 1)
    // What was read longer ago than `recheck` is read again.
    let reads = [0, 40, 45].map { request(200, method: "GET", at: .seconds($0)) }
    #expect(CountingService.needlessRepeats(in: reads).map(\.time) == [.seconds(45)])
    // A write between two reads is a cause for the second one, and none for a third.
    let afterWrite = ["GET", "PUT", "GET", "GET"].map { request(200, $0 == "PUT" ? .garbage : nil, method: $0) }
    #expect(CountingService.needlessRepeats(in: afterWrite).count == 1)
  }
}
