/// A moment as the service writes it: RFC 3339, with or without fractional seconds, in the years 0001 to 9999.
///
/// Compares by the moment, and keeps the service's own spelling for display.
package struct Timestamp: Sendable, CustomStringConvertible {
  /// What the nanoseconds do not contain; few times have it, so that most are kept in 16 bytes.
  private let details: Boxed<Details>?
  /// Nanoseconds since 1970-01-01T00:00:00Z; for a moment before 1678 or after 2261 the least or the greatest number.
  package let nanoseconds: Int64

  private struct Details: Sendable {
    /// The service's own spelling.
    let text: String
    let sinceEpoch: Duration
  }

  /// Reads `2021-08-01T00:00:00Z`, with an optional fraction and any offset, or a date alone, which is its midnight in UTC.
  ///
  /// - Throws: `InvalidValue` for any other text.
  package init(_ text: String) throws(InvalidValue) {
    guard let moment = Self.parse(Array(text.utf8)) else {
      throw InvalidValue("must be a time such as 2026-01-31 or 2026-01-31T12:00:00Z")
    }
    self.init(moment, text)
  }

  /// The time after 1970-01-01T00:00:00Z, or the nearest one of the years 0001 to 9999, in its usual spelling.
  package init(sinceEpoch: Duration) {
    let moment = min(max(sinceEpoch, Self.first), Self.last)
    self.init(moment, Self.usualSpelling(of: moment) ?? "")
  }

  private init(_ moment: Duration, _ text: String) {
    nanoseconds = Self.nanoseconds(in: moment)
    let isTold = moment == .nanoseconds(nanoseconds) && Self.isUsual(text, of: moment)
    details = isTold ? nil : Boxed(Details(text: text, sinceEpoch: moment))
  }

  /// Nearly all times of the service are in whole seconds of UTC, and need not be written for that to be seen.
  private static func isUsual(_ text: String, of moment: Duration) -> Bool {
    let isWhole = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.count == 20 && bytes[19] == UInt8(ascii: "Z") && bytes[10] == UInt8(ascii: "T")
        && bytes[17] != UInt8(ascii: "6")
    }
    return isWhole ?? false || text == usualSpelling(of: moment)
  }

  /// Time since 1970-01-01T00:00:00Z, in whole nanoseconds.
  package var sinceEpoch: Duration { details?.value.sinceEpoch ?? .nanoseconds(nanoseconds) }

  package var text: String { details?.value.text ?? Self.usualSpelling(of: sinceEpoch) ?? "" }

  package var description: String { text }

  private static func nanoseconds(in moment: Duration) -> Int64 {
    let (seconds, attoseconds) = moment.components
    let (whole, isTooFar) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isBeyond) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
    return isTooFar || isBeyond ? (seconds < 0 ? .min : .max) : sum
  }

  private static func parse(_ bytes: [UInt8]) -> Duration? {
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
      (1...12).contains(month), (1...days(in: month, of: year)).contains(day), year >= 1
    else { return nil }
    let midnight = daysSinceEpoch(year: year, month: month, day: day) * 86_400
    if bytes.count == 10 { return .seconds(midnight) }
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var index = 19
    var fraction: Int64 = 0
    if bytes[index] == UInt8(ascii: ".") {
      var scale: Int64 = 100_000_000
      index += 1
      let start = index
      while index < bytes.count, let digit = number(bytes[index...index]) {
        fraction += digit * scale
        scale /= 10
        index += 1
      }
      guard index > start else { return nil }
    }
    guard let offset = offset(bytes[index...]) else { return nil }
    return .seconds(midnight + hour * 3600 + minute * 60 + second - offset) + .nanoseconds(fraction)
  }

  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard let sign = bytes.first else { return nil }
    if bytes.count == 1 { return sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") ? 0 : nil }
    let start = bytes.startIndex
    guard bytes.count == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      bytes[start + 3] == UInt8(ascii: ":"),
      let hours = number(bytes[start + 1..<start + 3]), let minutes = number(bytes[start + 4..<start + 6]),
      hours < 24, minutes < 60
    else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    return value
  }

  private static func days(in month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Counts the days of a Gregorian date from 1970-01-01, with years that begin in March so that a leap day is the last.
  private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

extension Timestamp: Comparable, Hashable {
  package static func == (left: Timestamp, right: Timestamp) -> Bool { left.sinceEpoch == right.sinceEpoch }

  package static func < (left: Timestamp, right: Timestamp) -> Bool { left.sinceEpoch < right.sinceEpoch }

  package func hash(into hasher: inout Hasher) { hasher.combine(sinceEpoch) }
}
