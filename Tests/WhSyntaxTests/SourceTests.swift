import Testing
import WhSyntax

@Suite struct SourceTests {
  @Test(arguments: [
    ("abc", 0, 1, 1), ("abc", 3, 1, 4), ("a\nb", 2, 2, 1), ("a\r\nb", 3, 2, 1), ("é!", 2, 1, 2), ("😀!", 4, 1, 2),
    ("a\n", 2, 2, 1), ("", 0, 1, 1), ("\u{FEFF}a", 3, 1, 1), ("\u{FEFF}a\nb", 5, 2, 1),
  ])
  func positions(_ text: String, _ offset: Int, _ line: Int, _ column: Int) {
    let position = Source(name: "t", text: text).position(of: offset)
    #expect(position == (line, column))
  }

  @Test(arguments: [
    ("abc", 1, "abc"), ("a\nbc\nd", 2, "bc"), ("a\r\nbc\r\nd", 3, "bc"), ("a\r\n", 0, "a"), ("\n\n", 1, ""),
    ("\u{FEFF}a\nb", 3, "a"), ("a\n", 2, ""),
  ])
  func linesAreWithoutTheirEnds(_ text: String, _ offset: Int, _ expected: String) {
    let source = Source(name: "t", text: text)
    #expect(source.text(source.line(at: offset)) == expected)
  }

  @Test func aPartOfALongerTextCountsOn() {
    let source = Source(name: "t", bytes: Array("a\nb".utf8), firstLine: 7)
    #expect(source.position(of: 0) == (7, 1))
    #expect(source.position(of: 2) == (8, 1))
  }

  @Test func spansJoin() {
    let source = Source(name: "t", text: "one two three")
    let (one, two) = (Span(source, 0..<3), Span(source, 4..<7))
    #expect(one.joined(with: two).text == "one two")
    #expect(two.end.range == 7..<7)
    #expect(one != two)
    #expect(one == Span(source, 0..<3))
    #expect(one != Span(Source(name: "t", text: "one"), 0..<3))
  }
}
