import Testing

@testable import WhDomain

@Suite struct TimestampTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01", 0), ("1970-01-02", 86_400_000_000_000),
      ("1969-12-31T23:59:59Z", -1_000_000_000), ("1969-12-31T23:59:59.5Z", -500_000_000),
      ("2021-08-01T00:00:00Z", 1_627_776_000_000_000_000), ("2021-08-01t00:00:00z", 1_627_776_000_000_000_000),
      ("2021-08-01T00:00:00.000Z", 1_627_776_000_000_000_000), ("2021-08-01T02:00:00+02:00", 1_627_776_000_000_000_000),
      ("2021-07-31T19:30:00-04:30", 1_627_776_000_000_000_000),
      ("2021-08-01T00:00:00-00:00", 1_627_776_000_000_000_000),
      ("2021-08-01T00:00:00.1Z", 1_627_776_000_100_000_000),
      ("2021-08-01T00:00:00.123456789Z", 1_627_776_000_123_456_789),
      ("2021-08-01T00:00:00.1234567891Z", 1_627_776_000_123_456_789), ("2000-02-29", 951_782_400_000_000_000),
      ("2024-02-29T12:00:00Z", 1_709_208_000_000_000_000), ("2100-02-28", 4_107_456_000_000_000_000),
      ("2100-03-01", 4_107_542_400_000_000_000), ("1900-03-01", -2_203_891_200_000_000_000),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000), ("1999-12-31T23:59:59.999999999Z", 946_684_799_999_999_999),
    ] as [(String, Int64)])
  func moments(_ text: String, _ nanoseconds: Int64) throws {
    let timestamp = try Timestamp(text)
    #expect(timestamp.nanoseconds == nanoseconds)
    #expect(timestamp.text == text)
    #expect("\(timestamp)" == text)
  }

  @Test(arguments: [
    "", "yesterday", "2021", "2021-08", "2021-8-1", "20210801", "2021-13-01", "2021-00-01", "2021-01-00", "2021-01-32",
    "2021-04-31", "2021-02-29", "1900-02-29", "2100-02-29", "2021-08-01T", "2021-08-01T00:00", "2021-08-01T00:00:00",
    "2021-08-01 00:00:00Z", "2021-08-01T24:00:00Z", "2021-08-01T00:60:00Z", "2021-08-01T00:00:61Z",
    "2021-08-01T00:00:00.Z", "2021-08-01T00:00:00.5", "2021-08-01T00:00:00+0200", "2021-08-01T00:00:00+2:00",
    "2021-08-01T00:00:00+24:00", "2021-08-01T00:00:00+02:60", "2021-08-01T00:00:00ZZ", "2021-08-01T00:00:00Zx",
    "2021-08-01Z", "-021-08-01", "2021-08-01\n", " 2021-08-01", "+2021-08-01", "0000-01-01", "２０２１-08-01",
    "2021-08-01T00:00:00*", "2021/08/01",
  ])
  func badOnes(_ text: String) {
    #expect(throws: InvalidValue.self) { try Timestamp(text) }
  }

  @Test func comparesByTheMoment() throws {
    let one = try Timestamp("2021-08-01T02:00:00+02:00")
    let same = try Timestamp("2021-08-01T00:00:00.000Z")
    let later = try Timestamp("2021-08-01T00:00:00.001Z")
    #expect(one == same)
    #expect(one.hashValue == same.hashValue)
    #expect(one < later)
    #expect(!(later < one))
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999999Z"), (500_000_000, "1970-01-01T00:00:00.500Z"),
    (1_000_001_000, "1970-01-01T00:00:01.000001Z"), (45_296_000_000_007, "1970-01-01T12:34:56.000000007Z"),
  ])
  func theUsualSpelling(_ nanoseconds: Int64, _ text: String) throws {
    #expect(Timestamp(sinceEpoch: .nanoseconds(nanoseconds)).text == text)
    #expect(try Timestamp(text).nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    ("0001-01-01T00:00:00Z", -62_135_596_800, Int64.min), ("0001-01-01", -62_135_596_800, .min),
    ("1677-12-31T23:59:59Z", -9_214_560_001, -9_214_560_001_000_000_000),
    ("2262-01-01T00:00:00Z", 9_214_646_400, 9_214_646_400_000_000_000),
    ("2263-01-01T00:00:00Z", 9_246_182_400, .max), ("9999-12-31T23:59:59.999Z", 253_402_300_799, .max),
    // An offset reaches a year that can't be written, and the text still stands as it was.
    ("0001-01-01T00:00:00+05:00", -62_135_614_800, .min), ("9999-12-31T23:59:59-05:00", 253_402_318_799, .max),
  ])
  func yearsFarAway(_ text: String, _ seconds: Int64, _ nanoseconds: Int64) throws {
    let timestamp = try Timestamp(text)
    #expect(timestamp.sinceEpoch.components.seconds == seconds)
    #expect(timestamp.nanoseconds == nanoseconds)
    #expect(timestamp.text == text)
    let usual = Timestamp(sinceEpoch: timestamp.sinceEpoch).text
    #expect(usual == text || !text.hasSuffix("Z"))
    #expect((try Timestamp("0001-01-01")...Timestamp("9999-12-31T23:59:59.999999999Z")).contains(try Timestamp(usual)))
  }

  /// Counts days one by one, which no formula can get wrong, through all years that can be written, and looks at those of
  /// the first, the present and the last centuries.
  @Test func everyDayFollowsTheOneBefore() throws {
    var expected = try Timestamp("0001-01-01").sinceEpoch
    #expect(expected == .seconds(-62_135_596_800))
    for year in 1...9999 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let digits = String(repeating: "0", count: 4 - "\(year)".count) + "\(year)"
      for (month, days) in zip(1..., [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
        for day in year % 9600 < 400 || (1600..<2400).contains(year) ? [1, days] : [] {
          let text = "\(digits)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
          let found = try Timestamp(text).sinceEpoch
          if found != expected + .seconds(86_400) * (day - 1) { Issue.record("\(text): \(found)") }
          let spelled = Timestamp(sinceEpoch: found + .seconds(86_399)).text
          if spelled != text + "T23:59:59Z" { Issue.record("\(text) became \(spelled)") }
        }
        expected += .seconds(86_400) * days
      }
    }
  }
}
