/// The one way by which text that came from a network or a file reaches a screen.
package enum Printable {
  /// Control characters (C0, DEL, C1), line and paragraph separators, the marks that reorder text, and characters that
  /// are invisible are shown by number, such as `\u{1B}`, and never sent.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHazard) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHazard(scalar) {
        result += escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The same for a text of several lines: its tabs and line feeds stay.
  package static func escapedLines(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHazard) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isHazard(scalar), scalar != "\t", scalar != "\n" {
        result += escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  package static func isHazard(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: true
    default: isInvisible(scalar)
    }
  }

  /// True for a character that is invisible, or looks like a space. Those that shape the text around them, as in
  /// emoji and in Persian, are seen by that.
  package static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII || (0xFE00...0xFE0F).contains(scalar.value) || (0x200C...0x200D).contains(scalar.value) {
      return false
    }
    return scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isWhitespace
  }

  package static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }

  /// The columns that a text takes on a terminal: two for wide characters, none for marks that combine.
  package static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  /// A text in lines of at most this many columns, broken between words; a longer word has a line of its own. One line at least.
  package static func wrapped(_ text: String, to columns: Int) -> [String] {
    if width(text) <= columns { return [text] }
    var lines = [""]
    var used = 0
    for word in text.split(separator: " ") {
      let width = width(String(word))
      if used == 0 {
        lines[lines.count - 1] = String(word)
        used = width
      } else if used + 1 + width <= columns {
        lines[lines.count - 1] += " " + word
        used += 1 + width
      } else {
        lines.append(String(word))
        used = width
      }
    }
    return lines
  }

  package static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return scalar.value == 0 ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return isWide(scalar) ? 2 : 1
    }
  }

  /// The blocks of Unicode's East Asian Width W and F (UAX #11), as terminals draw them.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
      0x20000...0x3FFFD:
      true
    // Two of them make a flag, and each takes a column.
    case 0x1F1E6...0x1F1FF: false
    default: scalar.properties.isEmojiPresentation
    }
  }
}
