/// A word as the keyword that it may be, in lower case, in a form that is compared at once.
package struct Keyword: Hashable, Sendable {
  /// So many bytes has the longest one.
  static var longest: Int { 16 }

  private let first: UInt64
  private let second: UInt64

  /// What can never be a keyword: a quoted word, a longer one, or one with variables.
  static var none: Keyword { Keyword(0, 0) }

  private init(_ first: UInt64, _ second: UInt64) {
    self.first = first
    self.second = second
  }

  /// - Parameter range: the place of ASCII characters, in any letter case.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    var (first, second): (UInt64, UInt64) = (0, 0)
    guard range.count <= Self.longest else {
      self = .none
      return
    }
    for place in range {
      let byte = bytes[place]
      guard byte != 0 else {
        self = .none
        return
      }
      second = second << 8 | first >> 56
      first = first << 8 | UInt64(byte.lowercased)
    }
    self.init(first, second)
  }

  /// A text of the grammar, or of a word that is not written as it is meant.
  init(_ text: String) {
    var text = text
    let isASCII = text.withUTF8 { $0.firstPlaceBeyondASCII(from: 0) == $0.count }
    if !isASCII { text = text.lowercased() }
    self = text.withUTF8 { bytes in
      bytes.firstPlaceBeyondASCII(from: 0) == bytes.count ? Keyword(bytes, 0..<bytes.count) : .none
    }
  }

  /// The number of its bytes.
  var count: Int {
    16 - (second != 0 ? second.leadingZeroBitCount : 64 + first.leadingZeroBitCount) / 8
  }

  var text: String {
    var bytes: [UInt8] = []
    for shift in stride(from: (count - 1) * 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: shift >= 64 ? second >> (shift - 64) : first >> shift))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Source {
  /// What a place of ASCII characters is as a keyword.
  func keyword(at range: Range<Int>) -> Keyword { bytes.withUnsafeBufferPointer { Keyword($0, range) } }
}
