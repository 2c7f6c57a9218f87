import Testing

@testable import WhAPI

struct HTTPDateTests {
  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func allForms(text: String) {
    #expect(HTTPDate.parse(text) == .seconds(784_111_777))
  }

  @Test(arguments: [
    "", "never", "12", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 8:49 GMT", "Nov", "Nov 1 2 3:4:5",
    "-1 Nov : 2",
    "31 Feb 2024 00:00:00", "99999999999999999999 Nov 1 00:00:00",
  ])
  func noDate(text: String) {
    #expect(HTTPDate.parse(text) == nil)
  }

  @Test(arguments: [
    ("30", 30.0), (" 1.5 ", 1.5), ("0", 0), ("-5", 0), ("1e300", 1e9), ("Sun, 06 Nov 1994 08:50:07 GMT", 30),
    ("Sun, 06 Nov 1994 08:00:00 GMT", 0), ("7200", 7200), ("31536000", 31_536_000),
  ])
  func retryAfter(text: String, seconds: Double) {
    let response = HTTPResponse(
      status: 429, fields: [HTTPField("date", "Sun, 06 Nov 1994 08:49:37 GMT"), HTTPField("retry-after", text)])
    #expect(response.retryAfter(now: .seconds(5)) == .seconds(seconds))
    let dateless = HTTPResponse(status: 429, fields: [HTTPField("retry-after", text)])
    #expect(dateless.retryAfter(now: .seconds(784_111_777)) == .seconds(seconds))
  }

  /// A number near the clock is a moment, as some servers give it.
  @Test(arguments: [
    ("1700000002", 2.0), ("1700000000", 0), ("1699999000", 0), ("1700000030.5", 30.5), ("1700000002000", 2),
    ("1731000000", 31_000_000), ("1000000", 1_000_000), ("1800000000", 1e9), ("5000000000000000", 1e9),
  ])
  func retryAfterAMoment(text: String, seconds: Double) {
    let response = HTTPResponse(status: 429, fields: [HTTPField("retry-after", text)])
    #expect(response.retryAfter(now: .seconds(1_700_000_000)) == .seconds(seconds))
    // The server's own clock counts, if known.
    let dated = HTTPResponse(
      status: 429, fields: [HTTPField("date", "Tue, 14 Nov 2023 22:13:20 GMT"), HTTPField("retry-after", text)])
    #expect(dated.retryAfter(now: .zero) == .seconds(seconds))
  }

  @Test(arguments: ["soon", "", "nan", "inf", "0x10"])
  func noRetryAfter(text: String) {
    #expect(HTTPResponse(status: 429, fields: [HTTPField("Retry-After", text)]).retryAfter(now: .zero) == nil)
  }
}
