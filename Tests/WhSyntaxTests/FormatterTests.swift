import Testing
import WhSyntax
import WhSyntaxShape

@Suite struct FormatterTests {
  @Test(
    arguments: [
      ("", ""),
      ("\n\n", ""),
      ("commit", "commit\n"),
      ("  COMMIT  ", "commit\n"),
      ("commit;commit", "commit\ncommit\n"),
      ("commit;;commit;", "commit\ncommit\n"),
      ("a: x", nil),
      ("commit\r\ncommit\r\n", "commit\r\ncommit\r\n"),
      ("Commit\r\ncommit\n", "commit\ncommit\n"),
      ("\u{FEFF}commit", "commit\n"),
      ("status | a \\\r\n b\r\n", "status | a \\\r\n b\r\n"),
      ("add event A B,C", "add event A, B,C\n"),
      ("ADD   Event A ,B", "add event A, B\n"),
      ("add event A \\\n  B", "add event A, B\n"),
      ("webhook a b set url u", "webhook a, b set url u\n"),
      ("webhook * ADD EVENT A", "webhook * add event A\n"),
      ("let x=5", "let x = 5\n"),
      ("let x=${y}", "let x = ${y}\n"),
      ("expect url=x AND(event A OR event B)", "expect url = x and (event A or event B)\n"),
      ("expect NOT(event A)", "expect not (event A)\n"),
      ("expect ( ( event A ) )", "expect ((event A))\n"),
      ("echo \"a b\" 'c' \"d\"", "echo \"a b\" 'c' \"d\"\n"),
      ("echo \"where\"", "echo \"where\"\n"),
      ("echo a,b", "echo a,b\n"),
      ("echo x\\\ny", "echo xy\n"),
      ("echo $\\\n{x}", "echo \"\\${x}\"\n"),
      ("echo a\\b", "echo a\\b\n"),
      ("echo é日", "echo é日\n"),
      ("# top\n\n\n\ncommit # now  \n# end", "# top\n\ncommit  # now\n# end\n"),
      ("commit; # a\n# b\n", "commit  # a\n# b\n"),
      ("commit; show # both", "commit\nshow  # both\n"),
      ("\n\n# first\n\n", "# first\n"),
      ("show\n\n\n\nshow", "show\n\nshow\n"),
      ("show\n;\nshow", "show\n\nshow\n"),
      ("STATUS AS json>f", "status as json > f\n"),
      ("status>>'a b'", "status >> 'a b'\n"),
      ("dump|grep \"a;b\" | wc  -l ;commit", "dump | grep \"a;b\" | wc  -l\ncommit\n"),
      ("dump | a; # b", "dump | a\n# b\n"),
      ("dump | a; commit # b", "dump | a\ncommit  # b\n"),
      ("!a; # b", "! a\n# b\n"),
      ("! a \"b;c\";commit # d", "! a \"b;c\"\ncommit  # d\n"),
      ("!a # b", "! a # b\n"),
      ("dump\\\n | a\\ \n", "dump | a\\ \n"),
      ("du\\\r\nmp|a 'b;c'", "dump | a 'b;c'\r\n"),
      ("expect (url= ((a) )", "expect (url = \"((a)\")\n"),
      ("expect (url = (a))", "expect (url = (a))\n"),
      ("dump >! ${x}.wh", "dump >! ${x}.wh\n"),
      ("echo \"one\n\n\ntwo\"", "echo \"one\n\n\ntwo\"\n"),
    ] as [(String, String?)])
  func canonicalForm(_ text: String, _ expected: String?) throws {
    guard let expected else {
      #expect(throws: FormattingRefused.self) { try SmallTable.formatter.format(Source(name: "t", text: text)) }
      return
    }
    let once = try SmallTable.formatter.format(Source(name: "t", text: text))
    #expect(once == expected)
    #expect(try SmallTable.formatter.format(Source(name: "t", text: once)) == once)
    #expect(Shape.of(SmallTable.parse(once)) == Shape.of(SmallTable.parse(text)))
  }

  @Test func aRefusalTellsEveryError() {
    let refused = #expect(throws: FormattingRefused.self) {
      try SmallTable.formatter.format(Source(name: "t", text: "ad\ncommit now"))
    }
    #expect(refused?.diagnostics.map(\.code) == [.unknownKeyword, .unexpectedWord])
  }

  @Test(arguments: [
    "plain", "", "two words", "a;b", "#x", "a#b", "\"q\"", "'q'", "it's", ",", "a,", "a,b", "back\\", "back\\slash",
    "$x", "${x}", "a${x}", "\n", "\r\n", "\t", "\u{0}", "\u{1B}[31m", "\u{202E}", "é日😀", "where", "set", "*", "\\n",
    "${\u{300}x}", "$\u{300}{x}", "a\u{300}${", "\"\u{300}", "\\\u{300}",
  ])
  func quotedTextsReadBack(_ text: String) throws {
    for word in [Quoter.word(text, avoiding: ["where", "set", "*"]), Quoter.quoted(text)] {
      let lexed = Lexer.lex(Source(name: "t", text: "echo \(word) end"))
      #expect(lexed.diagnostics.isEmpty)
      #expect(lexed.tokens.count == 3)
      let read = try #require(lexed.tokens[1].word)
      #expect(read.literal == text)
      #expect(!["where", "set", "*"].contains(read.keyword ?? ""))
    }
  }
}
