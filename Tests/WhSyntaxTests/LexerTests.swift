import Testing
import WhSyntax
import WhSyntaxShape

/// Words, commas, comments, ends: the contract of the source text.
@Suite struct LexerTests {
  @Test(arguments: [
    ("", ""),
    ("commit", "commit"),
    ("  add\tevent  A ", "add event A"),
    ("a;b", "a ; b"),
    ("a;;b", "a ; ; b"),
    ("a\nb", "a ⏎ b"),
    ("a\r\nb\r\n", "a ⏎ b ⏎"),
    ("\u{FEFF}commit", "commit"),
    ("\u{FEFF}\r\n# x\r\n", "⏎ [# x] ⏎"),
    ("# one\n#two", "[# one] ⏎ [#two]"),
    ("a # c; d\nb", "a [# c; d] ⏎ b"),
    ("a;# c", "a ; [# c]"),
    ("a#b", "a#b"),
    ("a\\\n#b", "a#b"),
    ("\\\n#b", "[#b]"),
    ("# c \\\na", "[# c \\] ⏎ a"),
    ("https://x.example/#top", "https://x.example/#top"),
    // Commas.
    ("A, B", "A , B"),
    ("A ,B", "A , B"),
    ("A,B", "A,B"),
    ("A,", "A ,"),
    ("A,\n", "A , ⏎"),
    ("A,\r\n", "A , ⏎"),
    ("A,;B", "A , ; B"),
    ("A,,", "A, ,"),
    ("A,\\\nB", "A,B"),
    ("A,\\\n B", "A , B"),
    ("\"A\",B", "\"A\" , B"),
    ("'A','B'", "'A' , 'B'"),
    ("${a},", "<a> ,"),
    // Joins.
    ("a \\\nb", "a b"),
    ("a \\\r\nb", "a b"),
    ("ab\\\ncd", "abcd"),
    ("ab\\\r\ncd", "abcd"),
    ("\"ab\\\ncd\"", "\"abcd\""),
    ("'ab\\\ncd'", "'ab\\\\ncd'"),
    ("a\\b", "a\\b"),
    ("C:\\dir", "C:\\dir"),
    ("a \\ b", "a \\ b"),
    // Quotes.
    ("\"a b\" 'c d'", "\"a b\" 'c d'"),
    ("\"\" ''", "\"\" ''"),
    ("\"a;b#c,d\"", "\"a;b#c,d\""),
    ("'a;b#c,d'", "'a;b#c,d'"),
    ("'a\\nb ${c}'", "'a\\nb ${c}'"),
    ("\"it's\" 'say \"hi\"'", "\"it's\" 'say \"hi\"'"),
    ("it's", "it's"),
    ("a\"b", "a\"b"),
    ("\"one\ntwo\" x", "\"one\\ntwo\" x"),
    ("\"a\";b", "\"a\" ; b"),
    ("\"a\"\\\n b", "\"a\" b"),
    // Escapes.
    ("\"\\\"\"", "\"\"\""),
    ("\"\\\\\"", "\"\\\""),
    ("\"\\n\"", "\"\\n\""),
    ("\"\\t\"", "\"\\t\""),
    ("\"\\r\"", "\"\\r\""),
    ("\"\\$\"", "\"$\""),
    ("\"\\${x}\"", "\"${x}\""),
    ("\"\\u{1F600}\"", "\"😀\""),
    ("\"\\u{41}\\u{0000E9}\"", "\"Aé\""),
    ("\"\\u{0}\"", "\"\\u{0}\""),
    // Variables.
    ("${host}", "<host>"),
    ("a${b}c", "a<b>c"),
    ("\"a ${b} c\"", "\"a <b> c\""),
    ("https://${host}/${app.slug}", "https://<host>/<app.slug>"),
    ("$host $ {x} $$", "$host $ {x} $$"),
    ("$${x}", "$<x>"),
    ("${_a1}", "<_a1>"),
    ("${a}${b}", "<a><b>"),
    ("'${a'", "'${a'"),
    // Other scripts.
    ("Grüße 😀 日本", "Grüße 😀 日本"),
  ])
  func tokens(_ text: String, _ expected: String) {
    let lexed = Lexer.lex(Source(name: "t", text: text))
    #expect(Shape.of(lexed.tokens) == expected)
    #expect(Shape.of(lexed.diagnostics) == [])
    #expect(!lexed.isIncomplete)
  }

  @Test(arguments: [
    ("set url \"https", "unclosed-quote@1:9 «\"»", true),
    ("a 'b\nc", "unclosed-quote@1:3 «'»", true),
    ("a \nc 'd\ne", "unclosed-quote@2:3 «'»", true),
    ("a \\", "nothing-to-join@1:3 «\\»", true),
    ("a\\", "nothing-to-join@1:2 «\\»", true),
    ("\"a\"b", "text-after-quote@1:4 «b»", false),
    ("'a'\"b\"", "text-after-quote@1:4 «\"»", false),
    ("x \"\\q\"", "unknown-escape@1:4 «\\q»", false),
    ("\"\\é\"", "unknown-escape@1:2 «\\é»", false),
    ("\"\\u{zz}\"", "bad-unicode-escape@1:2 «\\u{zz}»", false),
    ("\"\\u{}\"", "bad-unicode-escape@1:2 «\\u{}»", false),
    ("\"\\u{D800}\"", "bad-unicode-escape@1:2 «\\u{D800}»", false),
    ("\"\\u{110000}\"", "bad-unicode-escape@1:2 «\\u{110000}»", false),
    ("\"\\u{000000041}\"", "bad-unicode-escape@1:2 «\\u{000000041}»", false),
    ("\"\\u{41\"", "bad-unicode-escape@1:2 «\\u{41»", false),
    ("\"\\u41\"", "unknown-escape@1:2 «\\u»", false),
    ("a ${b c", "unclosed-variable@1:3 «${b»", false),
    ("\"${b\"", "unclosed-variable@1:2 «${b»", false),
    ("${1a}", "bad-variable-name@1:1 «${1a}»", false),
    ("${}", "bad-variable-name@1:1 «${}»", false),
    ("${a.b.c}", "bad-variable-name@1:1 «${a.b.c}»", false),
    ("${a-b}", "bad-variable-name@1:1 «${a-b}»", false),
    ("${é}", "bad-variable-name@1:1 «${é}»", false),
  ])
  func errors(_ text: String, _ expected: String, _ isIncomplete: Bool) {
    let lexed = Lexer.lex(Source(name: "t", text: text))
    #expect(Shape.of(lexed.diagnostics) == [expected])
    #expect(lexed.isIncomplete == isIncomplete)
  }

