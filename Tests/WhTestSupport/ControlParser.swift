/// Splits what a program writes to a terminal into text and controls, a byte at a time.
struct ControlParser: Sendable {
  enum Action: Sendable {
    case print(Unicode.Scalar)
    case control(UInt8)
    /// `ESC` and one character.
    case escape(UInt8)
    case sequence(ControlSequence)
  }

  private enum State: Sendable {
    case ground
    case escape
    /// Within `ESC (` and similar, which select a character set: one byte follows.
    case characterSet
    case sequence([UInt8])
    /// Within `ESC ]`, a string such as the window's title, up to BEL or `ESC \`.
    case string(sawEscape: Bool)
  }

  private var state = State.ground
  private var partial: [UInt8] = []

  mutating func take(_ byte: UInt8) -> Action? {
    switch state {
    case .ground: return ground(byte)
    case .characterSet:
      state = .ground
      return nil
    case .escape:
      state = .ground
      switch byte {
      case UInt8(ascii: "["): state = .sequence([])
      case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"): state = .string(sawEscape: false)
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "#"): state = .characterSet
      default: return .escape(byte)
      }
      return nil
    case .string(let sawEscape):
      if byte == 0x07 || sawEscape && byte == UInt8(ascii: "\\") {
        state = .ground
      } else {
        state = .string(sawEscape: byte == 0x1B)
      }
      return nil
    case .sequence(let bytes):
      guard (0x40...0x7E).contains(byte) else {
        // A control within a sequence acts at once.
        if byte < 0x20 { return .control(byte) }
        state = .sequence(bytes + [byte])
        return nil
      }
      state = .ground
      let isPrivate = bytes.first == UInt8(ascii: "?")
      let numbers = String(decoding: isPrivate ? bytes.dropFirst() : bytes[...], as: UTF8.self)
      let parameters = numbers.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
      let final = Character(Unicode.Scalar(byte))
      return .sequence(ControlSequence(parameters: parameters, isPrivate: isPrivate, final: final))
    }
  }

  private mutating func ground(_ byte: UInt8) -> Action? {
    if byte == 0x1B {
      state = .escape
      return nil
    }
    if byte < 0x20 || byte == 0x7F { return .control(byte) }
    if byte < 0x80 {
      partial = []
      return .print(Unicode.Scalar(byte))
    }
    if byte >= 0xC0 { partial = [] }
    partial.append(byte)
    let lead = partial[0]
    let expected = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard partial.count >= expected else { return nil }
    defer { partial = [] }
    return String(decoding: partial, as: UTF8.self).unicodeScalars.first.map(Action.print)
  }
}
