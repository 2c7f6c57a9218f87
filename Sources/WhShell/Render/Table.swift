import WhSyntax

/// Rows in columns that fit a width. What is too wide is cut in the middle, so that the ends of ids and urls stay readable.
struct Table {
  struct Column {
    enum Kind {
      /// Cut in the middle.
      case flexible
      /// Cut once the flexible ones are narrow.
      case name
      /// Names with commas between: as many as there is room for, and the number of the others.
      case list
      /// Never cut, as numbers.
      case fixed
    }

    let title: String
    let kind: Kind

    init(_ title: String, _ kind: Kind = .flexible) {
      self.title = title
      self.kind = kind
    }
  }

  private static let gap = 2
  private static let narrowest = 8
  /// Names are cut only if the flexible columns would be narrower.
  private static let narrowestBesideNames = 14

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
      let cut = columns[index].kind == .list ? Self.cutList(cell, to: widths[index]) : Self.cut(cell, to: widths[index])
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
    // Names stay whole as long as the others can give way, and of a list the first one.
    let firsts = columns.indices.map { columns[$0].kind == .list ? widestFirst(in: $0) : 0 }
    for isLast in [false, true] {
      // The widest column shrinks first, one character at a time.
      while excess > 0 {
        let shrinking = columns.indices.filter { widths[$0] > least($0, firsts[$0], isLast: isLast) }
        guard let widest = shrinking.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
        excess -= 1
      }
    }
    return widths
  }

  /// How narrow a column may become.
  ///
  /// - Parameters:
  ///   - first: the width of a list with its first name alone.
  ///   - isLast: true where names are cut too.
  private func least(_ column: Int, _ first: Int, isLast: Bool) -> Int {
    switch columns[column].kind {
    case .fixed: .max
    case _ where isLast: Self.narrowest
    case .flexible: Self.narrowestBesideNames
    case .list: max(first, Self.narrowestBesideNames)
    case .name: .max
    }
  }

  private func widestFirst(in column: Int) -> Int {
    rows.reduce(0) { widest, row in
      let names = row[column].split(separator: ", ")
      let rest = names.count > 1 ? " +\(names.count - 1)" : ""
      return max(widest, Printable.width(String(names.first ?? "") + rest))
    }
  }

  /// A list of names with commas between: the first ones, and how many more there are. A lone name that is too long is cut.
  static func cutList(_ text: String, to width: Int) -> String {
    guard Printable.width(text) > width else { return text }
    let names = text.split(separator: ", ").map(String.init)
    for count in stride(from: names.count - 1, through: 1, by: -1) {
      let shown = names.prefix(count).joined(separator: ", ") + " +\(names.count - count)"
      if Printable.width(shown) <= width { return shown }
    }
    guard let first = names.first, names.count > 1 else { return cut(text, to: width) }
    let rest = " +\(names.count - 1)"
    return cut(first, to: max(width - rest.utf8.count, 2)) + rest
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