  @Test(
    arguments: [
      ([0xFF], 1, 1),
      ([0x61, 0x0A, 0x62, 0xC3], 2, 2),
      ([0xEF, 0xBB, 0xBF, 0x61, 0x80], 1, 2),
      ([0xC3, 0xA9, 0xC3, 0xA9, 0xC0, 0xAF], 1, 3),
      ([0x61, 0x0D, 0x0A, 0xED, 0xA0, 0x80], 2, 1),
      ([0x61, 0xE2, 0x82, 0x20], 1, 2),
      ([0xF4, 0x90, 0x80, 0x80], 1, 1),
      ([0xEF, 0xBB, 0xBF, 0xEF], 1, 1),
    ] as [([UInt8], Int, Int)])
  func bytesThatAreNoText(_ bytes: [UInt8], _ line: Int, _ column: Int) throws {
    let lexed = Lexer.lex(Source(name: "t", bytes: bytes))
    #expect(lexed.tokens.isEmpty)
    let diagnostic = try #require(lexed.diagnostics.first)
    #expect(lexed.diagnostics.count == 1)
    #expect(diagnostic.code == .notUTF8)
    #expect(diagnostic.span.position == (line, column))
  }

  @Test func errorsOfAFileAreAllFound() {
    let text = "a \"\\q\"\nb ${1}\nc \"x\"y\nd 'z"
    #expect(
      Shape.of(Lexer.lex(Source(name: "t", text: text)).diagnostics) == [
        "unknown-escape@1:4 «\\q»", "bad-variable-name@2:3 «${1}»", "text-after-quote@3:6 «y»",
        "unclosed-quote@4:3 «'»",
      ])
  }

  @Test func spansOfWordsAreTheirExactBytes() {
    let text = "\u{FEFF}é \"b c\",\r\n${d}e # f"
    let tokens = Lexer.lex(Source(name: "t", text: text)).tokens
    #expect(tokens.map(\.span.text) == ["é", "\"b c\"", ",", "\n", "${d}e", "# f"])
    #expect(tokens.map(\.span.position.line) == [1, 1, 1, 1, 2, 2])
    #expect(tokens.map(\.span.position.column) == [1, 3, 8, 10, 1, 7])
  }

  /// What the eye takes for something else is an error with its place.
  @Test(arguments: [
    ("# all\ruse app *\r", "lone-carriage-return@1:6 «\r»"), ("a\rb", "lone-carriage-return@1:2 «\r»"),
    ("echo 'a\rb'", "lone-carriage-return@1:8 «\r»"), ("a\r", "lone-carriage-return@1:2 «\r»"),
    ("add event A\u{200B}", "invisible-character@1:12 «\u{200B}»"),
    ("add\u{A0}event A", "invisible-character@1:4 «\u{A0}»"), ("a\u{FEFF}", "invisible-character@1:2 «\u{FEFF}»"),
    ("a\u{1}b", "invisible-character@1:2 «\u{1}»"), ("a\0", "invisible-character@1:2 «\0»"),
    ("\u{7F}a", "invisible-character@1:1 «\u{7F}»"), ("a\u{9B}", "invisible-character@1:2 «\u{9B}»"),
    ("a\u{AD}b", "invisible-character@1:2 «\u{AD}»"), ("a\u{2060}", "invisible-character@1:2 «\u{2060}»"),
  ])
  func whatCannotBeSeen(_ text: String, _ expected: String) {
    #expect(Shape.of(Lexer.lex(Source(name: "t", text: text)).diagnostics) == [expected])
  }

  @Test(arguments: [
    "echo 'a\u{200B}b'", "# a\u{A0}b", "echo \"\u{FEFF}\"", "echo \u{1F468}\u{200D}\u{1F469}", "echo ❤️",
  ])
  func inQuotesAndCommentsEverythingMayStand(_ text: String) {
    #expect(Lexer.lex(Source(name: "t", text: text)).diagnostics.isEmpty)
  }

  /// Operators need no blanks around them where they are operators.
  @Test(arguments: [
    ("let a=\"b c\"", "let a= \"b c\""), ("webhook where url~\"x*\"", "webhook where url~ \"x*\""),
    ("expect url!='x y'", "expect url!= 'x y'"), ("set header X a=\"b\"", "set header X a=\"b\""),
    ("echo a=\"b\"", "echo a=\"b\""),
  ])
  func operatorsBeforeQuotes(_ text: String, _ expected: String) {
    #expect(Shape.of(Lexer.lex(Source(name: "t", text: text)).tokens) == expected)
  }
}
