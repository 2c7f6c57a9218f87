import WhSession

/// Replaces secrets by `••••`, with a number after it where there are several, so that a replay can tell one
/// from another.
struct SecretMarks: Sendable {
  private let redactor: Redactor
  private var numbers: [[UInt8]: Int] = [:]
  private var last: Int

  /// Greater numbers after a mark are not ours, but happen to stand there.
  private static let mostSecrets = 1_000_000

  /// - Parameter present: a text with marks in it that are other secrets'.
  init(_ redactor: Redactor, after present: String = "") {
    self.redactor = redactor
    last = Self.marks(in: present).map(\.number).filter { $0 <= Self.mostSecrets }.max() ?? 0
  }

  mutating func mark(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    for range in redactor.maskedRanges(bytes) {
      result += bytes[index..<range.lowerBound]
      result += Self.mark(number(of: Array(bytes[range]))).utf8
      index = range.upperBound
    }
    return String(decoding: result + bytes[index...], as: UTF8.self)
  }

  private mutating func number(of secret: [UInt8]) -> Int {
    if let number = numbers[secret] { return number }
    last += 1
    numbers[secret] = last
    return last
  }

  private static func mark(_ number: Int) -> String { Redactor.mask + (number == 1 ? "" : String(number)) }

  // MARK: Reading

  /// The marks of a text, in its order.
  static func marks(in text: String) -> [(range: Range<String.Index>, number: Int)] {
    text.ranges(of: Redactor.mask).map { range in
      let digits = text[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
      return (range.lowerBound..<digits.endIndex, Int(digits) ?? 1)
    }
  }

  /// The text with its marks replaced by values.
  static func filled(_ text: String, with value: (Int) -> String) -> String {
    var result = ""
    var index = text.startIndex
    for mark in marks(in: text) where mark.range.lowerBound >= index {
      result += text[index..<mark.range.lowerBound] + value(mark.number)
      index = mark.range.upperBound
    }
    return result + text[index...]
  }
}
