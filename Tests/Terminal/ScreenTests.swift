import Testing
import WhTestSupport

@Suite("The screen in tests")
struct ScreenTests {
  private func screen(_ text: String, rows: Int = 4, columns: Int = 10) -> Screen {
    var screen = Screen(rows: rows, columns: columns)
    screen.feed(Array(text.utf8))
    return screen
  }

  @Test(
    "Controls do what xterm does",
    arguments: [
      ("ab\r\ncd", ["ab", "cd"]), ("abc\rX", ["Xbc"]), ("abc\u{8}\u{8}X", ["aXc"]), ("a\tb", ["a       b"]),
      ("0123456789", ["0123456789"]), ("0123456789a", ["0123456789", "a"]), ("0123456789\rX", ["X123456789"]),
      ("012345678日", ["012345678", "日"]), ("日本\rx", ["x 本"]), ("日本\r\u{1B}[Cx", [" x本"]),
      ("abc\u{1B}[2DX", ["aXc"]), ("abc\r\u{1B}[K", []), ("abc\r\u{1B}[C\u{1B}[1K", ["  c"]),
      ("a\r\nb\r\nc\u{1B}[2A\u{1B}[J", ["a"]), ("abc\r\u{1B}[2@X", ["X abc"]), ("abc\r\u{1B}[P", ["bc"]),
      ("abc\r\u{1B}[4hX\u{1B}[4l", ["Xabc"]), ("\u{1B}[3;4Hx", ["", "", "   x"]), ("\u{1B}]0;title\u{7}x", ["x"]),
      ("a\r\nb\r\nc\r\nd\r\ne", ["b", "c", "d", "e"]), ("e\u{301}x", ["e\u{301}x"]),
      ("\u{1B}[1;32mx\u{1B}(B\u{1B}[m", ["x"]),
    ])
  func controls(written: String, lines: [String]) {
    #expect(screen(written).lines == lines)
  }

  @Test("Lines scrolled off the screen are in the transcript")
  func transcript() {
    #expect(screen("a\r\nb\r\nc\r\nd\r\ne").transcript == ["a", "b", "c", "d", "e"])
  }

  @Test("A character may arrive in pieces")
  func pieces() {
    var screen = Screen(rows: 2, columns: 10)
    for byte in "é日\u{1B}[1mx".utf8 { screen.feed([byte]) }
    #expect(screen.lines == ["é日x"])
    #expect(screen.style(row: 0, column: 3) == "1")
  }

  @Test("Another width wraps text again, and the cursor stays at its character")
  func reflow() {
    var screen = screen("one\r\n0123456789abc\u{1B}[D", rows: 6)
    screen.resize(rows: 6, columns: 5)
    #expect(screen.lines == ["one", "01234", "56789", "abc"])
    #expect(screen.cursor == (3, 2))
    screen.resize(rows: 6, columns: 20)
    #expect(screen.lines == ["one", "0123456789abc"])
    #expect(screen.cursor == (1, 12))
  }
}
