extension Timestamp {
  /// The first and the last moment that the usual spelling can say.
  static let first = Duration.seconds(-62_135_596_800)
  static let last = Duration.seconds(253_402_300_799) + .nanoseconds(999_999_999)

  /// The moment in UTC as `2021-08-01T00:00:00Z`, with the fewest of 0, 3, 6 or 9 digits after the second that hold it; nil
  /// for a moment outside the years 0001 to 9999, which an offset can reach.
  static func usualSpelling(of moment: Duration) -> String? {
    guard (first...last).contains(moment) else { return nil }
    let (whole, attoseconds) = moment.components
    let isBefore = attoseconds < 0
    let seconds = isBefore ? whole - 1 : whole
    let fraction = attoseconds / 1_000_000_000 + (isBefore ? 1_000_000_000 : 0)
    let (days, time) = floored(seconds, 86_400)
    let (year, month, day) = date(daysSinceEpoch: days)
    var digits: [UInt8] = []
    digits.reserveCapacity(30)
    append(year, 4, to: &digits)
    append("-", month, to: &digits)
    append("-", day, to: &digits)
    append("T", time / 3600, to: &digits)
    append(":", time / 60 % 60, to: &digits)
    append(":", time % 60, to: &digits)
    if fraction > 0 {
      digits += ".".utf8
      let (milliseconds, microseconds) = (fraction / 1_000_000, fraction / 1000)
      if milliseconds * 1_000_000 == fraction {
        append(milliseconds, 3, to: &digits)
      } else if microseconds * 1000 == fraction {
        append(microseconds, 6, to: &digits)
      } else {
        append(fraction, 9, to: &digits)
      }
    }
    digits.append(UInt8(ascii: "Z"))
    return String(decoding: digits, as: UTF8.self)
  }

  private static func append(_ sign: Unicode.Scalar, _ number: Int64, to digits: inout [UInt8]) {
    digits.append(UInt8(ascii: sign))
    append(number, 2, to: &digits)
  }

  private static func append(_ number: Int64, _ width: Int, to digits: inout [UInt8]) {
    var scale: Int64 = 1
    for _ in 1..<width { scale *= 10 }
    while scale > 0 {
      digits.append(UInt8(ascii: "0") + UInt8(number / scale % 10))
      scale /= 10
    }
  }

  private static func floored(_ number: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// The reverse of counting days: years begin in March, so that a leap day is the last of its year.
  private static func date(daysSinceEpoch days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = floored(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}
