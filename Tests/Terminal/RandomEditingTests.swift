import Foundation
import Testing
import WhDeterminism
import WhTestSupport

/// A line as it ought to be, edited by the same keys.
struct EditingModel {
  private struct Line: Equatable {
    var text: [Character] = []
    var cursor = 0
  }

  private var line = Line()
  /// The lines that undoing goes back to, oldest first, and what the last key left.
  private var steps: [Line] = []
  private var last = Line()
  private var isTyping = false
  /// How many keys were pressed.
  private(set) var keys = 0

  var text: [Character] { line.text }
  var cursor: Int { line.cursor }

  private static let alphabet = "abcdefgh 0123éß日本😀  "

  /// Does something at random and gives the keys for it.
  mutating func step(_ generator: inout SeededGenerator) -> String {
    switch Int.random(in: 0..<19, using: &generator) {
    case 0..<6:
      return (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        let character = Self.alphabet.randomElement(using: &generator) ?? "x"
        return press(String(character)) { line in
          line.text.insert(character, at: line.cursor)
          line.cursor += 1
        }
      }.joined()
    case 6, 7:
      guard cursor > 0 else { return "" }
      return press(Keys.backspace) { line in
        line.cursor -= 1
        line.text.remove(at: line.cursor)
      }
    case 8:
      guard cursor < text.count else { return "" }
      return press(Keys.control("d")) { $0.text.remove(at: $0.cursor) }
    case 9, 10:
      let count = min(cursor, Int.random(in: 1...15, using: &generator))
      return (0..<count).map { _ in press(Keys.left) { $0.cursor -= 1 } }.joined()
    case 11:
      let count = min(text.count - cursor, Int.random(in: 1...15, using: &generator))
      return (0..<count).map { _ in press(Keys.right) { $0.cursor += 1 } }.joined()
    case 12: return press(Keys.control("a")) { $0.cursor = 0 }
    case 13: return press(Keys.control("e")) { $0.cursor = $0.text.count }
    case 14: return press("\u{1B}[1;5D") { $0.cursor = Self.wordStart($0) }
    case 15:
      return press("\u{1B}[1;5C") { line in
        while line.cursor < line.text.count, !Self.isWord(line.text[line.cursor]) { line.cursor += 1 }
        while line.cursor < line.text.count, Self.isWord(line.text[line.cursor]) { line.cursor += 1 }
      }
    case 16:
      guard cursor > 0 else { return "" }
      return press(Keys.control("w")) { line in
        let start = Self.wordStart(line)
        line.text.removeSubrange(start..<line.cursor)
        line.cursor = start
      }
    default: return (0..<Int.random(in: 1...3, using: &generator)).map { _ in undo() }.joined()
    }
  }

  /// Deletes all of it.
  mutating func clear() -> String {
    press(Keys.control("a")) { $0.cursor = 0 } + press(Keys.control("k")) { $0.text.removeSubrange($0.cursor...) }
  }

  private mutating func press(_ key: String, _ change: (inout Line) -> Void) -> String {
    change(&line)
    keys += 1
    note()
    return key
  }

  private mutating func undo() -> String {
    if let step = steps.popLast() { (line, last, isTyping) = (step, step, false) }
    keys += 1
    return Keys.control("_")
  }

  /// Characters that are typed one after the other are a step, a word for a word.
  private mutating func note() {
    guard line.text != last.text else {
      if line.cursor != last.cursor { isTyping = false }
      last.cursor = line.cursor
      return
    }
    let wasTyping = isTyping
    isTyping =
      line.text.count == last.text.count + 1 && line.cursor == last.cursor + 1
      && line.text[..<last.cursor] == last.text[..<last.cursor]
      && line.text[line.cursor...] == last.text[last.cursor...]
    let beginsWord = cursor > 1 && text[cursor - 1] != " " && text[cursor - 2] == " "
    if !(wasTyping && isTyping) || beginsWord {
      if steps.count == 1000 { steps.removeFirst() }
      steps.append(last)
    }
    last = line
  }

  private static func isWord(_ character: Character) -> Bool { character != " " && character != "😀" }

  private static func wordStart(_ line: Line) -> Int {
    var start = line.cursor
    while start > 0, !isWord(line.text[start - 1]) { start -= 1 }
    while start > 0, isWord(line.text[start - 1]) { start -= 1 }
    return start
  }

  /// What the screen shows of it after the probe's prompt.
  struct Picture: Sendable, Equatable {
    var rows = [""]
    /// The style of each cell that has one, in its row.
    var styles: [[Int: String]] = [[:]]
    var cursor = (row: 0, column: 0)

