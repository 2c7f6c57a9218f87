/// Durations as people write them.
package enum DurationText {
  private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]

  /// The seconds of a duration such as `30s`, `5m` or `1h`, or of a number of seconds; nil for anything else, and for more
  /// than nine digits.
  package static func seconds(_ text: String) -> Int? {
    let unit = text.last.flatMap { units[$0] }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), digits.utf8.count <= 9
    else {
      return nil
    }
    return Int(digits).map { $0 * (unit ?? 1) }
  }
}
