import Synchronization
import WhDomain

/// Dates of HTTP header fields (RFC 9110, section 5.6.7).
enum HTTPDate {
  /// Reads all three forms that a recipient must take, as time since 1970; nil for any other text.
  static func parse(_ text: String) -> Duration? {
    if let known = last.withLock({ $0.text == text ? $0 : nil }) { return known.moment }
    let moment = read(text)
    last.withLock { $0 = Read(text: text, moment: moment) }
    return moment
  }

  private struct Read {
    var text = ""
    var moment: Duration?
  }

  /// What was read last: all answers of a second have the same date.
  private static let last = Mutex(Read())

  private static func read(_ text: String) -> Duration? {
    let words = text.split { $0 == " " || $0 == "," || $0 == "-" }
    guard let month = words.lazy.compactMap({ months[$0.prefix(3).lowercased()] }).first,
      let time = words.first(where: { $0.contains(":") })
    else { return nil }
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == 2, (1...31).contains(numbers[0]), numbers[1] >= 0 else { return nil }
    let year = numbers[1] < 70 ? 2000 + numbers[1] : numbers[1] < 100 ? 1900 + numbers[1] : numbers[1]
    let day = numbers[0] < 10 ? "0\(numbers[0])" : "\(numbers[0])"
    guard let moment = try? Timestamp("\(year)-\(month)-\(day)T\(time)Z") else { return nil }
    return moment.sinceEpoch
  }

  private static let months = [
    "jan": "01", "feb": "02", "mar": "03", "apr": "04", "may": "05", "jun": "06",
    "jul": "07", "aug": "08", "sep": "09", "oct": "10", "nov": "11", "dec": "12",
  ]
}

extension HTTPResponse {
  /// The server's clock as it answered, in whole seconds.
  var date: Duration? { self["Date"].flatMap(HTTPDate.parse) }

  /// How long the server asks to wait: seconds, a date (RFC 9110, section 10.2.3), or the Unix time that some servers give in
  /// place of seconds.
  ///
  /// - Parameter now: Our clock, for a time in an answer without the server's clock.
  func retryAfter(now: Duration) -> Duration? {
    guard let text = self["Retry-After"]?.trimmingSpaces else { return nil }
    let clock = date ?? now
    guard let number = Double(text), number.isFinite, text.utf8.allSatisfy({ $0 != UInt8(ascii: "x") }) else {
      return HTTPDate.parse(text).map { max(.zero, $0 - clock) }
    }
    let wait = Self.unixTime(number, near: clock.inSeconds).map { $0 - clock.inSeconds } ?? number
    return .seconds(min(max(0, wait), 1e9))
  }

  /// The time that a number means, in seconds or milliseconds; nil if it is more than a year off.
  private static func unixTime(_ number: Double, near clock: Double) -> Double? {
    guard number >= 1e9 else { return nil }
    return [number, number / 1000].first { abs($0 - clock) < 366 * 86_400 }
  }
}

extension String {
  /// The text without white space of HTTP at its ends.
  var trimmingSpaces: String {
    let start = drop { $0 == " " || $0 == "\t" }
    guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...last])
  }
}
