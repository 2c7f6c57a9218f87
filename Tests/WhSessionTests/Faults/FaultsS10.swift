import Testing
import WhAPI
import WhDomain
import WhJournal
import WhSession
import WhSyntax
import WhTestSupport

@Suite("S10: webhooks that are to be created")
struct FaultsS10 {
  @Test("S10: they have events and headers, are listed, and are not made twice")
  func creation() async throws {
    let harness = try Harness()
    let text = """
      use app *
      create webhook https://x.example/in events MESSAGE_SENT header X-Team a header X-Token secret-token-1 \
      unless url = https://x.example/in
      show webhooks
      """
    let trace = await harness.run(text)
    #expect(trace.rows.filter { $0.hasPrefix("(new)") }.count == 2)
    #expect(trace.codes == [] && trace.diagnostics.isEmpty)
    await harness.run("commit")
    #expect(await harness.run(text).confirmations.contains { $0.hasPrefix("staged 0 creations") })
    #expect(
      await harness.run("rollback; create webhook https://x.example/b events MESSAGE_SENT; rollback; show webhooks")
        .rows.allSatisfy { !$0.hasPrefix("(new)") })
  }

  @Test(
    "S10: words after the events are not taken for events", arguments: ["headers X=b", "header X-A", "unles url = x"])
  func rest(_ rest: String) {
    #expect(Bound("create webhook https://x.example/in events MESSAGE_SENT \(rest)").script.hasErrors)
  }
}

@Suite("S12: codes mean what they say")
struct FaultsS12 {
  private static func twins() -> FakeAPIClient {
    FakeAPIClient([
      Harness.app("app_1", "same"): [Harness.webhook("w1", "app_1", ["MESSAGE_SENT"])],
      Harness.app("app_2", "same"): [Harness.webhook("v1", "app_2", ["MESSAGE_SENT"])],
    ])
  }

  @Test(
    "S12: two apps with one slug are never picked from in silence",
    arguments: [
      ("use app same", [DiagnosticCode.ambiguousApp]), ("use app app_1, same", [.ambiguousApp]), ("use app app_2", []),
      ("use app sam*", []), ("use app where slug = same", []), ("use app app_1, app_2", []),
      ("use app other", [.unknownApp]),
    ])
  func slugs(_ text: String, _ codes: [DiagnosticCode]) async throws {
    #expect(await (try Harness(Self.twins())).run(text).codes == codes)
  }

  @Test("S12: an undo of nothing says so, and an unknown run is unknown")
  func undo() async throws {
    for journal in [nil, MemoryRunLog()] {
      #expect(await (try Harness(journal: journal)).run("undo").codes == [.nothingToUndo])
    }
    #expect(await (try Harness(journal: MemoryRunLog())).run("undo 7").codes == [.unknownRun])
  }
}

@Suite("S14: the place is where the author must look")
struct FaultsS14 {
  @Test(
    "S14: errors of the names in a file are at the line of the file",
    arguments: [
      ("use app from \"f\"", "# apps\none\n  nope # gone\n", "f:3:3"),
      ("use app from \"f\"", "one\n\nno/pe\n", "f:3:1"),
      ("use app one; webhook from \"f\"", "w1\r\nnope\r\n", "f:2:1"),
      ("use app one; webhook from \"f\"", "\u{FEFF}nope", "f:1:1"),
    ])
  func files(_ text: String, _ file: String, _ place: String) async throws {
    let bound = Bound(text, files: ["f": file])
    var diagnostics = bound.script.diagnostics
    if diagnostics.isEmpty {
      diagnostics = await (try Harness(files: ["f": file])).run(text).failures.map(\.diagnostic)
    }
    let (line, column) = try #require(diagnostics.first).span.position
    #expect("\(try #require(diagnostics.first).span.source.name):\(line):\(column)" == place)
  }
}

@Suite("Records that can't be read")
struct FaultsUnreadable {
  private static func client() -> FakeAPIClient {
    Harness.twoApps()
  }

  @Test("A webhook that can't be read is left out with a warning, and fails only what names it")
  func webhooks() async throws {
    let client = Self.client()
    await client.spoil(["w9: `url` is missing"], of: "app_1")
    let trace = await (try Harness(client)).run("use app *; webhook *; expect 5; show webhooks")
    #expect(trace.codes == [] && trace.warnings == [.unreadableWebhook, .unreadableWebhook])
    for selection in [
      "webhook w1, w9", "webhook where event MESSAGE_SENT; webhook w9", "webhook *; webhook w9 clear headers",
    ] {
      #expect(
        await (try Harness(client)).run("use app one; \(selection)").codes == [.unreadableWebhook], "\(selection)")
    }
    #expect(await (try Harness(client)).run("use app one; webhook w1, w2").warnings == [])
    #expect(await (try Harness(client)).run("use app two; webhook *").warnings == [])
  }
}
