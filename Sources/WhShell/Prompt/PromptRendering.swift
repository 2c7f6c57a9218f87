extension Prompt {
  /// Encloses an escape sequence, so that libedit does not count it as text.
  package static let escapeMark: Character = "\u{1}"

  /// The prompt in the form that libedit takes.
  ///
  /// It drops an escape sequence that no printable character follows, the last of two that touch, and one that ends the
  /// prompt. So a change of style is one sequence right before a character, and a styled prompt ends in a plain space.
  /// Control characters, which a name from a file may hold, become U+FFFD.
  package func rendered(colour: Bool) -> String {
    var result = ""
    var current = Style.plain
    var pieces = segments.map { Segment(Self.printable($0.text), colour ? $0.style : .plain) }.filter {
      !$0.text.isEmpty
    }
    if let last = pieces.last, last.style != .plain {
      if last.text.hasSuffix(" ") { pieces[pieces.count - 1].text.removeLast() }
      pieces.append(Segment(" "))
    }
    for piece in pieces where !piece.text.isEmpty {
      if piece.style != current {
        result += "\(Self.escapeMark)\(piece.style.escapeSequence)\(Self.escapeMark)"
        current = piece.style
      }
      result += piece.text
    }
    return result
  }

  private static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }
}

extension Prompt.Style {
  /// The ECMA-48 sequence that sets this style whatever was set before.
  package var escapeSequence: String { "\u{1B}[0\(rendition.isEmpty ? "" : ";")\(rendition)m" }

  /// The numbers of ECMA-48 for it; empty for a plain one.
  package var rendition: String {
    let codes = [
      isBold ? "1" : nil, isDim ? "2" : nil, isUnderlined ? "4" : nil, colour.map { String($0.rawValue) },
    ]
    return codes.compactMap(\.self).joined(separator: ";")
  }
}
