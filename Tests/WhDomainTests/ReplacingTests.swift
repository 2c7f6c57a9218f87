import Testing
import WhDomain

@Suite struct ReplacingTests {
  @Test(arguments: [
    ("aaaa", "aa", "b", "bb"), ("aaa", "aa", "b", "ba"), ("abc", "", "x", "abc"), ("abc", "abcd", "x", "abc"),
    ("", "a", "x", ""), ("e\u{301}e", "e", "x", "x\u{301}x"), ("日本", "本", "x", "日x"), ("abab", "ab", "ab", "abab"),
  ])
  func replacingEvery(_ text: String, _ old: String, _ new: String, _ expected: String) {
    #expect(Array(text.replacingEvery(old, with: new).unicodeScalars) == Array(expected.unicodeScalars))
  }
}
