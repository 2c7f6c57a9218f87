import Foundation
import Testing
import WhTestSupport

@Suite("Checking and formatting")
struct CheckAndFormatTests {
  /// What would send a request, if anything were sent at all.
  private static func offline(_ server: FakeService) -> [String: String] {
    ["WH_BASE_URL": server.url, "WH_API_KEY": "", "http_proxy": server.url, "https_proxy": server.url]
  }

  @Test(
    "A statement that only works at the prompt is an error of the script, and nothing is sent",
    arguments: ["watch 1 status", "history", "edit", "! true", "config jobs 3 save"])
  func statementsOfThePrompt(statement: String) async throws {
    let service = ManyApps(1)
    let server = try FakeService(service.answer)
    let home = try Home()
    try home.write("a.wh", "use app *; webhook *; set header X-A 1; commit\n\(statement)\n")
    let checked = try await home.wh("check", "a.wh", environment: Self.offline(server))
    #expect(checked.exit == 65 && checked.error.contains("not-available"), "\(checked.testDescription)")
    let run = try await home.wh("run", "a.wh", environment: WhRun.environment(server))
    #expect(run.exit == 65 && service.writes == 0, "\(run.testDescription)")
  }

  @Test("Every diagnostic of several files is printed, without key or network")
  func check() async throws {
    let server = try FakeService { _ in .silence }
    let home = try Home()
    try home.write("a.wh", "use app *\nad event MESSAGE_SENT\nset url nonsense\n")
    try home.write("good.wh", OneWebhook.example + "\n")
    try home.write("b.wh", "source inner.wh\necho ${missing}\n")
    try home.write("inner.wh", "set header 'X Y' 1\nexpect event = A\n")
    let run = try await home.wh("check", "a.wh", "good.wh", "b.wh", environment: Self.offline(server))
    #expect(run.exit == 65, "\(run.testDescription)")
    #expect(run.output.isEmpty, "\(run.testDescription)")
    let places = Set(Drawing.all(in: run.error).map { "\($0.code) \($0.place)" })
    #expect(
      places == [
        "unknown-keyword a.wh:2:1", "invalid-url a.wh:3:9", "invalid-header-name inner.wh:1:12",
        "unexpected-word inner.wh:2:14", "unknown-variable b.wh:2:6",
      ], "\(run.testDescription)")
    #expect(server.connectionCount == 0)
  }

  @Test("An unreadable script does not keep others from being checked")
  func missing() async throws {
    let home = try Home()
    try home.write("bad.wh", "ad event MESSAGE_SENT\n")
    let run = try await home.wh("check", "none.wh", "bad.wh", "nor.wh")
    #expect(run.exit == 66, "\(run.testDescription)")
    for message in ["`none.wh` can't be read", "`nor.wh` can't be read", "bad.wh:1:1"] {
      #expect(run.error.contains(message), "\(run.testDescription)")
    }
  }

  @Test("A good script prints nothing, and a warning is not an error")
  func good() async throws {
    let home = try Home()
    try home.write("good.wh", OneWebhook.example + "\n" + MigrationTests.script)
    let good = try await home.wh("check", "good.wh")
    #expect(good.exit == 0 && good.output.isEmpty && good.error.isEmpty, "\(good.testDescription)")
    let warned = try await home.wh("check", "-", input: "add event MESSAGE_SNET\n")
    #expect(warned.exit == 0, "\(warned.testDescription)")
    #expect(warned.error.contains("warning[unknown-event]"), "\(warned.testDescription)")
    #expect(warned.error.contains("MESSAGE_SENT"), "\(warned.testDescription)")
  }

  @Test("As JSON, diagnostics are objects")
  func json() async throws {
    let run = try await Home().wh("check", "--output", "json", "-", input: "ad event MESSAGE_SENT\n")
    #expect(run.exit == 65)
    let object = try #require(try run.objects.first)
    #expect(object["type"] as? String == "diagnostic" && object["code"] as? String == "unknown-keyword")
    #expect(object["line"] as? Int == 1 && object["column"] as? Int == 1)
  }

  static let untidy = """
    # a comment
    USE   APP my-app ;webhook *   # another
      add event   MESSAGE_SENT,MESSAGE_DELIVERED
    set header "X-A"    'a b'


    Commit
    """

  @Test("Formatting rewrites a file once, keeps its comments and its mode, and is idempotent")
  func format() async throws {
    let home = try Home()
    try home.write("a.wh", Self.untidy)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: home.path("work/a.wh"))
    let before = try await home.wh("fmt", "--check", "a.wh")
    #expect(before.exit == 1 && before.output == "a.wh\n" && before.error.isEmpty, "\(before.testDescription)")
    #expect(try home.text("work/a.wh") == Self.untidy)

    let run = try await home.wh("fmt", "a.wh")
    #expect(run.exit == 0 && run.output.isEmpty && run.error.isEmpty, "\(run.testDescription)")
    let text = try home.text("work/a.wh")
    #expect(text != Self.untidy && text.hasSuffix("\n"))
    #expect(text.contains("# a comment\n") && text.contains("# another\n"))
    #expect(text.contains("use app my-app") && text.contains("commit\n"))
    #expect(try home.mode("work/a.wh") == 0o644)

    let after = try await home.wh("fmt", "--check", "a.wh")
    #expect(after.exit == 0 && after.output.isEmpty, "\(after.testDescription)")
    let piped = try await home.wh("fmt", "-", input: Self.untidy)
    #expect(piped.output == text, "\(piped.testDescription)")
  }

  @Test("A file with errors is unchanged, and others are formatted")
  func broken() async throws {
    let home = try Home()
    try home.write("bad.wh", "ad   event A\n")
    try home.write("a.wh", "commit  ;commit\n")
    let run = try await home.wh("fmt", "bad.wh", "a.wh")
    #expect(run.exit == 65, "\(run.testDescription)")
    #expect(run.error.contains("error[unknown-keyword]") && run.error.contains("bad.wh:1:1"))
    #expect(try home.text("work/bad.wh") == "ad   event A\n")
    #expect(try home.text("work/a.wh") != "commit  ;commit\n")
  }

  @Test("A file behind a link is rewritten, and the link is kept")
  func link() async throws {
    let home = try Home()
    try home.write("a.wh", "commit  ;commit\n")
    try FileManager.default.createSymbolicLink(
      atPath: home.path("work/link.wh"), withDestinationPath: home.path("work/a.wh"))
    #expect(try await home.wh("fmt", "link.wh").exit == 0)
    #expect(try home.text("work/a.wh") != "commit  ;commit\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: home.path("work/link.wh"))
    #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
  }
}
