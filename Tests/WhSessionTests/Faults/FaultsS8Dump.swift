import Testing
import WhDomain
import WhSession
import WhTestSupport

/// Found by `scripts/fuzz dump`.
@Suite("S8: a dump can be read back whatever the service holds")
struct FaultsS8Dump {
  @Test(
    "S8: events that begin as something else",
    arguments: [
      "!B", "=B", "~", "<A", ">", ">!", "|", "#a", "'a", "\"a", "a\\", "${a}", "where", "to", "\u{201C}a", "(a", "a)",
      "*", "?",
    ], ["dump", "dump strict"])
  func events(_ event: String, _ statement: String) async throws {
    let client = Harness.twoApps()
    await client.change("w1", WebhookPatch(events: [event, "MESSAGE_SENT"]))
    let script = try #require(
      await Harness(client).run("use app *; webhook *; \(statement)").scripts.first, "\(event)")
    let again = try Harness(client)
    await again.client.forgetCalls()
    let trace = await again.run(script)
    #expect(trace.codes == [], "\(script)")
    #expect(await again.client.calls.filter { $0.hasPrefix("put") } == [])
  }
}
