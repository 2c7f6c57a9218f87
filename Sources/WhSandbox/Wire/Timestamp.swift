import Foundation

/// A moment in whole milliseconds since 1970, UTC: what the store keeps and the wire shows.
struct Timestamp: Sendable, Hashable, Comparable {
  var milliseconds: Int64

  init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  init(_ date: Date) {
    milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
  }

  /// A time of day, UTC, in the proleptic Gregorian calendar.
  static func utc(_ year: Int32, _ month: Int32, _ day: Int32, _ hour: Int32 = 0, _ minute: Int32 = 0) -> Timestamp {
    var parts = tm()
    parts.tm_year = year - 1900
    parts.tm_mon = month - 1
    parts.tm_mday = day
    parts.tm_hour = hour
    parts.tm_min = minute
    return Timestamp(milliseconds: Int64(timegm(&parts)) * 1000)
  }

  static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }

  /// Whole seconds since 1970, rounded down.
  var seconds: Int64 {
    milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
  }

  /// RFC 3339 with milliseconds, such as `2026-11-24T16:00:00.250Z`.
  var rfc3339: String {
    let parts = calendar
    let date = "\(Self.year(parts))-\(Self.digits(parts.tm_mon + 1, 2))-\(Self.digits(parts.tm_mday, 2))"
    return "\(date)T\(Self.time(parts)).\(Self.digits(Int32(milliseconds - seconds * 1000), 3))Z"
  }

  /// RFC 9110's date of HTTP, such as `Tue, 24 Nov 2026 16:00:00 GMT`.
  var httpDate: String {
    let parts = calendar
    let day = "\(Self.days[Int(parts.tm_wday)]), \(Self.digits(parts.tm_mday, 2)) \(Self.months[Int(parts.tm_mon)])"
    return "\(day) \(Self.year(parts)) \(Self.time(parts)) GMT"
  }

  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private var calendar: tm {
    var time = time_t(seconds)
    var parts = tm()
    gmtime_r(&time, &parts)
    return parts
  }

  private static func year(_ parts: tm) -> String {
    digits(parts.tm_year + 1900, 4)
  }

  private static func time(_ parts: tm) -> String {
    "\(digits(parts.tm_hour, 2)):\(digits(parts.tm_min, 2)):\(digits(parts.tm_sec, 2))"
  }

  private static func digits(_ number: Int32, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}
