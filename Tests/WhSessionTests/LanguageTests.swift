import Foundation
import Testing
import WhSession
import WhSyntax
import WhTestSupport

/// The statements that there are, and the table that they stand in.
@Suite struct LanguageTests {
  private static func bind(_ text: String) -> Script {
    let files = [
      "ids.txt": "# ids\nw1\n\nprod-* # glob\n", "rename-events.wh": "rename event MESSAGE_SENT to messages.sms.sent",
    ]
    return Binder(readFile: FakeWorld(files: files).effects.readFile, redactor: Redactor())
      .bind(Source(name: "t.wh", text: text), in: Scope())
  }

  private static func isAvailable(_ text: String) -> Bool {
    let commands = CommandTable.all.filter { $0 is any UnavailableCommand.Type }
    return !commands.contains { text.hasPrefix($0.grammar.head) }
  }

  @Test(arguments: [
    "use app *", "use app b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22", "use app my-app, prod-*", "use app a b c",
    "use app from \"ids.txt\"", "use app from ids.txt", "use app where status = active and slug ~ prod-*",
    "use profile sandbox", "webhook *", "webhook a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "webhook w1, w2 w3",
    "webhook from \"ids.txt\"", "webhook where event A", "webhook w1 set url https://example.com",
    "webhook * add event MESSAGE_SENT", "webhook where event A remove header X-A", "webhook from ids.txt clear headers",
    "show", "show apps", "show webhooks", "show events", "show runs", "show variables", "show config", "refresh",
    "status", "diff", "show requests", "commit", "rollback", "undo", "undo 7", "expect event A",
    "create webhook https://example.com", "create webhook https://example.com events MESSAGE_SENT, MESSAGE_CREATED",
    "delete webhook", "dump", "dump \"all.wh\"", "let x = 5", "source \"rename-events.wh\"", "echo", "echo a b c",
    "on error stop", "on error continue", "config jobs", "config jobs 16", "config output json",
    "config conflicts overwrite", "config recheck 0", "record \"session.wh\"", "record stop", "help", "help commit",
    "help rename event", "quit", "set url https://example.com/webhook", "replace url old with new",
    "set events MESSAGE_SENT, MESSAGE_CREATED", "set events MESSAGE_SENT MESSAGE_CREATED", "add event MESSAGE_SENT",
    "remove event MESSAGE_SENT, MESSAGE_CREATED", "rename event MESSAGE_CREATED to MESSAGE_SENT", "set header X-A v",
    "set header Authorization \"Bearer x\"", "remove header X-A, X-B", "clear headers",
    "set url https://hooks.example.com/${app.slug}/${app.id}/${app.name}/${webhook.id}",
    "expect not event A and url ~ https://x/* or header X-A = v and not (created < 2026-01-01 or updated > 2026-01-02)",
    "EXPECT URL != x", "expect id !~ w* and slug = s and name = n and status != active and header X-A",
  ])
  func everyStatementOfTheLanguageIsRead(_ text: String) {
    let script = Self.bind(text)
    if Self.isAvailable(text) {
      #expect(script.diagnostics.map(\.message) == [])
      #expect(script.statements.count == (text.hasPrefix("source") ? 2 : 1))
    } else {
      #expect(script.diagnostics.map(\.code) == [.notAvailable])
    }
  }

  @Test(arguments: [
    ("""
    use app b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22; webhook a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 set url \
    https://example.com/webhook; add event MESSAGE_SENT; commit
    """, 4),
    ("""
    use app *
    webhook where event MESSAGE_SENT
    rename event MESSAGE_SENT to messages.sms.sent
    replace url old.example.com with hooks.example.com
    commit
    expect not event MESSAGE_SENT and url ~ https://hooks.example.com/*
    """, 6),
  ])
  func theWholeExamplesAreRead(_ text: String, _ count: Int) {
    let script = Self.bind(text)
    #expect(script.diagnostics.isEmpty)
    #expect(script.statements.count == count)
  }

  @Test(arguments: CommandTable.all.flatMap { $0.help.examples }.map { "\($0.setup)\n\($0.script)" })
  func everyExampleOfTheHelpIsRead(_ text: String) {
    let script = Self.bind(text)
    let isAvailable = text.split(separator: "\n").allSatisfy { Self.isAvailable(String($0)) }
    #expect(script.diagnostics.map(\.code) == (isAvailable ? [] : [.notAvailable]))
  }

  @Test(arguments: CommandTable.all.flatMap { $0.help.examples }.map(\.script))
  func everyExampleStandsInItsCanonicalForm(_ text: String) throws {
    let statements = text.split(separator: "; ").joined(separator: "\n") + "\n"
    #expect(try CommandTable.formatter.format(Source(name: "t", text: text)) == statements.replacing(
      "set events MESSAGE_CREATED MESSAGE_SENT", with: "set events MESSAGE_CREATED, MESSAGE_SENT"))
  }

  @Test func everyCommandHasHelpAndAnExample() {
    for command in CommandTable.all {
      #expect(!command.help.summary.isEmpty && command.help.summary.hasSuffix("."), "\(command)")
      #expect(!command.help.examples.isEmpty, "\(command)")
      #expect(!command.grammar.head.isEmpty, "\(command)")
    }
    #expect(Set(CommandTable.pages.map(\.synopsis)).count == CommandTable.all.count)
  }

  /// A command is one type in one file, named for it, and one line in the registry.
  @Test func everyFileOfACommandIsRegistered() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = root.appending(path: "Sources/WhSession/Commands")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
      .map { String($0.dropLast(".swift".count)) }.filter { !$0.contains("+") }
    #expect(Set(files) == Set(CommandTable.all.map { "\($0)" }))
    #expect(files.count == CommandTable.all.count)
  }

  @Test func anIncludedFileStandsInItsPlace() {
    let files = ["lib/set.wh": "let host = ${name}.example.com\nsource more.wh", "lib/more.wh": "echo deep"]
    let script = Binder(readFile: FakeWorld(files: files).effects.readFile, redactor: Redactor())
      .bind(Source(name: "t.wh", text: "let name = a; source lib/set.wh; set url https://${host}"), in: Scope())
    #expect(script.diagnostics.map(\.message) == [])
    #expect(script.statements.map { $0.span.source.name } == ["t.wh", "t.wh", "lib/set.wh", "lib/set.wh", "lib/more.wh", "t.wh"])
    #expect(script.scope.variables == ["name": "a", "host": "a.example.com"])
  }

  @Test func aFileMayBeIncludedTwice() {
    let world = FakeWorld(files: ["a.wh": "echo a"])
    let script = Binder(readFile: world.effects.readFile, redactor: Redactor())
      .bind(Source(name: "t.wh", text: "source a.wh; source ./a.wh"), in: Scope())
    #expect(!script.hasErrors)
    #expect(script.statements.count == 4)
  }

  @Test(arguments: [
    ("let x = ${y}", ["y": "a b; commit"], "a b; commit"), ("let x = \"${y}\"", ["y": "\"q\""], "\"q\""),
    ("let x = '${y}'", ["y": "1"], "${y}"), ("let x = ${y}", ["y": "${y}"], "${y}"), ("let x = a${y}b", ["y": ""], "ab"),
  ])
  func whatAVariableHoldsIsNeverParsedAgain(_ text: String, _ variables: [String: String], _ expected: String) {
    let script = Binder(readFile: FakeWorld().effects.readFile, redactor: Redactor())
      .bind(Source(name: "t", text: text), in: Scope(variables: variables))
    #expect(!script.hasErrors)
    #expect(script.statements.count == 1)
    #expect(script.scope.variables["x"] == expected)
  }
}
