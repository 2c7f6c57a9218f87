import WhSyntax

/// Rows in columns that fit a width. What is too wide is cut in the middle, so that the ends of ids and urls stay readable.
struct Table {
  struct Column {
    let title: String
    /// False for columns that are never cut, as numbers.
    let isFlexible: Bool

    init(_ title: String, isFlexible: Bool = true) {
      self.title = title
      self.isFlexible = isFlexible
    }
  }

  private static let gap = 2
  private static let narrowest = 8

  let columns: [Column]
  /// Texts that are escaped already.
  let rows: [[String]]

  /// The lines of the table, each ended by a line feed.
  ///
  /// - Parameter width: the columns of the screen; nil to cut nothing.
  func text(width: Int?, style: Style) -> String {
    let widths = fitted(to: width)
    let head = line(columns.map(\.title), widths) { style.paint($0, .heading) }
    return ([head] + rows.map { line($0, widths) { $0 } }).joined()
  }

  private func line(_ cells: [String], _ widths: [Int], _ paint: (String) -> String) -> String {
    var text = ""
    for (index, cell) in cells.enumerated() {
      let cut = Self.cut(cell, to: widths[index])
      text += paint(cut)
      if index + 1 < cells.count {
        text += String(repeating: " ", count: widths[index] - Printable.width(cut) + Self.gap)
      }
    }
    while text.last == " " { text.removeLast() }
    return text + "\n"
  }

  private func fitted(to width: Int?) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(Printable.width(columns[index].title)) { max($0, Printable.width($1[index])) }
    }
    guard let width else { return widths }
    var excess = widths.reduce(0, +) + Self.gap * (columns.count - 1) - width
    // The widest column shrinks first, one character at a time.
    while excess > 0 {
      let flexible = columns.indices.filter { columns[$0].isFlexible && widths[$0] > Self.narrowest }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  static func cut(_ text: String, to width: Int) -> String {
    guard Printable.width(text) > width, width > 1 else { return text }
    let scalars = Array(text.unicodeScalars)
    var (head, tail) = ((width - 1) / 2, width - 1 - (width - 1) / 2)
    var front = ""
    var back: [Unicode.Scalar] = []
    for scalar in scalars {
      head -= Printable.width(scalar)
      if head < 0 { break }
      front.unicodeScalars.append(scalar)
    }
    for scalar in scalars.reversed() {
      tail -= Printable.width(scalar)
      if tail < 0 { break }
      back.append(scalar)
    }
    var end = ""
    end.unicodeScalars.append(contentsOf: back.reversed())
    return front + "…" + end
  }
}
