import Foundation
import Testing
import WhSession
import WhSyntax
import WhTestSupport

/// The statements that there are, and the table that they stand in.
@Suite struct LanguageTests {
  static func bind(_ text: String) -> Script {
    let files = [
      "ids.txt": "# ids\nw1\n\nprod-* # glob\n", "sig.csv": "slug,sig\nmy-app,s3cret\n",
      "rename-events.wh": "rename event MESSAGE_SENT to messages.sms.sent",
    ]
    return Binder(readFile: FakeWorld(files: files).effects.readFile, redactor: Redactor())
      .bind(Source(name: "t.wh", text: text), in: Scope())
  }

  @Test(arguments: LanguageSamples.statements)
  func everyStatementOfTheLanguageIsRead(_ text: String) {
    let script = Self.bind(text)
    // The events of the samples are made up, or there are none.
    #expect(script.diagnostics.filter { ![.unknownEvent, .noEvents].contains($0.code) }.map(\.message) == [])
    #expect(script.statements.count == (text.hasPrefix("source") ? 2 : 1))
  }

  @Test(arguments: [
    (
      """
      use app b1ffcd11-1d1c-5fg9-cc7e-7cc0ce491b22; webhook a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 set url \
      https://example.com/webhook; add event MESSAGE_SENT; commit
      """, 4
    ),
    (
      """
      use app *
      webhook where event MESSAGE_SENT
      rename event MESSAGE_SENT to messages.sms.sent
      replace url old.example.com with hooks.example.com
      commit
      expect not event MESSAGE_SENT and url ~ https://hooks.example.com/*
      """, 6
    ),
  ])
  func theWholeExamplesAreRead(_ text: String, _ count: Int) {
    let script = Self.bind(text)
    #expect(script.diagnostics.isEmpty)
    #expect(script.statements.count == count)
  }

  @Test(arguments: CommandTable.all.flatMap { $0.help.examples }.map { "\($0.setup)\n\($0.script)" })
  func everyExampleOfTheHelpIsRead(_ text: String) {
    #expect(Self.bind(text).diagnostics.map(\.message) == [])
  }

  @Test(arguments: CommandTable.all.flatMap { $0.help.examples }.map(\.script))
  func everyExampleStandsInItsCanonicalForm(_ text: String) throws {
    let statements = text.split(separator: "; ").joined(separator: "\n") + "\n"
    #expect(
      try CommandTable.formatter.format(Source(name: "t", text: text))
        == statements.replacing(
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
    let folder = Self.sources.appending(path: "WhSession/Commands")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
      .map { String($0.dropLast(".swift".count)) }.filter { !$0.contains("+") }
    #expect(Set(files) == Set(CommandTable.all.map { "\($0)" }))
    #expect(files.count == CommandTable.all.count)
  }

  /// Besides its own file the table alone names a command: what a statement is stands nowhere else.
  @Test func noOtherFileNamesACommand() throws {
    let commands = Set(CommandTable.all.map { "\($0)" })
    let files = try ["WhSession", "WhMigrations", "WhShell"].flatMap { target in
      try FileManager.default.subpathsOfDirectory(atPath: Self.sources.appending(path: target).path)
        .map { "\(target)/\($0)" }
    }.filter { $0.hasSuffix(".swift") && !$0.hasSuffix("/CommandTable.swift") }
    #expect(files.count > commands.count)
    for file in files {
      let own = file.split(separator: "/").last?.split(separator: ".").first.map(String.init)
      let text = try String(contentsOf: Self.sources.appending(path: file), encoding: .utf8)
      let words = Set(Self.code(text).flatMap(Self.words))
      #expect(words.intersection(commands).subtracting([own ?? ""]).isEmpty, "\(file)")
    }
  }

  /// The lines of a source without its comments and texts.
  private static func code(_ text: String) -> [Substring] {
    func outside(_ quotes: String, in text: String) -> String {
      text.components(separatedBy: quotes).enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
    }
    return outside("\"\"\"", in: text).split(separator: "\n").map { line in
      let code = outside("\"", in: String(line))
      return code.firstRange(of: "//").map { code[..<$0.lowerBound] } ?? code[...]
    }
  }

  private static func words(_ code: Substring) -> [String] {
    code.utf8.split { byte in
      !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte != UInt8(ascii: "_")
        && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }.map { String(Substring($0)) }
  }

  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  @Test func anIncludedFileStandsInItsPlace() {
    let files = ["lib/set.wh": "let host = ${name}.example.com\nsource more.wh", "lib/more.wh": "echo deep"]
    let script = Binder(readFile: FakeWorld(files: files).effects.readFile, redactor: Redactor())
      .bind(Source(name: "t.wh", text: "let name = a; source lib/set.wh; set url https://${host}"), in: Scope())
    #expect(script.diagnostics.map(\.message) == [])
    #expect(
      script.statements.map { $0.span.source.name } == [
        "t.wh", "t.wh", "lib/set.wh", "lib/set.wh", "lib/more.wh", "t.wh",
      ])
    #expect(script.scope.variables == ["name": "a", "host": "a.example.com"])
  }

  @Test func aFileMayBeIncludedTwice() {
    let world = FakeWorld(files: ["a.wh": "echo a"])
    let script = Binder(readFile: world.effects.readFile, redactor: Redactor())
      .bind(Source(name: "t.wh", text: "source a.wh; source ./a.wh"), in: Scope())
    #expect(!script.hasErrors)
    #expect(script.statements.count == 4)
  }

  @Test("Files that include others twice, many deep, are not read without end")
  func inclusionsAreCounted() {
    var files = ["f40.wh": "echo end"]
    for number in 1..<40 { files["f\(number).wh"] = "source f\(number + 1).wh; source f\(number + 1).wh" }
    let script = Binder(readFile: FakeWorld(files: files).effects.readFile, redactor: Redactor())
      .bind(Source(name: "t.wh", text: "source f1.wh"), in: Scope())
    #expect(script.diagnostics.map(\.message) == ["more than 10000 files are included"])
  }

  @Test(arguments: [
    ("let x = ${y}", ["y": "a b; commit"], "a b; commit"), ("let x = \"${y}\"", ["y": "\"q\""], "\"q\""),
    ("let x = '${y}'", ["y": "1"], "${y}"), ("let x = ${y}", ["y": "${y}"], "${y}"),
    ("let x = a${y}b", ["y": ""], "ab"),
  ])
  func whatAVariableHoldsIsNeverParsedAgain(_ text: String, _ variables: [String: String], _ expected: String) {
    let script = Binder(readFile: FakeWorld().effects.readFile, redactor: Redactor())
      .bind(Source(name: "t", text: text), in: Scope(variables: variables))
    #expect(!script.hasErrors)
    #expect(script.statements.count == 1)
    #expect(script.scope.variables["x"] == expected)
  }
}
