import Testing
import WhDomain
import WhSession
import WhSyntax
import WhTestSupport

/// `except`, `limit`, and names in files.
@Suite struct SelectionTests {
  static let files = [
    "two.csv": "app.slug,owner\ntwo,Ann\n", "ids.csv": "owner,id\nAnn,app_1\n\"B, C\",app_2\n",
    "first.csv": "app\r\n\"one\"\r\n", "webhooks.csv": "webhook.id,url\nw1,\"a \"\"b\"\"\"\nv2,\n",
    "bom.csv": "\u{FEFF}id\nw1\n\n", "plain.txt": "w1 # first\n\nw3\n", "gaps.csv": "id,url\nw1,\n,x\n",
  ]

  @Test(arguments: [
    ("use app * except two; webhook *", ["w1", "w2", "w3"]), ("use app * except app_1; webhook *", ["v1", "v2"]),
    ("use app one, two except t*; webhook *", ["w1", "w2", "w3"]),
    ("use app * limit 1; webhook *", ["w1", "w2", "w3"]),
    ("use app * except where slug = one limit 5; webhook *", ["v1", "v2"]),
    ("use app * except from \"two.csv\"; webhook *", ["w1", "w2", "w3"]),
    ("use app from \"ids.csv\" except one; webhook *", ["v1", "v2"]),
    ("use app from \"first.csv\"; webhook *", ["w1", "w2", "w3"]),
    ("use app *; webhook * except w1, v*", ["w2", "w3"]),
    ("use app *; webhook * except where event MESSAGE_SENT", ["w3"]), ("use app *; webhook * limit 2", ["w1", "w2"]),
    ("use app *; webhook where event MESSAGE_SENT except w1 limit 2", ["w2", "v1"]),
    ("use app *; webhook w1, w2, v1 except w2", ["w1", "v1"]), ("use app one; webhook w1, w2 except w2", ["w1"]),
    ("use app *; webhook from \"webhooks.csv\"", ["w1", "v2"]), ("use app one; webhook from \"bom.csv\"", ["w1"]),
    ("use app *; webhook * except from \"plain.txt\" limit 1", ["w2"]),
    ("use app one; webhook * except w1, w2, w3", []),
    ("use app one; webhook from \"gaps.csv\"", ["w1"]), ("let n = 2; use app *; webhook * limit ${n}", ["w1", "w2"]),
  ])
  func comesTo(_ script: String, _ ids: [String]) async throws {
    let trace = await (try Harness(files: Self.files)).run("\(script); show")
    #expect(trace.codes == [])
    #expect(trace.rows.compactMap { $0.split(separator: " ").first.map(String.init) } == ids)
  }

  /// An exception that names nothing is most likely misspelled, and then too much would be selected.
  @Test(arguments: [
    ("use app * except nosuch", DiagnosticCode.unknownApp, "nosuch"),
    ("use app one; webhook * except w9", .unknownWebhook, "w9"),
    ("use app one, two; webhook w1 except w1, w9", .unknownWebhook, "w9"),
  ])
  func anExceptionThatNamesNothingIsAnError(_ script: String, _ code: DiagnosticCode, _ place: String) async throws {
    let trace = await (try Harness()).run(script)
    #expect(trace.codes == [code])
    #expect(trace.failures.first?.diagnostic.span.text == place)
  }

  /// With an edit after it, the edit is of what is left.
  @Test func anEditFollowsALimit() async throws {
    let client = Harness.twoApps()
    await (try Harness(client, answer: true)).run("use app one; webhook * except w1 limit 1 add event NEW; commit")
    #expect(await client.webhook("w2")?.events == ["MESSAGE_SENT", "NEW"])
    #expect(await client.webhook("w1")?.events == ["MESSAGE_CREATED", "MESSAGE_SENT"])
    #expect(await client.webhook("w3")?.events == ["MESSAGE_DELIVERED"])
  }

  @Test(arguments: [
    ("use app * limit 0", DiagnosticCode.invalidLimit, "0"), ("use app * limit -1", .invalidLimit, "-1"),
    ("webhook * limit many", .invalidLimit, "many"), ("webhook * except", .incompleteStatement, ""),
    ("webhook * limit", .incompleteStatement, ""), ("webhook * limit 1 except w1", .unexpectedWord, "except"),
    ("use app * except a except b", .unexpectedWord, "except"),
  ])
  func aWrongFormIsRefusedInItsPlace(_ script: String, _ code: DiagnosticCode, _ place: String) {
    let found = LanguageTests.bind(script).diagnostics
    #expect(found.map(\.code) == [code])
    #expect(found.first?.span.text == place)
  }

  @Test(arguments: [
    ("", "the file is empty: the first line must name the columns"), ("id,id\n", "two columns are named `id`"),
    ("id,url\nw1\n", "the row has 1 field, but the header has 2"), ("id\n\"w1\n", "the quote is not closed"),
    ("id\n\"w1\"x\n", "text after the closing quote"), ("id,url\nw1,x\nw 2,y\n", "`w 2` is not a valid webhook id"),
    ("id,x\nw1,1\nw2,2,3\n", "the row has 3 fields, but the header has 2"),
  ])
  func aWrongFileNamesItsLine(_ text: String, _ message: String) {
    let binder = Binder(readFile: { _ in Array(text.utf8) }, redactor: Redactor())
    let found = binder.bind(Source(name: "t.wh", text: "webhook from \"a.csv\""), in: Scope()).diagnostics
    #expect(found.count == 1)
    #expect(found.first?.message.hasPrefix(message) == true, "\(found.map(\.message))")
    #expect(found.first?.span.source.name == "a.csv")
  }
}
