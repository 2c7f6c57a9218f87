/// What is seen on a screen, as a picture in SVG.
package struct ScreenPicture: Sendable {
  private static let cell = (width: 8.4, height: 18.0)
  private static let margin = 12.0
  private static let (ink, paper) = ("#d8dee9", "#16181d")
  /// By the numbers of ECMA-48.
  private static let colours = [
    "31": "#f28b82", "32": "#8bd49c", "33": "#e6c07b", "34": "#7fb4ff", "35": "#d9a0f5", "36": "#6fd3d9",
  ]

  package let svg: String

  /// - Parameter start: the first row that is shown; the last one is the last that has text.
  package init(_ screen: Screen, from start: Int) {
    let rows = Array(screen.rows[start..<max(screen.lines.count, start + 1)])
    let width = Self.cell.width * Double(screen.columnCount) + 2 * Self.margin
    let height = Self.cell.height * Double(rows.count) + 2 * Self.margin
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(Self.number(width))" height="\(Self.number(height))" \
      viewBox="0 0 \(Self.number(width)) \(Self.number(height))" font-family="ui-monospace, 'SF Mono', Menlo, Consolas, \
      'DejaVu Sans Mono', monospace" font-size="14" fill="\(Self.ink)">
      <rect width="100%" height="100%" rx="8" fill="\(Self.paper)"/>

      """
    let cursor = (row: screen.cursor.row - start, column: screen.cursor.column)
    text += Self.box(cursor.row, cursor.column, 1, opacity: ".35")
    for (number, row) in rows.enumerated() {
      for run in Self.runs(row.cells) { text += Self.drawing(of: run, row: number) }
    }
    svg = text + "</svg>\n"
  }

  /// Neighbouring cells of one style.
  private struct Run {
    let start: Int
    var cells: Int
    var text: String
    let style: String
  }

  private static func runs(_ cells: [ScreenCell]) -> [Run] {
    var runs: [Run] = []
    for (column, cell) in cells.enumerated() {
      if let last = runs.last, last.style == cell.style {
        runs[runs.count - 1].cells += 1
        runs[runs.count - 1].text += cell.text
      } else {
        runs.append(Run(start: column, cells: 1, text: cell.text, style: cell.style))
      }
    }
    return runs.filter { !$0.style.isEmpty || $0.text.contains { $0 != " " } }
  }

  private static func drawing(of run: Run, row: Int) -> String {
    var run = run
    let codes = Set(run.style.split(separator: ";").map(String.init))
    let isReversed = codes.contains("7")
    if !isReversed {
      while run.text.hasSuffix(" ") {
        run = Run(start: run.start, cells: run.cells - 1, text: String(run.text.dropLast()), style: run.style)
      }
    }
    var attributes = ""
    if isReversed { attributes += #" fill="\#(paper)""# }
    if let colour = codes.compactMap({ colours[$0] }).first { attributes += #" fill="\#(colour)""# }
    if codes.contains("1") { attributes += #" font-weight="bold""# }
    if codes.contains("2") { attributes += #" opacity=".55""# }
    if codes.contains("4") { attributes += #" text-decoration="underline""# }
    let escaped = run.text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    let box = isReversed ? Self.box(row, run.start, run.cells, opacity: "1") : ""
    let x = number(margin + cell.width * Double(run.start))
    let y = number(margin + cell.height * Double(row) + 13.5)
    let length = number(cell.width * Double(run.cells))
    return box
      + #"<text x="\#(x)" y="\#(y)" textLength="\#(length)" xml:space="preserve"\#(attributes)>\#(escaped)</text>"#
      + "\n"
  }

  private static func box(_ row: Int, _ column: Int, _ cells: Int, opacity: String) -> String {
    let (x, y) = (margin + cell.width * Double(column), margin + cell.height * Double(row))
    return
      #"<rect x="\#(number(x))" y="\#(number(y))" width="\#(number(cell.width * Double(cells)))" height="\#(number(cell.height))" "#
      + #"fill="\#(ink)" opacity="\#(opacity)"/>"# + "\n"
  }

  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
