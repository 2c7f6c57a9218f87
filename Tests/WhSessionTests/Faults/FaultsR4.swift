import Testing
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

@Suite("R4: what can't be read is counted and named")
struct FaultsR4 {
  @Test("R4: all of them are counted, some are shown", arguments: [1, 20, 21, 60, 1200])
  func count(count: Int) async throws {
    let client = Harness.twoApps()
    await client.spoil((1...count).map { "odd\($0): `url` is missing" }, of: "app_1")
    let harness = try Harness(client)
    let warnings = await harness.run("use app one; webhook *").diagnostics
    let warning = try #require(warnings.first)
    let verb = count == 1 ? "webhook can't be read and is" : "webhooks can't be read and are"
    #expect(warning.message == "\(count) \(verb) left out")
    #expect(warning.notes.count == (count > 20 ? 21 : count))
    if count > 20 { #expect(warning.notes.last == "and \(count - 20) more") }
    // Which is not shown is named too.
    let named = await harness.run("webhook odd\(min(count, 1000))")
    #expect(named.codes == [.unreadableWebhook])
    #expect(named.failures.first?.diagnostic.notes == ["odd\(min(count, 1000)): `url` is missing"])
  }
}
