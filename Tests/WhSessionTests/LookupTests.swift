import Testing
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

/// `let NAME from "FILE.csv" by KEY`.
@Suite struct LookupTests {
  static let files = [
    "sig.csv": "slug,sig\none,s3cret-1\ntwo,s3cret-2\n", "half.csv": "slug,sig\none,s3cret-1\n",
    "urls.csv": "app.id,team,target\napp_1,a,https://one.example/x\napp_2,b,https://two.example/y\n",
    "ids.csv": "webhook.id,team\nw1,red\nw2,blue\nw3,green\nv1,red\nv2,red\n",
    "twice.csv": "slug,sig\none,a\none,b\n", "empty.csv": "slug,sig\n", "blank.csv": "slug,sig\none,\ntwo,x\n",
  ]

  @Test(arguments: [
    ("let sig from \"sig.csv\" by app.slug; set header X-Signature ${sig}", "w1", "X-Signature", "s3cret-1"),
    ("let sig from \"sig.csv\" by app.slug; set header X-Signature \"v1=${sig}\"", "v2", "X-Signature", "v1=s3cret-2"),
    ("let team from \"ids.csv\" by webhook.id; set header X-Team ${team}", "w2", "X-Team", "blue"),
    ("let team from \"urls.csv\" by app.id; set header X-Team ${team}", "v1", "X-Team", "b"),
  ])
  func aHeaderGetsEachWebhooksOwn(_ script: String, _ id: String, _ header: String, _ value: String) async throws {
    let client = Harness.twoApps()
    let trace = await (try Harness(client, files: Self.files, answer: true))
      .run("use app *; webhook *; \(script); commit")
    #expect(trace.codes == [])
    #expect(await client.webhook(id)?.headers[header] == value)
  }

  @Test func aWholeURLMayComeFromAFile() async throws {
    let client = Harness.twoApps()
    let trace = await (try Harness(client, files: Self.files, answer: true))
      .run("let target from \"urls.csv\" by app.id; use app *; webhook * set url ${target}/${webhook.id}; commit")
    #expect(trace.codes == [])
    #expect(await client.webhook("w1")?.url == "https://one.example/x/w1")
    #expect(await client.webhook("v2")?.url == "https://two.example/y/v2")
  }

  @Test func anAppWithoutARowIsNamedAndNothingIsStaged() async throws {
    let trace = await (try Harness(files: Self.files))
      .run(
        "on error continue; let sig from \"half.csv\" by app.slug; use app *; webhook *; set header X-Sig ${sig}; status"
      )
    #expect(trace.codes == [.editRefused])
    #expect(
      trace.failures.first?.diagnostic.label
        == "the result needs `${sig}`, but half.csv has no row for app.slug `two`")
    #expect(trace.statuses.first?.plan.changes.isEmpty == true)
  }

  @Test(arguments: [
    ("let other from \"urls.csv\" by app.id", DiagnosticCode.badCSV, "urls.csv has no column `other`"),
    ("let sig from \"twice.csv\" by app.slug", .badCSV, "`one` has another value in an earlier row"),
    ("let app.id from \"sig.csv\" by app.slug", .reservedVariable, "`app.id` is a built-in variable"),
    ("let sig from \"none.csv\" by app.slug", .unreadableFile, "`none.csv` can't be read"),
    (
      "let sig from \"blank.csv\" by app.slug; set header X-Signature ${sig}", .emptyText,
      "the value of the secret header"
    ),
    ("let sig from \"sig.csv\" by app.slug; echo ${sig}", .placeholderNotAllowed, "`${sig}` is not available here"),
    ("let sig from \"sig.csv\" by app.slug; webhook where header X-Sig = ${sig}", .placeholderNotAllowed, "`${sig}`"),
    ("config strict on; let sig from \"empty.csv\" by app.slug", .badCSV, "empty.csv has no rows"),
    (
      "let t from \"ids.csv\" by webhook.id; create webhook https://x.example events A header X-T ${t}",
      .placeholderNotAllowed, "a webhook has no id before it is created"
    ),
  ])
  func mistakesAreFoundBeforeAnythingRuns(_ script: String, _ code: DiagnosticCode, _ message: String) throws {
    let found = try bind(script).filter { $0.severity == .error }
    #expect(found.map(\.code) == [code])
    #expect(found.first?.message.hasPrefix(message) == true, "\(found.map(\.message))")
  }

  private func bind(_ script: String) throws -> [Diagnostic] {
    let files = Self.files
    let binder = Binder(
      readFile: { path throws(FileProblem) in
        guard let text = files[path] else { throw FileProblem("no such file") }
        return Array(text.utf8)
      }, redactor: Redactor())
    return binder.bind(Source(name: "t.wh", text: script), in: Scope()).diagnostics
  }

  @Test func theCommandLineWins() async throws {
    let client = Harness.twoApps()
    let harness = try Harness(client, files: Self.files, answer: true, scope: Scope(fixed: ["sig": "given"]))
    await harness.run(
      "let sig from \"sig.csv\" by app.slug; use app one; webhook w1 set header X-Team ${sig}; commit")
    #expect(await client.webhook("w1")?.headers["X-Team"] == "given")
  }

  @Test func secretsOfAFileAreHidden() async throws {
    let harness = try Harness(files: Self.files)
    let trace = await harness.run(
      "let sig from \"sig.csv\" by app.slug; use app one; webhook w1 set header X-Signature ${sig}; show variables")
    #expect(harness.redactor.redact("s3cret-1 s3cret-2") == "•••• ••••")
    #expect(trace.settings == ["sig=2 values in sig.csv by app.slug"])
  }
}
