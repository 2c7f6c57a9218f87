/// What stands in a word besides its text. The lexer and the reader of a word's parts both find it here.
extension [UInt8] {
  /// The byte at a place; nil past the end.
  func at(_ place: Int) -> UInt8? { place < count ? self[place] : nil }

  /// The number of bytes of a backslash and the line end right after it; 0 where there is none.
  func joinLength(at index: Int) -> Int {
    guard at(index) == .backslash else { return 0 }
    switch at(index + 1) {
    case nil: return 1
    case .newline: return 2
    case .carriageReturn where at(index + 2) == .newline: return 3
    case .carriageReturn where index + 2 == count: return 2
    default: return 0
    }
  }

  /// The blanks between a backslash and the line end that it was to hide; empty where something else follows.
  func blanks(after backslash: Int) -> Range<Int> {
    let start = backslash + 1
    var next = start
    while let byte = at(next), byte == .space || byte == .tab { next += 1 }
    let isAtEnd = at(next).map { $0 == .newline || $0 == .carriageReturn } ?? true
    return start..<(isAtEnd ? next : start)
  }

  /// The place after a line end.
  func afterLineEnd(at place: Int) -> Int {
    let next = at(place) == .carriageReturn ? place + 1 : place
    return at(next) == .newline ? next + 1 : next
  }

  /// The place after the character that begins here.
  func characterEnd(_ start: Int) -> Int {
    var end = start + 1
    while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }
}

/// A `${name}` in a word.
struct VariableMark {
  enum Flaw {
    case unclosed
    case badName
  }

  let range: Range<Int>
  let name: String
  let flaw: Flaw?

  /// - Parameter start: where its `$` stands.
  init(_ bytes: [UInt8], at start: Int) {
    var end = start + 2
    while let byte = bytes.at(end), byte != .closeBrace, !byte.endsVariable { end += 1 }
    name = bytes.text(start + 2..<end)
    guard bytes.at(end) == .closeBrace else {
      range = start..<end
      flaw = .unclosed
      return
    }
    range = start..<end + 1
    flaw = VariableName.isValidReference(name) ? nil : .badName
  }
}

/// A backslash in double quotes, with what it stands for.
struct EscapeMark {
  enum Meaning {
    case text(String)
    case join
    case unknown
    case badCharacter
  }

  let range: Range<Int>
  let meaning: Meaning

  /// - Parameter start: where its backslash stands.
  init(_ bytes: [UInt8], at start: Int) {
    let join = bytes.joinLength(at: start)
    guard join == 0 else {
      range = start..<start + join
      meaning = .join
      return
    }
    let text: String
    switch bytes.at(start + 1) {
    case .doubleQuote: text = "\""
    case .backslash: text = "\\"
    case .dollar: text = "$"
    case UInt8(ascii: "n"): text = "\n"
    case UInt8(ascii: "r"): text = "\r"
    case UInt8(ascii: "t"): text = "\t"
    case UInt8(ascii: "u") where bytes.at(start + 2) == .openBrace:
      (range, meaning) = Self.character(bytes, at: start)
      return
    default:
      range = start..<Swift.min(bytes.characterEnd(start + 1), bytes.count)
      meaning = .unknown
      return
    }
    range = start..<start + 2
    meaning = .text(text)
  }

  private static func character(_ bytes: [UInt8], at start: Int) -> (Range<Int>, Meaning) {
    let digits = start + 3
    var end = digits
    while let byte = bytes.at(end), byte != .closeBrace, byte != .doubleQuote, byte != .newline { end += 1 }
    let isClosed = bytes.at(end) == .closeBrace
    let number = bytes[digits..<end]
    let range = start..<(isClosed ? end + 1 : end)
    guard isClosed, (1...8).contains(number.count), number.allSatisfy(\.isHexDigit),
      let value = UInt32(String(decoding: number, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(value)
    else { return (range, .badCharacter) }
    return (range, .text(String(scalar)))
  }
}
