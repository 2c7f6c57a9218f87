import Testing
import WhSession

@Suite struct DurationTextTests {
  @Test(
    arguments: [
      ("0", 0), ("30", 30), ("30s", 30), ("5m", 300), ("2h", 7200), ("999999999", 999_999_999), ("", nil), ("s", nil),
      ("-5", nil), ("5d", nil), ("5 m", nil), ("1.5h", nil), ("1h30m", nil), ("٣", nil), ("+5", nil),
      ("9999999999", nil),
      ("5M", nil), ("0x5", nil),
    ] as [(String, Int?)])
  func seconds(text: String, expected: Int?) { #expect(DurationText.seconds(text) == expected) }
}
