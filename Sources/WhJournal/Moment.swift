/// A moment in time, to the millisecond, as this tool records it.
package struct Moment: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  package let milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  /// - Parameter seconds: since 1970-01-01T00:00:00Z.
  package init(secondsSince1970 seconds: Double) {
    milliseconds = Int64((seconds * 1000).rounded())
  }

  package static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

  /// A later moment, or an earlier one for a negative number of seconds.
  package func adding(seconds: Int64) -> Moment { Moment(milliseconds: milliseconds + seconds * 1000) }
}

extension Moment: CustomStringConvertible {
  /// RFC 3339 in UTC, to the second: `2026-11-24T16:00:00Z`.
  package var description: String {
    let seconds = milliseconds.flooredQuotient(by: 1000)
    let days = seconds.flooredQuotient(by: 86_400)
    let time = seconds - days * 86_400
    let (year, month, day) = Self.date(daysSinceEpoch: days)
    let parts = [time / 3600, time / 60 % 60, time % 60].map(Self.twoDigits).joined(separator: ":")
    return "\(year)-\(Self.twoDigits(month))-\(Self.twoDigits(day))T\(parts)Z"
  }

  private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The Gregorian date, computed with years that begin in March, so that a leap day is the last of its year.
  private static func date(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = daysSinceEpoch + 719_468
    let era = shifted.flooredQuotient(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
  }
}

extension Int64 {
  fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : (self + 1) / divisor - 1
  }
}
