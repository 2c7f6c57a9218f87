import Foundation
import Testing

@testable import WhSandbox

@Suite("Values on the wire")
struct WireTests {
  @Test(
    "times are RFC 3339 with milliseconds, dates of HTTP are RFC 9110's",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
      (1_790_000_000_007, "2026-09-21T14:13:20.007Z", "Mon, 21 Sep 2026 14:13:20 GMT"),
      (951_782_399_999, "2000-02-28T23:59:59.999Z", "Mon, 28 Feb 2000 23:59:59 GMT"),
      (-1, "1969-12-31T23:59:59.999Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ] as [(Int64, String, String)])
  func times(milliseconds: Int64, rfc3339: String, httpDate: String) {
    let time = Timestamp(milliseconds: milliseconds)
    #expect(time.rfc3339 == rfc3339)
    #expect(time.httpDate == httpDate)
  }

  @Test("JSON reads as Foundation reads it, whatever a string holds")
  func strings() throws {
    let text = (0..<0x250).compactMap(Unicode.Scalar.init).map { String($0) }.joined() + "\u{2028}😀\"\\/"
    let json = JSON.object([JSON.Member(text, .strings([text, ""]))]).text
    #expect(json.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    let read = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: [String]]
    #expect(read == [text: [text, ""]])
  }

  @Test(
    "JSON that was read is written again",
    arguments: [
      #"{"a":[1,"x",null],"b":{"c":{}}}"#, "[]", "null", #""é""#,
    ])
  func roundTrip(text: String) throws {
    #expect(try JSON(parsing: Data(text.utf8)).text == text)
  }
}
