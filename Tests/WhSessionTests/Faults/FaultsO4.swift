import Testing
import WhAPI
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@Suite("Plans over several profiles")
struct FaultsO4 {
  @Test("O4: equal ids of two profiles are two changes, each with its profile")
  func twoProfiles() async throws {
    let harness = try Harness(isDryRun: true, others: ["b": Harness.twoApps()])
    let edit = "use app one; webhook w1; add event MESSAGE_FAILED; commit"
    let trace = await harness.run("\(edit); use profile b; \(edit)")
    #expect(trace.failures.isEmpty)
    let parts = harness.dryRuns.parts()
    #expect(parts.map(\.profile) == ["default", "b"])
    #expect(parts.map { $0.plan.changes.map { $0.webhookID?.text } } == [["w1"], ["w1"]])
    #expect(harness.dryRuns.plan.changes.count == 2)
  }

  @Test("O4: a profile that is used again goes on with what was planned for it")
  func thereAndBack() async throws {
    let service = Harness.twoApps()
    let harness = try Harness(service, isDryRun: true, others: ["a": service, "b": Harness.twoApps()])
    let select = "use app one; webhook w1"
    let trace = await harness.run(
      """
      use profile a; \(select); add event MESSAGE_FAILED; commit
      use profile b; \(select); add event MESSAGE_READ; commit
      use profile a; \(select); expect event MESSAGE_FAILED; remove event MESSAGE_SENT; commit
      """)
    #expect(trace.failures.isEmpty, "\(trace.failures.map(\.diagnostic.message))")
    let parts = harness.dryRuns.parts()
    #expect(parts.map(\.profile) == ["a", "b"])
    #expect(parts.map(\.plan.changes.count) == [1, 1])
    #expect(parts[0].plan.changes[0].after?.events == ["MESSAGE_CREATED", "MESSAGE_FAILED"])
    #expect(parts[0].plan.changes[0].before?.events == ["MESSAGE_CREATED", "MESSAGE_SENT"])
  }

  @Test("O4: what a commit sends names its profile")
  func commits() async throws {
    let harness = try Harness(others: ["b": Harness.twoApps()])
    let edit = "use app one; webhook w1; add event MESSAGE_FAILED; commit"
    let first = await harness.run(edit)
    let second = await harness.run("use profile b; \(edit)")
    #expect([first.report?.profile, second.report?.profile] == ["default", "b"])
  }
}
