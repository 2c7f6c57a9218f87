import Testing
import WhTestSupport

@Suite("Names that Tab knows from earlier sessions")
struct KnownNamesTests {
  @Test("Names that one prompt listed are completed by the next, and Tab sends nothing")
  func kept() async throws {
    let home = try Home()
    let server = try OneWebhook().serve()
    let environment = WhRun.environment(server)
    let first = try await PromptSession(home, [], environment: environment, prompt: "default>")
    try await first.enter("use app my-app", until: "default my-app>")
    first.terminal.send(Keys.control("d"))
    #expect(try await first.terminal.waitForExit() == .exited(0))
    #expect(try home.mode("state/wh/names/default") == 0o600)
    #expect(try !home.text("state/wh/names/default").contains("sk_"))

    let second = try await PromptSession(home, [], environment: environment, prompt: "default>")
    let greeted = server.requests.count
    let line = "use app my-app; webhook \(OneWebhook.webhook.prefix(4))"
    try await second.type(line + Keys.tab, until: "default> use app my-app; webhook \(OneWebhook.webhook)")
    #expect(server.requests.count == greeted)
  }

  @Test("An unusable file of names is ignored", arguments: ["", "nonsense", "wh names 1\thttps://x\napp"])
  func damaged(content: String) async throws {
    let home = try Home()
    try home.makeFolder("state/wh/names")
    try home.write("../state/wh/names/sandbox", content)
    let session = try await PromptSession(home)
    try await session.type("use app my-" + Keys.tab, until: "sandbox> use app my-app")
  }

  @Test("`undo` completes run numbers with descriptions")
  func runs() async throws {
    let home = try Home()
    let committed = try await home.wh("--sandbox", "-c", "use app my-app; webhook *; set header X-Team red; commit")
    #expect(committed.exit == 0, "\(committed.testDescription)")
    let session = try await PromptSession(home)
    session.terminal.send("undo " + Keys.tab)
    try await session.terminal.wait(for: ", -c, 3 updated")
    try await session.type("1" + Keys.tab, until: "sandbox> undo 1")
  }
}
