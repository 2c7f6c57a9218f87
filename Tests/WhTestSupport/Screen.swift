import CTestSupport

/// What a person sees on a terminal: the part of xterm that line editors and progress lines use.
///
/// A row remembers whether its text continued in the next one, so that another width wraps it again, as terminals do
/// today.
package struct Screen: Sendable {
  struct Row: Sendable {
    var cells: [ScreenCell]
    var goesOn = false
  }

  package private(set) var rowCount: Int
  package private(set) var columnCount: Int
  /// The cursor's place from 0, 0 at the top left.
  package var cursor: (row: Int, column: Int) { (row, column) }
  /// Whether the program asked for pastes to be enclosed.
  package private(set) var isPasteBracketed = false
  /// How often the bell rang.
  package private(set) var bells = 0

  var rows: [Row]
  private var scrolledOff: [Row] = []
  var row = 0
  var column = 0
  /// Set when a character was put into the last column: the next one wraps first.
  var isWrapPending = false
  private var style = ""
  private var isInserting = false
  private var saved = (row: 0, column: 0)
  private var parser = ControlParser()

  package init(rows: Int, columns: Int) {
    rowCount = rows
    columnCount = columns
    self.rows = Array(repeating: Self.blankRow(columns), count: rows)
  }

  // MARK: - What is seen

  /// The text of a row from 0, without spaces at its end.
  package func line(_ index: Int) -> String { rows.indices.contains(index) ? Self.text(rows[index].cells) : "" }

  /// The rows down to the last that has text.
  package var lines: [String] {
    let all = rows.map { Self.text($0.cells) }
    return Array(all.prefix((all.lastIndex { !$0.isEmpty } ?? -1) + 1))
  }

  /// All rows' text, a line each.
  package var text: String { lines.joined(separator: "\n") }

  /// The rows that left the screen at its top, oldest first, and then those on it.
  package var transcript: [String] { scrolledOff.map { Self.text($0.cells) } + lines }

  /// How many rows `transcript` has.
  package var transcriptCount: Int { scrolledOff.count + lines.count }

  /// The lines down to the last that has text or the cursor; one that wraps is one.
  package var unwrappedLines: [String] { unwrapped { _ in nil } }

  /// The same with a mark where the cursor is.
  package func linesWithCursor(_ mark: String) -> [String] { unwrapped { $0 == row ? mark : nil } }

  private func unwrapped(mark: (_ row: Int) -> String?) -> [String] {
    var result: [String] = []
    var text = ""
    for index in 0...max(row, lines.count - 1) {
      var cells = rows[index].cells.map(\.text)
      if let mark = mark(index) { cells.insert(mark, at: min(isWrapPending ? column + 1 : column, cells.count)) }
      text += cells.joined()
      if rows[index].goesOn { continue }
      while text.last == " " { text.removeLast() }
      result.append(text)
      text = ""
    }
    return result
  }

  /// The row the cursor is in.
  package var currentLine: String { line(row) }

  /// The style of a cell, as in `ScreenCell`.
  package func style(row: Int, column: Int) -> String { rows[row].cells[column].style }

  private static func text(_ cells: [ScreenCell]) -> String {
    var text = cells.map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  static func blankRow(_ columns: Int) -> Row { Row(cells: Array(repeating: ScreenCell(), count: columns)) }

  // MARK: - What a program writes

  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      guard let action = parser.take(byte) else { continue }
      switch action {
      case .print(let scalar): put(scalar)
      case .control(let code): control(code)
      case .escape(let final): escape(final)
      case .sequence(let sequence): perform(sequence)
      }
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = Int(cts_width(scalar.value))
    if width <= 0 {
      let target = isWrapPending ? column : column - 1
      if target >= 0 { rows[row].cells[target].text.unicodeScalars.append(scalar) }
      return
    }
    if isWrapPending || column + width > columnCount {
      rows[row].goesOn = true
      newline()
      column = 0
    }
    if isInserting { insertCells(width) }
    // Half of a wide character cannot stay.
    if rows[row].cells[column].text.isEmpty, column > 0 { rows[row].cells[column - 1].text = " " }
    for offset in 0..<width {
      rows[row].cells[column + offset] = ScreenCell(text: offset == 0 ? String(scalar) : "", style: style)
    }
    column += width
    isWrapPending = column == columnCount
    if isWrapPending { column -= 1 } else if rows[row].cells[column].text.isEmpty { rows[row].cells[column].text = " " }
  }

  private mutating func newline() {
    isWrapPending = false
    if row + 1 < rowCount {
      row += 1
    } else {
      scrolledOff.append(rows.removeFirst())
      rows.append(Self.blankRow(columnCount))
    }
  }

  private mutating func control(_ code: UInt8) {
    switch code {
    case 0x07: bells += 1
    case 0x08: move(row, column - 1)
    case 0x09: move(row, min((column / 8 + 1) * 8, columnCount - 1))
    case 0x0A, 0x0B, 0x0C:
      rows[row].goesOn = false
      newline()
    case 0x0D: move(row, 0)
    default: break
    }
  }

  private mutating func escape(_ final: UInt8) {
    switch UnicodeScalar(final) {
    case "7": saved = (row, column)
    case "8": move(saved.row, saved.column)
    case "D": newline()
    case "E":
      newline()
      column = 0
    case "M":
      if row > 0 {
        move(row - 1, column)
      } else {
        rows.removeLast()
        rows.insert(Self.blankRow(columnCount), at: 0)
      }
    case "c": self = Screen(rows: rowCount, columns: columnCount)
    default: break
    }
  }

  private mutating func perform(_ sequence: ControlSequence) {
    let count = max(sequence.parameter(0, or: 1), 1)
    switch sequence.final {
    case "A": move(row - count, column)
    case "B", "e": move(row + count, column)
    case "C", "a": move(row, column + count)
    case "D": move(row, column - count)
    case "E": move(row + count, 0)
    case "F": move(row - count, 0)
    case "G", "`": move(row, count - 1)
    case "d": move(count - 1, column)
    case "H", "f": move(count - 1, max(sequence.parameter(1, or: 1), 1) - 1)
    case "J": eraseInDisplay(sequence.parameter(0, or: 0))
    case "K": eraseInLine(sequence.parameter(0, or: 0))
    case "@": insertCells(count)
    case "P": deleteCells(count)
    case "X": erase(row, column..<min(column + count, columnCount))
    case "L": for _ in 0..<count { insertRow() }
    case "M": for _ in 0..<count { deleteRow() }
    case "m": style = sequence.rendition
    case "h", "l":
      let isSet = sequence.final == "h"
      if sequence.isPrivate, sequence.parameters.contains(2004) { isPasteBracketed = isSet }
      if !sequence.isPrivate, sequence.parameters.contains(4) { isInserting = isSet }
    default: break
    }
  }

  private mutating func move(_ newRow: Int, _ newColumn: Int) {
    row = min(max(newRow, 0), rowCount - 1)
    column = min(max(newColumn, 0), columnCount - 1)
    isWrapPending = false
  }

  private mutating func erase(_ row: Int, _ range: Range<Int>) {
    for column in range { rows[row].cells[column] = ScreenCell() }
    if range.upperBound == columnCount { rows[row].goesOn = false }
  }

  private mutating func eraseInLine(_ mode: Int) {
    switch mode {
    case 0: erase(row, column..<columnCount)
    case 1: erase(row, 0..<(column + 1))
    default: erase(row, 0..<columnCount)
    }
  }

  private mutating func eraseInDisplay(_ mode: Int) {
    eraseInLine(mode)
    let others = mode == 0 ? (row + 1)..<rowCount : mode == 1 ? 0..<row : 0..<rowCount
    for other in others { erase(other, 0..<columnCount) }
  }

  private mutating func insertCells(_ count: Int) {
    rows[row].cells.insert(contentsOf: Array(repeating: ScreenCell(), count: count), at: column)
    rows[row].cells.removeLast(count)
  }

  private mutating func deleteCells(_ count: Int) {
    let deleted = min(count, columnCount - column)
    rows[row].cells.removeSubrange(column..<(column + deleted))
    rows[row].cells += Array(repeating: ScreenCell(), count: deleted)
  }

  private mutating func insertRow() {
    rows.insert(Self.blankRow(columnCount), at: row)
    rows.removeLast()
  }

  private mutating func deleteRow() {
    rows.remove(at: row)
    rows.append(Self.blankRow(columnCount))
  }

  // MARK: - Another size

  /// Gives the screen another size: text that wrapped is wrapped again, and the cursor stays at its character.
  package mutating func resize(rows newRows: Int, columns newColumns: Int) {
    var wrapped: [Row] = []
    var cursorAt = (row: 0, column: 0)
    var index = 0
    let used = max(row, rows.lastIndex { !Self.text($0.cells).isEmpty } ?? 0)
    while index <= used {
      // One line of text may span several rows.
      var cells: [ScreenCell] = []
      var cursorOffset: Int?
      repeat {
        if index == row { cursorOffset = cells.count + column + (isWrapPending ? 1 : 0) }
        cells += rows[index].cells
        index += 1
      } while index <= used && rows[index - 1].goesOn
      while let last = cells.last, last == ScreenCell(), cells.count > cursorOffset ?? 0 { cells.removeLast() }
      if let cursorOffset { cursorAt = (wrapped.count + cursorOffset / newColumns, cursorOffset % newColumns) }
      repeat {
        var row = Row(cells: Array(cells.prefix(newColumns)))
        cells.removeFirst(row.cells.count)
        row.goesOn = !cells.isEmpty
        row.cells += Array(repeating: ScreenCell(), count: newColumns - row.cells.count)
        wrapped.append(row)
      } while !cells.isEmpty
    }
    while wrapped.count <= cursorAt.row { wrapped.append(Self.blankRow(newColumns)) }
    let surplus = max(cursorAt.row + 1 - newRows, 0)
    scrolledOff += wrapped.prefix(surplus)
    wrapped.removeFirst(surplus)
    wrapped = Array(wrapped.prefix(newRows))
    while wrapped.count < newRows { wrapped.append(Self.blankRow(newColumns)) }
    rows = wrapped
    rowCount = newRows
    columnCount = newColumns
    move(cursorAt.row - surplus, cursorAt.column)
  }
}
