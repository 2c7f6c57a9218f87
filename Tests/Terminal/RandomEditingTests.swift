import Testing
import WhDeterminism
import WhTestSupport

/// A line as it ought to be, edited by the same keys.
struct EditingModel {
  var text: [Character] = []
  var cursor = 0

  /// Does something at random and gives the keys for it.
  mutating func step(_ generator: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0..<4:
      let inserted = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        "abcdefgh 0123éß日本😀".randomElement(using: &generator) ?? "x"
      }
      text.insert(contentsOf: inserted, at: cursor)
      cursor += inserted.count
      return String(inserted)
    case 4, 5:
      guard cursor > 0 else { return "" }
      cursor -= 1
      text.remove(at: cursor)
      return Keys.backspace
    case 6:
      guard cursor < text.count else { return "" }
      text.remove(at: cursor)
      return Keys.control("d")
    case 7, 8:
      let count = min(cursor, Int.random(in: 1...15, using: &generator))
      cursor -= count
      return String(repeating: Keys.left, count: count)
    case 9:
      let count = min(text.count - cursor, Int.random(in: 1...15, using: &generator))
      cursor += count
      return String(repeating: Keys.right, count: count)
    case 10:
      cursor = 0
      return Keys.control("a")
    default:
      cursor = text.count
      return Keys.control("e")
    }
  }

  /// The rows that it takes after a prompt, and the cursor's place in them.
  func layout(prompt: String, columns: Int) -> (rows: [String], cursor: (row: Int, column: Int)) {
    var rows = [""]
    var column = 0
    var place = (row: 0, column: 0)
    for (index, character) in (Array(prompt) + text).enumerated() {
      let width = "日本😀".contains(character) ? 2 : 1
      if column + width > columns {
        rows.append("")
        column = 0
      }
      if index == prompt.count + cursor { place = (rows.count - 1, column) }
      rows[rows.count - 1].append(character)
      column += width
      if column == columns {
        rows.append("")
        column = 0
      }
    }
    if cursor == text.count { place = (rows.count - 1, column) }
    rows = rows.map(\.trimmed)
    while rows.count > 1, rows.last == "" { rows.removeLast() }
    return (rows, place)
  }
}

@Suite("Editing at random")
struct RandomEditingTests {
  @Test(
    "The screen shows the line after every key",
    arguments: Seeds.first(8))
  func editing(seed: UInt64) async throws {
    let columns = 19
    let probe = try await Probe.start(columns: columns)
    var generator = SeededGenerator(seed: seed)
    var model = EditingModel()
    for step in 0..<150 {
      probe.terminal.send(model.step(&generator))
      let (rows, cursor) = model.layout(prompt: "probe> ", columns: columns)
      let expected = "\(rows.joined(separator: "⏎")) at \(cursor)"
      try await probe.terminal.wait("seed \(seed) step \(step): \(expected)") {
        $0.lines == rows && $0.cursor == cursor
      }
      if model.text.count > 150 {
        probe.terminal.send(Keys.control("a") + Keys.control("k"))
        model = EditingModel()
      }
    }
    try await probe.enterAndCheck(is: String(model.text))
  }
}
