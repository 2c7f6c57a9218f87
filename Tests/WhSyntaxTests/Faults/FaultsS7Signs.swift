import Testing
import WhSyntax
import WhSyntaxShape

/// Found by `scripts/fuzz`.
@Suite("S7: a sign where a word must stand")
struct FaultsS7Signs {
  @Test(
    "S7: a sign alone is not the name of a file",
    arguments: [
      "dump |", "dump >", "dump >!", "dump >>", "dump > >", "dump >! |", "status > >", "status |", "status >>",
    ])
  func signs(_ text: String) {
    let script = SmallTable.parse(text)
    #expect(script.statements.isEmpty && script.diagnostics.count == 1, "\(Shape.of(script))")
  }

  @Test(
    "S7: in quotes it is, and so is a longer name",
    arguments: ["dump '|'", "dump \">\"", "dump > '>'", "dump >> \"a>b\"", "dump a", "status > '>>'"])
  func names(_ text: String) throws {
    #expect(SmallTable.parse(text).diagnostics.isEmpty)
    let once = try SmallTable.formatter.format(Source(name: "t", text: text))
    #expect(Shape.of(SmallTable.parse(once)) == Shape.of(SmallTable.parse(text)), "\(once)")
  }

  @Test(
    "S8: a written text that begins with a sign is quoted, so that it can stand for an event",
    arguments: ["!B", "=B", "~B", "<B", ">B", "!", "=", "!~", "<=", "!*", "a*", "m?", "[a]"])
  func quoted(_ text: String) {
    #expect(Quoter.word(event: text) == "\"\(text)\"")
    let script = SmallTable.parse("add event \(Quoter.word(event: text)), A")
    #expect(script.diagnostics.isEmpty && script.statements.first?.words["events"]?.first?.literal == text)
  }
}
