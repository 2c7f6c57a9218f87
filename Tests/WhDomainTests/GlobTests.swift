import Testing
import WhDeterminism
import WhDomain

@Suite struct GlobTests {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("a", "a", true), ("a", "A", false), ("*", "", true), ("*", "anything", true),
    ("prod-*", "prod-1", true), ("prod-*", "prod-", true), ("prod-*", "staging-prod-1", false),
    ("*-prod", "a-prod", true),
    ("a*b*c", "aXbYc", true), ("a*b*c", "abbbc", true), ("a*b*c", "acb", false), ("**", "x", true), ("?", "a", true),
    ("?", "", false), ("?", "日", true), ("?", "😀", true), ("a?c", "abc", true), ("a?c", "ac", false),
    ("[abc]", "b", true),
    ("[abc]", "d", false), ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("[!a-c]", "d", true),
    ("[!a-c]", "b", false),
    ("[]a]", "]", true), ("[a-]", "-", true), ("[-a]", "-", true), ("[", "[", true), ("a[", "a[", true),
    ("[abc", "[abc", true), ("[z-a]", "[z-a]", true), ("[!]", "[!]", true),
    ("*.example.com", "hooks.example.com", true),
    ("https://hooks.example.com/*", "https://hooks.example.com/a/b?c", true),
    ("https://hooks.example.com/*", "https://hooks.example.org/", false), (".", "x", false), ("a\\*", "a\\x", true),
    ("é", "e\u{301}", false), ("[a-cx-z]", "y", true), ("[!a]*", "ab", false),
  ])
  func matches(_ pattern: String, _ text: String, _ expected: Bool) {
    #expect(Glob(pattern).matches(text) == expected)
    #expect(Glob(pattern).text == pattern)
  }

  @Test(arguments: [("a*", true), ("a?", true), ("[a]", true), ("a.b-c_d~", false), ("", false)])
  func patterns(_ text: String, _ isPattern: Bool) {
    #expect(Glob.isPattern(text) == isPattern)
  }

  @Test(arguments: Seeds.first(4))
  func agreesWithANaiveMatcher(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<4000 {
      let pattern = String((0..<random.below(9)).map { _ in random.pick(Array("ab*?[]!-c*")) })
      let text = String((0..<random.below(9)).map { _ in random.pick(Array("abc]-![")) })
      let expected = Self.naive(Array(pattern.unicodeScalars)[...], Array(text.unicodeScalars)[...])
      #expect(Glob(pattern).matches(text) == expected, "seed \(seed): `\(pattern)` on `\(text)`")
    }
  }

  @Test func aHostilePatternIsQuick() {
    let pattern = String(repeating: "a*", count: 200) + "b"
    #expect(!Glob(pattern).matches(String(repeating: "a", count: 2000)))
  }

  /// The definition itself, with no thought for speed.
  private static func naive(_ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = pattern.dropFirst()
    if first == "*" { return (text.startIndex...text.endIndex).contains { naive(rest, text[$0...]) } }
    guard let scalar = text.first else { return false }
    if first == "?" { return naive(rest, text.dropFirst()) }
    if first == "[", let (accepts, behind) = set(rest) {
      return accepts(scalar) && naive(pattern[behind...], text.dropFirst())
    }
    return first == scalar && naive(rest, text.dropFirst())
  }

  private static func set(
    _ body: ArraySlice<Unicode.Scalar>
  ) -> ((Unicode.Scalar) -> Bool, Int)? {
    let negated = body.first == "!"
    let inner = negated ? body.dropFirst() : body
    // The first `]` is a member; the next one that does not end a range closes the set.
    var members: [(Unicode.Scalar, Unicode.Scalar)] = []
    var rest = inner
    while let low = rest.first {
      if low == "]", !members.isEmpty {
        return ({ scalar in members.contains { $0.0 <= scalar && scalar <= $0.1 } != negated }, rest.startIndex + 1)
      }
      let next = Array(rest.dropFirst().prefix(2))
      if next.count == 2, next[0] == "-", next[1] != "]" {
        if low > next[1] { return nil }
        members.append((low, next[1]))
        rest = rest.dropFirst(3)
      } else {
        members.append((low, low))
        rest = rest.dropFirst()
      }
    }
    return nil
  }
}