    static func == (left: Picture, right: Picture) -> Bool {
      left.rows == right.rows && left.styles == right.styles && left.cursor == right.cursor
    }

    /// Whether a screen shows just that.
    func isOn(_ screen: Screen) -> Bool {
      guard screen.lines == rows, screen.cursor == cursor else { return false }
      return styles.indices.allSatisfy { row in
        (0..<screen.columnCount).allSatisfy { screen.style(row: row, column: $0) == styles[row][$0] ?? "" }
      }
    }
  }

  /// - Parameter isDecorated: true with the probe's colours and hints.
  func picture(columns: Int, isDecorated: Bool) -> Picture {
    let prompt = "probe> "
    var (picture, column) = (Picture(), 0)
    func put(_ character: Character, _ style: String) {
      let width = Self.width(of: character)
      if column + width > columns { newRow() }
      picture.rows[picture.rows.count - 1].append(character)
      if !style.isEmpty {
        for cell in column..<column + width { picture.styles[picture.styles.count - 1][cell] = style }
      }
      column += width
      if column == columns { newRow() }
    }
    func newRow() {
      picture.rows.append("")
      picture.styles.append([:])
      column = 0
    }
    for character in prompt { put(character, isDecorated && character != " " ? "1;32" : "") }
    for (index, character) in text.enumerated() {
      if index == cursor {
        let wraps = column + Self.width(of: character) > columns
        picture.cursor = wraps ? (picture.rows.count, 0) : (picture.rows.count - 1, column)
      }
      put(character, isDecorated ? Self.style(of: character) : "")
    }
    if cursor == text.count {
      picture.cursor = (picture.rows.count - 1, column)
      if isDecorated, text.last == " " {
        for character in "next word".prefix(max(0, columns - column - 1)) { put(character, "2") }
      }
    }
    picture.rows = picture.rows.map(\.trimmed)
    while picture.rows.count > 1, picture.rows.last == "" {
      picture.rows.removeLast()
      picture.styles.removeLast()
    }
    return picture
  }

  private static func width(of character: Character) -> Int { "日本😀".contains(character) ? 2 : 1 }

  private static func style(of character: Character) -> String {
    if ("a"..."m").contains(character), character.isASCII { return "1;34" }
    return character.isNumber ? "4" : ""
  }
}

/// `WH_EDITING_KEYS=200000 scripts/test --filter RandomEditing` presses so many keys with colours and hints, over all widths.
@Suite("Editing at random")
struct RandomEditingTests {
  @Test(
    "The screen shows the line after every key",
    arguments: Seeds.first(8))
  func editing(seed: UInt64) async throws {
    let probe = try await Probe.start(columns: 19)
    _ = try await Self.edit(probe, columns: 19, seed: seed, keys: 500, isDecorated: false)
  }

  private static let total =
    ProcessInfo.processInfo.environment["WH_EDITING_KEYS"].flatMap { Int($0) } ?? 6000

  @Test(
    "With colours and hints every cell is as it should be too", arguments: [40, 80, 200], Seeds.first(2))
  func decorated(columns: Int, seed: UInt64) async throws {
    let probe = try await Probe.start(["--colour", "--decorate"], columns: columns)
    let share = (Self.total + 5) / 6
    let pressed = try await Self.edit(probe, columns: columns, seed: seed, keys: share, isDecorated: true)
    if Self.total > 6000 { print("\(pressed) keys at \(columns) columns, seed \(seed)") }
  }

  /// Presses so many keys at least, looks at every cell after each step, and enters the line; gives how many keys that were.
  private static func edit(
    _ probe: Probe, columns: Int, seed: UInt64, keys: Int, isDecorated: Bool
  ) async throws -> Int {
    var generator = SeededGenerator(seed: seed)
    var model = EditingModel()
    while model.keys < keys {
      let typed = model.text.count > max(3 * columns, 150) ? model.clear() : model.step(&generator)
      probe.terminal.send(typed)
      let picture = model.picture(columns: columns, isDecorated: isDecorated)
      let expected = "\(picture.rows.joined(separator: "⏎")) at \(picture.cursor)"
      try await probe.terminal.wait("seed \(seed), key \(model.keys), \(typed.debugDescription): \(expected)") {
        picture.isOn($0)
      }
    }
    try await probe.enterAndCheck(is: String(model.text))
    return model.keys
  }
}
