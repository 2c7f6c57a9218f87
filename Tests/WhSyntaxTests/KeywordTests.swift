import Testing

@testable import WhSyntax

/// Keywords in the form in which they are compared.
@Suite struct KeywordTests {
  @Test(arguments: ["a", "webhook", "events", "exactly8", "ninebytes", "webhook.id", "sixteen-bytes-16"])
  func readsBackAsItsText(_ text: String) {
    #expect(Keyword(text).text == text)
    #expect(Keyword(text).count == text.utf8.count)
    #expect(Keyword(text.uppercased()) == Keyword(text))
  }

  @Test func differsWhereTheTextDiffers() {
    let texts = [
      "a", "b", "ab", "ba", "aa", "app.id", "app.di", "sixteen-bytes-16", "sixteen-bytes-17", "eightbit", "eightbi",
    ]
    #expect(Set(texts.map { Keyword($0) }).count == texts.count)
  }

  /// A word that is longer, that is empty, or that has a character without a place in the form.
  @Test(arguments: ["", "seventeen-bytes-1", "\0show", "sho\0w", "é", "webhöök"])
  func isNone(_ text: String) { #expect(Keyword(text) == .none) }

  /// The sign for kelvin is a K to a reader, and in lower case it is one.
  @Test func isTheSameInLetterCasesOfOtherScripts() { #expect(Keyword("webhoo\u{212A}") == Keyword("webhook")) }
}

/// Bytes that are looked for eight at a time.
@Suite struct BytePlaceTests {
  @Test(arguments: 0..<20) func firstPlacesAreThoseOfASlowSearch(_ length: Int) {
    for place in 0...length {
      var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length)
      if place < length { bytes[place] = .newline }
      var wide = bytes
      if place < length { wide[place] = 0xC3 }
      for start in 0...length {
        let (found, beyond) = (
          bytes.withUnsafeBufferPointer { $0.firstPlace(of: .newline, from: start) },
          wide.withUnsafeBufferPointer { $0.firstPlaceBeyondASCII(from: start) }
        )
        #expect(found == bytes[start...].firstIndex(of: .newline), "\(length) \(place) \(start)")
        #expect(beyond == wide[start...].firstIndex { $0 >= 0x80 } ?? length, "\(length) \(place) \(start)")
      }
    }
  }

  /// 0x8A and 0x0B differ from a line feed in one bit, or follow it.
  @Test(arguments: [0x09, 0x0B, 0x8A, 0x00, 0xFF] as [UInt8]) func findsNothingThatOnlyLooksAlike(_ byte: UInt8) {
    let bytes = [UInt8](repeating: byte, count: 17)
    #expect(bytes.withUnsafeBufferPointer { $0.firstPlace(of: .newline, from: 0) } == nil)
  }
}
