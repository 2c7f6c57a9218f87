import Testing
import WhDomain

@testable import WhJournal

@Suite("Moments")
struct MomentTests {
  @Test(
    "are written as RFC 3339",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_399_999, "2000-02-28T23:59:59Z"),
      (951_782_400_000, "2000-02-29T00:00:00Z"), (1_709_251_200_000, "2024-03-01T00:00:00Z"),
      (1_795_536_000_999, "2026-11-24T16:00:00Z"), (4_107_542_399_000, "2100-02-28T23:59:59Z"),
      (4_107_542_400_000, "2100-03-01T00:00:00Z"),
    ] as [(Int64, String)])
  func text(milliseconds: Int64, text: String) {
    #expect(Moment(milliseconds: milliseconds).description == text)
  }

  @Test("are what a timestamp of the same text means", arguments: Array(stride(from: Int64(0), to: 60_000, by: 997)))
  func timestamps(day: Int64) throws {
    let moment = Moment(milliseconds: day * 86_400_000 + 12_345_000)
    #expect(try Timestamp(moment.description).nanoseconds == moment.milliseconds * 1_000_000)
  }

  @Test("come from seconds with a fraction")
  func seconds() {
    #expect(Moment(secondsSince1970: 1.2345).milliseconds == 1235)
    #expect(Moment.sample.adding(seconds: -60) < .sample)
  }
}
