/// Draws a diagnostic: its code, its place, the line, and a caret under the exact words.
package struct DiagnosticRenderer: Sendable {
  /// The maximum number of columns shown of a source line; a longer line is cut around the caret.
  private static let window = 160

  private let isColoured: Bool
  private let mostNotes: Int
  private let mask: String
  private let maskedRanges: @Sendable ([UInt8]) -> [Range<Int>]

  /// - Parameters:
  ///   - mostNotes: so many notes are drawn; of more, the rest is counted.
  ///   - mask: what is drawn in the place of a secret.
  ///   - maskedRanges: the ranges of a line's bytes that are secret, in order.
  package init(
    isColoured: Bool = false, mostNotes: Int = .max, mask: String = "",
    maskedRanges: @escaping @Sendable ([UInt8]) -> [Range<Int>] = { _ in [] }
  ) {
    self.isColoured = isColoured
    self.mostNotes = mostNotes
    self.mask = mask
    self.maskedRanges = maskedRanges
  }

  /// The lines of the drawing, each ended by a line feed. Where there is no text to point at, as of a command of the shell,
  /// message, label and notes stand alone.
  package func render(_ diagnostic: Diagnostic) -> String {
    let severity = diagnostic.severity
    let tone: Tone = severity == .error ? .red : .yellow
    let hasText = !diagnostic.span.source.bytes.isEmpty
    let (line, column) = diagnostic.span.position
    let gutter = hasText ? String(repeating: " ", count: String(line).count) : " "

    var text = paint("\(severity.rawValue)[\(diagnostic.code.rawValue)]", tone) + ": "
    text += paint(shown(diagnostic.message), .bold) + "\n"
    if hasText {
      let excerpt = excerpt(of: diagnostic.span)
      let carets = String(repeating: "^", count: max(1, excerpt.caretWidth))
      let label = diagnostic.label.map { " " + shown($0) } ?? ""
      text += "\(gutter)\(paint("-->", .blue)) \(Printable.escaped(diagnostic.span.source.name)):\(line):\(column)\n"
      text += "\(gutter) \(paint("|", .blue))\n"
      text += "\(paint("\(line) |", .blue)) \(excerpt.text)\n"
      text += "\(gutter) \(paint("|", .blue)) \(String(repeating: " ", count: excerpt.caretColumn))"
      text += paint(carets + label, tone) + "\n"
    }
    var notes = (hasText ? [] : [diagnostic.label].compactMap(\.self)) + diagnostic.notes.prefix(mostNotes)
    if diagnostic.notes.count > mostNotes { notes.append("and \(diagnostic.notes.count - mostNotes) more") }
    for note in notes { text += "\(gutter) \(paint("=", .blue)) \(shown(note))\n" }
    return text
  }

  private func shown(_ text: String) -> String { Printable.escaped(masked(text)) }

  // MARK: The line

  private struct Excerpt {
    var text = ""
    var caretColumn = 0
    var caretWidth = 0
  }

  /// One character as it is shown, with its bytes of the source.
  private struct Cell {
    let text: String
    let width: Int
    let range: Range<Int>
  }

  private func excerpt(of span: Span) -> Excerpt {
    let whole = span.source.line(at: span.range.lowerBound)
    let line = Self.surroundings(of: span, in: whole)
    let cells = cells(Array(span.source.bytes[line]), startingAt: line.lowerBound)
    var first = 0
    let caret = cells.firstIndex { $0.range.upperBound > span.range.lowerBound } ?? cells.count
    let before = cells[..<caret].reduce(0) { $0 + $1.width }
    let isCut = line != whole || cells.reduce(0) { $0 + $1.width } > Self.window
    if isCut, before > Self.window / 2 {
      var skipped = 0
      while first < caret, before - skipped > Self.window / 2 {
        skipped += cells[first].width
        first += 1
      }
    }
    var result = Excerpt()
    var width = 0
    if first > 0 {
      result.text = "…"
      width = 1
    }
    for cell in cells[first...] {
      if isCut, width + cell.width > Self.window {
        result.text += "…"
        break
      }
      if cell.range.upperBound <= span.range.lowerBound {
        result.caretColumn = width + cell.width
      } else if cell.range.lowerBound < span.range.upperBound {
        result.caretWidth += cell.width
      }
      result.text += cell.text
      width += cell.width
    }
    if first > 0, result.caretColumn == 0 { result.caretColumn = 1 }
    return result
  }

  /// The number of bytes examined on each side of a span: more than are shown, and at least the length of a secret.
  private static let reach = 1 << 13

  /// The part of a line that may be shown, so that a hundred errors in a line of megabytes don't read it a hundred times.
  private static func surroundings(of span: Span, in line: Range<Int>) -> Range<Int> {
    let bytes = span.source.bytes
    var start = max(line.lowerBound, span.range.lowerBound - reach)
    var end = min(line.upperBound, max(span.range.lowerBound, start) + reach)
    while start > line.lowerBound, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    while end < line.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return start..<max(start, end)
  }

  private func cells(_ bytes: [UInt8], startingAt base: Int) -> [Cell] {
    var cells: [Cell] = []
    var offset = 0
    var masks = maskedRanges(bytes)[...]
    let text = String(decoding: bytes, as: UTF8.self)
    for scalar in text.unicodeScalars {
      // An invalid UTF-8 byte decodes to a replacement character of three bytes, so its own length is one.
      let isReplacement = scalar == "\u{FFFD}" && bytes[offset] != 0xEF
      let end = min(offset + (isReplacement ? 1 : String(scalar).utf8.count), bytes.count)
      defer { offset = end }
      if let secret = masks.first, secret.contains(offset) {
        if offset == secret.lowerBound || cells.isEmpty {
          let range = base + secret.lowerBound..<base + secret.upperBound
          cells.append(Cell(text: mask, width: Printable.width(mask), range: range))
        }
        if end >= secret.upperBound { masks.removeFirst() }
        continue
      }
      let shown = scalar == "\t" ? "    " : Printable.isHazard(scalar) ? Printable.escape(scalar) : String(scalar)
      cells.append(Cell(text: shown, width: Printable.width(shown), range: base + offset..<base + end))
      if end >= bytes.count { break }
    }
    return cells
  }

  private func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    for range in maskedRanges(bytes) where range.lowerBound >= index {
      result += bytes[index..<range.lowerBound] + Array(mask.utf8)
      index = range.upperBound
    }
    return String(decoding: result + bytes[index...], as: UTF8.self)
  }

  // MARK: Colour

  private enum Tone: String {
    case red = "1;31"
    case yellow = "1;33"
    case blue = "1;34"
    case bold = "1"
  }

  private func paint(_ text: String, _ tone: Tone) -> String {
    isColoured ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }
}
