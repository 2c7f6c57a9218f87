import Testing
import WhSyntax

@Suite struct DiagnosticRendererTests {
  private func render(_ text: String, _ words: String, label: String? = nil, name: String = "t.wh") throws -> String {
    let source = Source(name: name, text: text)
    let range = try #require(text.utf8Range(of: words))
    return DiagnosticRenderer().render(Diagnostic(.unexpectedWord, "m", at: Span(source, range), label: label))
  }

  /// The line of the source and the line of the caret.
  private func excerpt(_ drawing: String) -> [String] {
    drawing.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(3).prefix(2).map(String.init)
  }

  @Test func theExampleOfTheLanguage() throws {
    let text = "use app *\nwebhook *\n\nad event MESSAGE_SENT\ncommit\n"
    let script = SmallTable.parser.parse(Source(name: "migrate.wh", text: text))
    let diagnostic = try #require(script.diagnostics.first)
    #expect(
      DiagnosticRenderer().render(diagnostic) == """
        error[unknown-keyword]: `ad` is not a statement
         --> migrate.wh:4:1
          |
        4 | ad event MESSAGE_SENT
          | ^^ did you mean `add`?

        """)
  }

  @Test func aWarningWithNotesOnALineOfTwoDigits() {
    let source = Source(name: "t.wh", text: String(repeating: "\n", count: 11) + "set url http://x")
    let diagnostic = Diagnostic(
      .plainURL, "the service only accepts https urls", at: Span(source, 19..<27), notes: ["one", "two"],
      severity: .warning)
    #expect(
      DiagnosticRenderer().render(diagnostic) == """
        warning[plain-url]: the service only accepts https urls
          --> t.wh:12:9
           |
        12 | set url http://x
           |         ^^^^^^^^
           = one
           = two

        """)
  }

  @Test(arguments: [
    ("add event x", "event", ["1 | add event x", "  |     ^^^^^"]),
    ("add\tevent x", "event", ["1 | add    event x", "  |        ^^^^^"]),
    ("日本 event", "event", ["1 | 日本 event", "  |      ^^^^^"]),
    ("a 日本 b", "日本", ["1 | a 日本 b", "  |   ^^^^"]),
    ("e\u{301}e\u{301} event", "event", ["1 | e\u{301}e\u{301} event", "  |    ^^^^^"]),
    ("e\u{301}x y", "e\u{301}x", ["1 | e\u{301}x y", "  | ^^"]),
    ("a😀b event", "event", ["1 | a😀b event", "  |      ^^^^^"]),
    ("one event\r\ntwo", "event", ["1 | one event", "  |     ^^^^^"]),
    ("one\r\ntwo event\r\n", "event", ["2 | two event", "  |     ^^^^^"]),
    ("\u{FEFF}event x", "event", ["1 | event x", "  | ^^^^^"]),
    ("a\u{1B}[1m event", "event", ["1 | a\\u{1B}[1m event", "  |            ^^^^^"]),
    ("x \u{1B} y", "\u{1B}", ["1 | x \\u{1B} y", "  |   ^^^^^^"]),
    ("\u{202E}x event", "event", ["1 | \\u{202E}x event", "  |           ^^^^^"]),
    ("a \"b\nc\" d", "\"b\nc\"", ["1 | a \"b", "  |   ^^"]),
    ("add", "", ["1 | add", "  | ^"]),
  ])
  func theCaretStandsUnderTheWords(_ text: String, _ words: String, _ expected: [String]) throws {
    #expect(excerpt(try render(text, words)) == expected)
  }

  @Test func withoutATextTheMessageStandsAlone() {
    let source = Source(name: "wh", bytes: [])
    let diagnostic = Diagnostic(
      .unknownRun, "no run is number 7", at: Span(source, 0..<0), label: "`wh runs` lists them", notes: ["one"])
    #expect(
      DiagnosticRenderer().render(diagnostic)
        == "error[unknown-run]: no run is number 7\n  = `wh runs` lists them\n  = one\n")
  }

  @Test func theCaretStandsBehindTheLineWhereWordsAreMissing() {
    let text = "add event\nx"
    let span = Span(Source(name: "t", text: text), 9..<9)
    let drawing = DiagnosticRenderer().render(Diagnostic(.incompleteStatement, "m", at: span, label: "l"))
    #expect(excerpt(drawing) == ["1 | add event", "  |          ^ l"])
  }

  @Test(arguments: [0, 10, 79, 80, 81, 500, 4990])
  func aLongLineIsCutAroundTheCaret(_ before: Int) throws {
    let text = String(repeating: "x", count: before) + " HERE " + String(repeating: "y", count: 5000 - before)
    let lines = excerpt(try render(text, "HERE"))
    #expect(lines.count == 2)
    #expect(lines[0].count <= 4 + 162)
    let start = try #require(lines[1].firstIndex(of: "^"))
    let width = lines[1][start...].prefix { $0 == "^" }.count
    #expect(width == 4)
    let column = lines[1].distance(from: lines[1].startIndex, to: start)
    #expect(lines[0].dropFirst(column).prefix(4) == "HERE")
  }

  @Test func aWordLongerThanTheWindowIsUnderlinedAsFarAsItIsShown() throws {
    let word = String(repeating: "w", count: 1000)
    let lines = excerpt(try render("a " + word, word))
    #expect(lines[1].count <= 4 + 161)
    #expect(lines[1].hasSuffix("^^^^"))
  }

  @Test func invalidBytesAreDrawn() {
    let source = Source(name: "t", bytes: Array("ab ".utf8) + [0xFF] + Array(" c".utf8))
    let diagnostic = Lexer.lex(source).diagnostics[0]
    #expect(
      excerpt(DiagnosticRenderer().render(diagnostic)) == ["1 | ab � c", "  |    ^ invalid byte 0xFF"])
  }

  @Test func namesMessagesLabelsAndNotesAreEscaped() {
    let source = Source(name: "a\u{1B}b", text: "x")
    let diagnostic = Diagnostic(
      .apiFailed, "m\u{7}\nm", at: Span(source, 0..<1), label: "l\u{1B}", notes: ["n\r"])
    let drawing = DiagnosticRenderer().render(diagnostic)
    #expect(!drawing.unicodeScalars.contains { $0 != "\n" && Printable.isHazard($0) })
    #expect(drawing.split(separator: "\n").count == 6)
  }

  @Test func colourIsOnTopOfTheSameText() {
    let source = Source(name: "t", text: "x y")
    let diagnostic = Diagnostic(.apiFailed, "m", at: Span(source, 2..<3), label: "l", notes: ["n"])
    let plain = DiagnosticRenderer().render(diagnostic)
    let coloured = DiagnosticRenderer(isColoured: true).render(diagnostic)
    #expect(coloured != plain)
    #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
  }

  @Test(arguments: [
    ("set token hunter22 x", "x", ["1 | set token •••• x", "  |                ^"]),
    ("set hunter22 x", "hunter22", ["1 | set •••• x", "  |     ^^^^"]),
    ("hunter22hunter22 x", "x", ["1 | •••••••• x", "  |          ^"]),
    ("a hunter22", "nter", ["1 | a ••••", "  |   ^^^^"]),
    ("日hunter22 x", "x", ["1 | 日•••• x", "  |        ^"]),
  ])
  func secretsAreMasked(_ text: String, _ words: String, _ expected: [String]) throws {
    let renderer = DiagnosticRenderer(mask: "••••", maskedRanges: Self.mask)
    let range = try #require(text.utf8Range(of: words))
    let diagnostic = Diagnostic(
      .apiFailed, "it said hunter22", at: Span(Source(name: "t", text: text), range), label: "not hunter22",
      notes: ["hunter22!"])
    let drawing = renderer.render(diagnostic)
    #expect(!drawing.contains("hunter22"))
    #expect(excerpt(drawing) == [expected[0], expected[1] + " not ••••"])
  }

  private static let mask: @Sendable ([UInt8]) -> [Range<Int>] = { bytes in
    let secret = Array("hunter22".utf8)
    var ranges: [Range<Int>] = []
    var index = 0
    while index + secret.count <= bytes.count {
      if bytes[index..<index + secret.count].elementsEqual(secret) {
        ranges.append(index..<index + secret.count)
        index += secret.count
      } else {
        index += 1
      }
    }
    return ranges
  }
}

