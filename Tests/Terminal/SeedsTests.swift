import Testing
import WhDeterminism

@Suite("Seeds of random tests")
struct SeedsTests {
  @Test(
    "More seeds are a number or a range",
    arguments: [
      ("7", 7...7), ("100-102", 100...102), ("3-3", 3...3), ("", nil), ("x", nil), ("5-4", nil), ("1-2-3", nil),
      ("1-", nil),
    ] as [(String, ClosedRange<UInt64>?)])
  func range(text: String, range: ClosedRange<UInt64>?) {
    #expect(Seeds.range(text) == range)
  }

  @Test("A seed gives the same numbers everywhere")
  func numbers() {
    // The reference implementation's first numbers for 1234567.
    var random = SeededGenerator(seed: 1_234_567)
    #expect(
      (0..<3).map { _ in random.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      ])
  }
}
