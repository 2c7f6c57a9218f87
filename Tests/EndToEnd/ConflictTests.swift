import Testing
import WhTestSupport

@Suite("Two clients change one webhook")
struct ConflictTests {
  @Test("Changes by others are not overwritten, and both sides are shown")
  func conflict() async throws {
    let home = try Home()
    let sandbox = try await SandboxProcess(home, "--data", home.path("data/service.sqlite"))
    let environment = sandbox.environment.merging(["WH_BASE_URL": ""]) { $1 }
    let options = ["--base-url", sandbox.url]
    let first = try await PromptSession(home, options, environment: environment, prompt: "default>")
    let second = try await PromptSession(home, options, environment: environment, prompt: "default>")
    let (chosen, staged) = ("default my-app/a0eebc99>", "default my-app/a0eebc99 *1>")
    for session in [first, second] {
      try await session.enter("config recheck 0", until: "default>")
      try await session.enter("use app my-app; webhook \(OneWebhook.webhook)", until: chosen)
    }
    try await first.enter("set url https://first.example.com/", until: staged)
    try await second.enter("set url https://second.example.com/", until: staged)
    let committed = try await first.enter("commit", until: chosen)
    #expect(committed.joined().contains("1 updated"), "\(committed)")

    let refused = try await second.enter("commit", until: staged).joined(separator: "\n")
    #expect(refused.contains("1 conflict") && refused.contains("changed by others since it was read"), "\(refused)")
    let (theirs, yours) = (refused.split(separator: "theirs:"), refused.split(separator: "yours:"))
    #expect(theirs.count == 2 && theirs[1].contains("+ url     https://first.example.com/"), "\(refused)")
    #expect(yours.count == 2 && yours[1].contains("+ url     https://second.example.com/"), "\(refused)")
    let held = try await home.wh(
      "-c", "use app my-app; webhook \(OneWebhook.webhook); show", environment: sandbox.environment)
    #expect(held.output.contains("https://first.example.com/"), "\(held.testDescription)")

    // Read again, the edit is applied to theirs and succeeds.
    try await second.enter("refresh", until: staged)
    let again = try await second.enter("commit", until: chosen)
    #expect(again.joined().contains("1 updated"), "\(again)")
  }
}
