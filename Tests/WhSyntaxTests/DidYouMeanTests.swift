import Testing
import WhSyntax

@Suite struct DidYouMeanTests {
  private static let statements = [
    "add", "commit", "diff", "expect", "rename", "replace", "rollback", "set", "webhook",
  ]

  @Test(arguments: [
    ("ad", "add"), ("comit", "commit"), ("comimt", "commit"), ("COMMIT", "commit"), ("webhok", "webhook"),
    ("webhooks", "webhook"), ("rolback", "rollback"), ("sett", "set"), ("dif", "diff"), ("xyz", nil), ("", nil),
    ("q", nil), ("commotion", nil), (String(repeating: "a", count: 1000), nil),
  ])
  func nearest(_ typed: String, _ expected: String?) {
    #expect(DidYouMean.nearest(to: typed, among: Self.statements) == expected)
  }

  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "ab", 2), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "abd", 1),
    ("abc", "xabc", 1),
    ("kitten", "sitting", 3), ("ca", "abc", 3),
  ])
  func distances(_ left: String, _ right: String, _ expected: Int) {
    #expect(DidYouMean.distance(Array(left.unicodeScalars), Array(right.unicodeScalars)) == expected)
    #expect(DidYouMean.distance(Array(right.unicodeScalars), Array(left.unicodeScalars)) == expected)
  }

  @Test func theFirstOfTheNearestWins() {
    #expect(DidYouMean.nearest(to: "cat", among: ["bat", "hat"]) == "bat")
  }
}
