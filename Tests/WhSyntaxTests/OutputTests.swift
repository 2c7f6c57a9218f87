import Testing
import WhSyntax
import WhSyntaxShape

/// Where a statement's output goes: `>`, `>!`, `>>` and `|`.
@Suite struct OutputTests {
  @Test(
    arguments: [
      ("status > f", "status > f"), ("status>f", "status > f"), ("status >!f", "status >! f"),
      ("dump>>'a b'", "dump >> 'a b'"), ("status | cat", "status | |cat|"), ("status|cat", "status | |cat|"),
      (
        "dump | a \"b;c\" 'd;e' f\\;g ; commit",
        "dump | |a \"b;c\" 'd;e' f\\\\;g| ; commit".replacing("\\\\", with: "\\")
      ),
      ("dump | a # b", "dump | |a # b|"), ("dump | a\ncommit", "dump | |a| ⏎ commit"), ("dump | ", "dump |"),
      ("dump | echo ${HOME} \"\\.\"", "dump | |echo ${HOME} \"\\.\"|"), ("dump | a \\\n b", "dump | |a \\\\n b|"),
      ("dump | a \\\r\n b\r\n", "dump | |a \\\\n b| ⏎"), ("dump | a\\ \ncommit", "dump | |a\\ | ⏎ commit"),
      ("dump | a\\\n\ncommit", "dump | |a| ⏎ commit"), ("dump | a\\\\\ncommit", "dump | |a\\\\| ⏎ commit"),
      ("dump | \\\n a", "dump | |\\\\n a|"), ("STATUS|x", "STATUS | |x|"), ("dump | a | b", "dump | |a | b|"),
      // Elsewhere the signs are text.
      ("echo a|b > c | d", "echo a|b > c | d"), ("set header X >|", "set header X >|"), ("statusx|y", "statusx|y"),
      ("commit; echo |", "commit ; echo |"), ("status \"a|b\"", "status \"a|b\""),
    ])
  func tokens(_ text: String, _ shape: String) {
    let lexed = Lexer.lex(Source(name: "t", text: text))
    #expect(Shape.of(lexed.tokens) == shape)
    #expect(lexed.diagnostics.isEmpty)
  }

  @Test(
    arguments: [
      ("status > f", Match.Output.create, "f"), ("status as json >! f", .replace, "f"), ("dump >> f", .append, "f"),
      ("dump | a 'b c'", .command, "a 'b c'"), ("status as json", nil, nil), ("dump f", nil, nil),
    ] as [(String, Match.Output?, String?)])
  func matches(_ text: String, _ output: Match.Output?, _ place: String?) throws {
    let script = SmallTable.parse(text)
    #expect(script.diagnostics.isEmpty)
    let match = try #require(script.statements.first)
    #expect(match.output == output)
    #expect(match.words[Match.Output.slot]?.first?.literal == place)
  }

  @Test(
    arguments: [
      ("status >", "incomplete-statement@1:9 «»", "expected a file name"),
      ("status |", "incomplete-statement@1:9 «»", "expected a shell command"),
      ("status > a b", "unexpected-word@1:12 «b»", "the statement ends before this"),
      ("status as", "incomplete-statement@1:10 «»", "expected `json`"),
      ("status > f as json", "unexpected-word@1:12 «as»", "the statement ends before this"),
    ])
  func errors(_ text: String, _ finding: String, _ label: String) {
    let diagnostics = SmallTable.parse(text).diagnostics
    #expect(Shape.of(diagnostics) == [finding])
    #expect(diagnostics.first?.label == label)
  }

  @Test func aBackslashAtTheEndAsksForMore() {
    let lexed = Lexer.lex(Source(name: "t", text: "dump | a \\"))
    #expect(lexed.isIncomplete)
    #expect(Shape.of(lexed.diagnostics) == ["nothing-to-join@1:10 «\\»"])
  }
}