extension String {
  /// Where a text stands, as bytes.
  fileprivate func utf8Range(of other: String) -> Range<Int>? {
    let (all, part) = (Array(utf8), Array(other.utf8))
    guard part.count <= all.count else { return nil }
    let start = (0...all.count - part.count).first { all[$0..<$0 + part.count].elementsEqual(part) }
    return start.map { $0..<$0 + part.count }
  }

  /// T20: on a screen nothing is cut within a word.
  @Test(
    "T20: a drawing fits the screen, broken between words",
    arguments: [
      (
        60, "use app nowhere",
        [
          "error[unexpected-word]: a message that has rather more words", "than fit", " --> t.wh:1:9", "  |",
          "1 | use app nowhere", "  |         ^^^^^^^ a label that is as long as a sentence",
          "  = and a note that is longer than the screen is wide, by",
          "    some words",
        ]
      ),
      (
        40, "use app * except nowhere",
        [
          "error[unexpected-word]: a message that", "has rather more words than fit", " --> t.wh:1:18", "  |",
          "1 | use app * except nowhere", "  |                  ^^^^^^^", "  |         a label that is as long as a",
          "  |         sentence",
          "  = and a note that is longer than the", "    screen is wide, by some words",
        ]
      ),
    ])
  func wrapped(columns: Int, text: String, lines: [String]) throws {
    let source = Source(name: "t.wh", text: text)
    let range = try #require(text.utf8Range(of: "nowhere"))
    let diagnostic = Diagnostic(
      .unexpectedWord, "a message that has rather more words than fit", at: Span(source, range),
      label: "a label that is as long as a sentence",
      notes: ["and a note that is longer than the screen is wide, by some words"])
    let drawn = DiagnosticRenderer().render(diagnostic, width: columns).split(separator: "\n").map(String.init)
    #expect(drawn == lines && drawn.allSatisfy { $0.count <= columns }, "\(drawn.joined(separator: "\n"))")
  }

  @Test("T20: a line that is longer than the screen is cut around the caret", arguments: [40, 80, 120])
  func longLine(columns: Int) throws {
    let text = "echo \(String(repeating: "word ", count: 40))event \(String(repeating: "more ", count: 40))"
    let source = Source(name: "t.wh", text: text)
    let range = try #require(text.utf8Range(of: "event"))
    let drawn = DiagnosticRenderer().render(
      Diagnostic(.unexpectedWord, "m", at: Span(source, range), label: "here"), width: columns
    )
    .split(separator: "\n").map(String.init)
    #expect(drawn.allSatisfy { $0.count <= columns }, "\(drawn)")
    let (line, caret) = (Array(drawn[3]), Array(drawn[4]))
    let start = try #require(caret.firstIndex(of: "^"))
    #expect(String(line[start..<start + 5]) == "event")
  }
}
