import Testing
import WhSession
import WhSyntax

@Suite("Independent scripts")
struct FreshStartTests {
  @Test("does not see the script before it")
  func startOver() async throws {
    let harness = try Harness()
    let session = harness.session
    let before = await session.currentOptions()
    await harness.run(
      """
      config conflicts overwrite
      config recheck 0
      config strict on
      on error continue
      let x = y
      use app one
      webhook * set url https://example.com/
      """)
    #expect(await session.currentOptions() != before)
    #expect(await session.uncommitted().changes > 0)
    await session.startOver(script: "b.wh", sha256: "", scope: Scope(), excluding: [])
    #expect(await session.currentOptions() == before)
    let scope = await session.currentScope()
    #expect(scope.variables.isEmpty && !scope.isStrict)
    #expect(await session.uncommitted().changes == 0)
    let trace = await harness.run("webhook *\necho after")
    #expect(trace.codes == [.noApps] && trace.texts.isEmpty, "errors stop it again")
  }
}
