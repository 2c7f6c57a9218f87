import Testing
import WhSyntax

@Suite struct PrintableTests {
  @Test(arguments: [
    ("plain — é 日本 😀", "plain — é 日本 😀"), ("a\nb\rc\td", "a\\nb\\rc\\td"), ("\u{1B}[31m", "\\u{1B}[31m"),
    ("\u{0}\u{7F}\u{9B}", "\\u{0}\\u{7F}\\u{9B}"), ("\u{202E}abc\u{2066}", "\\u{202E}abc\\u{2066}"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"), ("\r\n", "\\r\\n"), ("", ""),
  ])
  func controlCharactersAreShownAndNeverSent(_ text: String, _ expected: String) {
    #expect(Printable.escaped(text) == expected)
  }

  @Test func noControlCharacterIsEverLeft() {
    for value in UInt32(0)...0x2100 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = Printable.escaped(String(scalar))
      #expect(!shown.unicodeScalars.contains { Printable.isHazard($0) })
      if scalar.properties.generalCategory == .control { #expect(shown != String(scalar)) }
    }
  }

  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("😀", 2), ("ｗ", 2), ("한", 2), ("\u{200B}", 0), ("a\u{FE0F}", 1),
    ("", 0), ("••••", 4), ("…", 1),
  ])
  func widths(_ text: String, _ expected: Int) {
    #expect(Printable.width(text) == expected)
  }
}
