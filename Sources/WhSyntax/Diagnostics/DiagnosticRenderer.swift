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
  ///
  /// - Parameter width: the columns of the screen; nil to break no line.
  package func render(_ diagnostic: Diagnostic, width: Int? = nil) -> String {
    let severity = diagnostic.severity
    let tone: Tone = severity == .error ? .red : .yellow
    let hasText = !diagnostic.span.source.bytes.isEmpty
    let (line, column) = diagnostic.span.position
    let gutter = hasText ? String(repeating: " ", count: String(line).count) : " "

    let title = "\(severity.rawValue)[\(diagnostic.code.rawValue)]"
    var text = paint(title, tone) + ": "
    // The first line has the title before it, which is a word that can't be broken.
    let message = lines("\(String(repeating: "-", count: title.count)): \(shown(diagnostic.message))", width)
    text += message.enumerated().map { index, line in
      paint(index == 0 ? String(line.dropFirst(title.count + 2)) : line, .bold) + "\n"
    }.joined()
    if hasText {
      let room = width.map { max($0 - gutter.count - 3, Self.leastRoom) } ?? Self.window
      let excerpt = excerpt(of: diagnostic.span, window: min(room - 1, Self.window))
      let carets = String(repeating: "^", count: max(1, excerpt.caretWidth))
      let label = diagnostic.label.map { shown($0) } ?? ""
      text += "\(gutter)\(paint("-->", .blue)) \(Printable.escaped(diagnostic.span.source.name)):\(line):\(column)\n"
      text += "\(gutter) \(paint("|", .blue))\n"
      text += "\(paint("\(line) |", .blue)) \(excerpt.text)\n"
      for line in pointer(carets, label, at: excerpt.caretColumn, width.map { _ in room }) {
        text += "\(gutter) \(paint("|", .blue)) \(line.blanks)\(paint(line.text, tone))\n"
      }
    }
    var notes = (hasText ? [] : [diagnostic.label].compactMap(\.self)) + diagnostic.notes.prefix(mostNotes)
    if diagnostic.notes.count > mostNotes { notes.append("and \(diagnostic.notes.count - mostNotes) more") }
    for note in notes {
      let lines = lines(shown(note), width.map { $0 - gutter.count - 3 })
      text += "\(gutter) \(paint("=", .blue)) "
      text += lines.joined(separator: "\n\(gutter)   ") + "\n"
    }
    return text
  }

  /// So many columns are used at least, however narrow the screen is.
  private static let leastRoom = 20

  /// The lines of a text, broken between words.
  private func lines(_ text: String, _ width: Int?) -> [String] {
    guard let width else { return [text] }
    return Printable.wrapped(text, to: max(width, Self.leastRoom))
  }

  /// The carets with the label beside them, or below where that leaves more room.
  ///
  /// - Parameter room: the columns there are; nil to break no line.
  private func pointer(_ carets: String, _ label: String, at column: Int, _ room: Int?) -> [PointerLine] {
    let beside = label.isEmpty ? carets : carets + " " + label
    guard let room, column + Printable.width(beside) > room else { return [PointerLine(column, beside)] }
    let start = column + carets.count + 1
    if room - start >= Self.leastRoom {
      return lines(label, room - start).enumerated().map { index, line in
        index == 0 ? PointerLine(column, carets + " " + line) : PointerLine(start, line)
      }
    }
    let broken = lines(label, room)
    let widest = broken.map { Printable.width($0) }.max() ?? 0
    return [PointerLine(column, carets)] + broken.map { PointerLine(max(0, min(column, room - widest)), $0) }
  }

  /// A line below the source's, which begins at some column.
  private struct PointerLine {
    let blanks: String
    let text: String

    init(_ column: Int, _ text: String) {
      blanks = String(repeating: " ", count: column)
      self.text = text
    }
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

  private func excerpt(of span: Span, window: Int) -> Excerpt {
    let whole = span.source.line(at: span.range.lowerBound)
    let line = Self.surroundings(of: span, in: whole)
    let cells = cells(Array(span.source.bytes[line]), startingAt: line.lowerBound)
    var first = 0
    let caret = cells.firstIndex { $0.range.upperBound > span.range.lowerBound } ?? cells.count
    let before = cells[..<caret].reduce(0) { $0 + $1.width }
    // The sign of a cut takes a column too, which is all that one more would take.
    let isCut = line != whole || cells.reduce(0) { $0 + $1.width } > window + 1
    if isCut, before > window / 2 {
      var skipped = 0
      while first < caret, before - skipped > window / 2 {
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
      if isCut, width + cell.width > window {
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
