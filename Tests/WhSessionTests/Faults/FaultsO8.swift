import Testing
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@Suite("Long lists are complete in data and folded on the screen")
struct FaultsO8 {
  @Test("O8: a failed expect has all offenders, and the screen shows 20 of them")
  func offenders() async throws {
    let harness = try Harness(Harness.bigApp(50))
    let failure = try #require(await harness.run("use app app_1; webhook *; expect event A").failures.first)
    #expect(failure.diagnostic.notes.count == 50)
    let drawn = DiagnosticRenderer(mostNotes: 20).render(failure.diagnostic)
    #expect(drawn.split(separator: "\n").count { $0.contains("= app_1/w") } == 20)
    #expect(drawn.contains("= and 30 more\n"))
  }

  @Test("O8: 20 offenders are shown without a fold")
  func few() async throws {
    let harness = try Harness(Harness.bigApp(20))
    let failure = try #require(await harness.run("use app app_1; webhook *; expect event A").failures.first)
    #expect(!DiagnosticRenderer(mostNotes: 20).render(failure.diagnostic).contains("more"))
  }
}
