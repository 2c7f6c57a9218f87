/// The bytes that mean something to the lexer.
extension UInt8 {
  static var space: UInt8 { UInt8(ascii: " ") }
  static var tab: UInt8 { UInt8(ascii: "\t") }
  static var carriageReturn: UInt8 { UInt8(ascii: "\r") }
  static var newline: UInt8 { UInt8(ascii: "\n") }
  static var semicolon: UInt8 { UInt8(ascii: ";") }
  static var comma: UInt8 { UInt8(ascii: ",") }
  static var hash: UInt8 { UInt8(ascii: "#") }
  static var pipe: UInt8 { UInt8(ascii: "|") }
  static var greater: UInt8 { UInt8(ascii: ">") }
  static var exclamation: UInt8 { UInt8(ascii: "!") }
  static var backslash: UInt8 { UInt8(ascii: "\\") }
  static var doubleQuote: UInt8 { UInt8(ascii: "\"") }
  static var singleQuote: UInt8 { UInt8(ascii: "'") }
  static var dollar: UInt8 { UInt8(ascii: "$") }
  static var openBrace: UInt8 { UInt8(ascii: "{") }
  static var closeBrace: UInt8 { UInt8(ascii: "}") }
  static var openParenthesis: UInt8 { UInt8(ascii: "(") }
  static var closeParenthesis: UInt8 { UInt8(ascii: ")") }

  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }

  var isHexDigit: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 6 }

  /// The same byte, or the small letter of a capital one.
  var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}

/// Sets of bytes; each is a `switch`, which costs less than any table.
extension UInt8 {
  /// True for a byte that may mean more than itself in a bare word, or end it.
  var hasMeaningInBare: Bool {
    switch self {
    case .space, .tab, .carriageReturn, .newline, .semicolon, .comma, .backslash, .dollar, .pipe, .greater,
      .doubleQuote, .singleQuote, 0x80...:
      true
    default: isControl
    }
  }

  var isControl: Bool { self < .space || self == 0x7F }

  /// True for a byte that may mean more than itself in a quoted word, or end it.
  var hasMeaningInQuotes: Bool {
    switch self {
    case .backslash, .dollar, .doubleQuote, .singleQuote, .newline, 0x80...: true
    default: false
    }
  }

  var endsWord: Bool {
    switch self {
    case .space, .tab, .carriageReturn, .newline, .semicolon: true
    default: false
    }
  }

  var mayFollowQuote: Bool { endsWord || self == .comma || self == .closeParenthesis }

  var endsVariable: Bool { endsWord || self == .doubleQuote || self == .singleQuote }

  /// True for the signs that operators begin with.
  var beginsOperator: Bool { endsOperator || self == .exclamation }

  /// True for the signs that operators end with.
  var endsOperator: Bool {
    switch self {
    case UInt8(ascii: "="), UInt8(ascii: "~"), UInt8(ascii: "<"), .greater: true
    default: false
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The first place at or after another one that holds a byte; eight bytes are looked at in one step.
  func firstPlace(of byte: UInt8, from start: Int) -> Int? {
    let raw = UnsafeRawBufferPointer(self)
    let pattern = 0x0101_0101_0101_0101 &* UInt64(byte)
    var place = start
    while place + 8 <= count {
      let others = raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ pattern
      if (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080 != 0 { break }
      place += 8
    }
    while place < count {
      if self[place] == byte { return place }
      place += 1
    }
    return nil
  }

  /// The first place at or after another one that holds no ASCII character; the end where there is none.
  func firstPlaceBeyondASCII(from start: Int) -> Int {
    let raw = UnsafeRawBufferPointer(self)
    var place = start
    while place + 8 <= count, raw.loadUnaligned(fromByteOffset: place, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
      place += 8
    }
    while place < count, self[place] < 0x80 { place += 1 }
    return place
  }
}
