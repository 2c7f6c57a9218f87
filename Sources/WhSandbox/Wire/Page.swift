import Foundation

/// Which part of a list is asked for.
struct Page: Sendable, Equatable {
  static let largestLimit = 100

  var limit = 20
  var offset = 0

  init() {}

  /// Reads `limit` and `offset` out of a query; other parameters are ignored, and of a repeated one the last counts.
  /// - Throws: the `APIError` that answers a number out of range.
  init(query: String) throws(APIError) {
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let value = parts.count == 2 ? parts[1].removingPercentEncoding ?? parts[1] : ""
      switch parts[0].removingPercentEncoding {
      case "limit": limit = try Self.number(value, in: 1...Self.largestLimit, param: "limit")
      case "offset": offset = try Self.number(value, in: 0...Int(Int32.max), param: "offset")
      default: break
      }
    }
  }

  private static func number(_ text: String, in range: ClosedRange<Int>, param: String) throws(APIError) -> Int {
    // `Int` alone would take a sign, which in a query is a blank.
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-") }),
      let number = Int(text), range.contains(number)
    else {
      throw APIError.invalidRequest(
        "\(param) must be a whole number from \(range.lowerBound) to \(range.upperBound).",
        param: param)
    }
    return number
  }
}
