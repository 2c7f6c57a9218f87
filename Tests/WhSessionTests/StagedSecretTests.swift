import Testing
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

/// A secret that only a value for each app, or the journal, makes of a text is hidden as well.
@Suite("Secrets of what is staged, and of what a journal holds")
struct StagedSecretTests {
  private static let canary = "cAnArY-5ec7et-value"
  private static let files = [
    "url.csv": "app.slug,hook\none,https://x.example/?token=\(canary)\n",
    "part.csv": "app.slug,part\none,\(canary)\n",
    "name.csv": "app.slug,user\none,me:\(canary)\n",
  ]

  private static func printed(_ texts: [String], _ redactor: Redactor) -> String {
    redactor.redact(texts.joined(separator: "\n"))
  }

  @Test(
    "are learned when they are staged",
    arguments: [
      "let hook from \"url.csv\" by app.slug; use app one; webhook w1; set url ${hook}",
      "let part from \"part.csv\" by app.slug; use app one; webhook w1; set url https://x.example/?token=${part}",
      "let part from \"part.csv\" by app.slug; use app one; webhook w1; set header X-Token ${part}",
      "let part from \"part.csv\" by app.slug; use app one; webhook w1; set header X-Url https://x.example/?key=${part}",
      "let part from \"part.csv\" by app.slug; use app one; create webhook https://x.example/?token=${part} events A",
      "let part from \"part.csv\" by app.slug; use app one; create webhook https://x.example events A header X-Key ${part}",
      "use app one; webhook w1; set url \"https://x.example/?token=${app.slug}\(canary)\"",
      "use app one; webhook w1; replace url https://old.example.com with https://x.example/?api_key=${app.id}\(canary)",
    ])
  func staged(script: String) async throws {
    let harness = try Harness(files: Self.files)
    let trace = await harness.run(script + "; diff")
    #expect(trace.codes == [])
    let urls = await harness.session.snapshot().view.plan.changes.map { "\($0.action)" }
    #expect(urls.joined().contains(Self.canary), "the canary is staged")
    #expect(!Self.printed(urls, harness.redactor).contains(Self.canary))
  }

  @Test(
    "are learned when a run is undone, resumed or shown by another process", arguments: ["undo; diff", "show run 1"])
  func journaled(statement: String) async throws {
    let (client, journal) = (Harness.twoApps(), MemoryRunLog())
    let url = "https://x.example/?api_key=\(Self.canary)"
    let place = "use app one; "
    await (try Harness(client, journal: journal)).run(place + "create webhook \(url) events A; commit")
    await (try Harness(client, journal: journal.another())).run(
      place + "webhook where host = x.example; delete webhook; commit")
    let later = try Harness(client, journal: journal.another())
    await later.run(place + statement)
    #expect(!later.redactor.redact(url).contains(Self.canary))
  }

  @Test("of a creation that was never sent are learned")
  func unsent() async throws {
    let app = App(id: AppID(unchecked: "app_1"))
    let change = Change(
      app: app, webhookID: nil,
      action: .create(
        url: "https://x.example/?token=\(Self.canary)", events: ["A"],
        headers: Headers([Header(name: "X-Url", value: "https://me:\(Self.canary)2@x.example")])))
    let redactor = Redactor()
    redactor.learn(secretsOf: [Intent(run: 1, index: 0, change: change, outcome: nil)])
    #expect(!redactor.redact("https://x.example/?token=\(Self.canary)").contains(Self.canary))
    #expect(!redactor.redact("https://me:\(Self.canary)2@x.example").contains(Self.canary))
  }

  @Test(
    "stay hidden in the errors of their own file, whose place is shown",
    arguments: [
      ("slug,sig\none,CANARY\ntwo,CANARY,oops\n", "s.csv:3:1"), ("slug,sig\none,CANARY\none,CANARYb\n", "s.csv:3:1"),
      ("slug,sig\none,\"CANARY\n", "s.csv:2:5"), ("slug,sig\none,\"CANARY\"x\n", "s.csv:2:26"),
    ])
  func csv(text: String, place: String) {
    let redactor = Redactor()
    let script = Binder(
      readFile: FakeWorld(files: ["s.csv": text.replacing("CANARY", with: Self.canary)]).effects.readFile,
      redactor: redactor
    ).bind(Source(name: "t.wh", text: "let sig from \"s.csv\" by app.slug"), in: Scope())
    let shown = script.diagnostics.map { redactor.redact(DiagnosticRenderer(redactor: redactor).render($0)) }.joined()
    #expect(script.diagnostics.map(\.code) == [.badCSV])
    #expect(!shown.contains(Self.canary) && shown.contains(place), "\(shown)")
  }

  @Test(
    "are hidden in the error of a url that they make invalid",
    arguments: ["https://${user}@x.example/", "ht!tp://x.example/?token=${user}", "https://x.example/ ?key=${user}"])
  func invalidURL(url: String) {
    let redactor = Redactor()
    let script = Binder(readFile: FakeWorld(files: Self.files).effects.readFile, redactor: redactor)
      .bind(Source(name: "t.wh", text: "let user from \"name.csv\" by app.slug; set url \"\(url)\""), in: Scope())
    let shown = script.diagnostics.map { redactor.redact(DiagnosticRenderer(redactor: redactor).render($0)) }.joined()
    #expect(script.diagnostics.map(\.code) == [.invalidURL])
    #expect(!shown.contains(Self.canary), "\(shown)")
  }

  @Test("A file of secrets that lacks a column is named")
  func missingColumn() {
    let redactor = Redactor()
    let script = Binder(
      readFile: FakeWorld(files: ["s.csv": "slug,a,b\none,1,2\n"]).effects.readFile, redactor: redactor
    ).bind(Source(name: "t.wh", text: "let token from \"s.csv\" by app.slug"), in: Scope())
    let shown = script.diagnostics.map { redactor.redact(DiagnosticRenderer(redactor: redactor).render($0)) }.joined()
    #expect(shown.contains("let token from \"s.csv\" by app.slug") && shown.contains("s.csv has no column `token`"))
  }
}
