import Foundation
import Testing
import WhTestSupport

@Suite("Drawing")
struct DrawingTests {
  private static let digits = (0..<5).map { _ in "0123456789" }.joined()

  /// The rows that a prompt and a line take at a width, if no character is wide.
  private static func rows(_ text: String, columns: Int) -> [String] {
    var rest = Array("probe> \(text)")
    var rows: [String] = []
    while !rest.isEmpty {
      rows.append(String(rest.prefix(columns)).trimmed)
      rest.removeFirst(min(columns, rest.count))
    }
    return rows
  }

  @Test(
    "A change in an earlier row of a wrapped line leaves the later ones right",
    arguments: [
      (Keys.control("a") + "AB", "AB" + digits), (Keys.control("a") + Keys.control("d"), String(digits.dropFirst())),
      (Keys.control("a") + Keys.paste("pasted text") + "X", "pasted textX" + digits),
      (String(repeating: Keys.left, count: 25) + "Z", "0123456789012345678901234Z5678901234567890123456789"),
      (String(repeating: Keys.left, count: 25) + Keys.backspace, "0123456789012345678901235678901234567890123456789"),
    ])
  func wrapped(keys: String, line: String) async throws {
    let probe = try await Probe.start(columns: 20)
    probe.terminal.send(Self.digits)
    try await probe.terminal.wait("the line") { $0.lines == Self.rows(Self.digits, columns: 20) }
    probe.terminal.send(keys)
    try await probe.terminal.wait("the changed line") { $0.lines == Self.rows(line, columns: 20) }
    try await probe.enterAndCheck(line)
  }

  @Test("A wide character that does not fit goes to the next row, and editing before it still works")
  func wideAtEdge() async throws {
    let probe = try await Probe.start(columns: 10)
    probe.terminal.send("ab日本語")
    try await probe.terminal.wait("the line") { $0.lines == ["probe> ab", "日本語"] }
    probe.terminal.send(Keys.control("a") + "x")
    try await probe.terminal.wait("the line") { $0.lines == ["probe> xab", "日本語"] && $0.cursor == (0, 8) }
    probe.terminal.send(Keys.control("e") + Keys.backspace)
    try await probe.terminal.wait("the line") { $0.lines == ["probe> xab", "日本"] && $0.cursor == (1, 4) }
  }

  @Test(
    "What is typed and taken back in one go leaves the line as it was",
    arguments: ["e0" + Keys.backspace + Keys.backspace, "e0" + Keys.control("_"), Keys.backspace + "😀"])
  func takenBack(keys: String) async throws {
    let rows = ["probe> 日fh😀 hbgac", "g 日g ég本 g 日ß日", "本é😀bb0a1ß22h f11ß", "本😀éd2é03日é b 1日", "é d😀"]
    let probe = try await Probe.start(columns: 19)
    let line = rows.joined().dropFirst("probe> ".count)
    let place = try #require(line.ranges(of: "😀éd2").first?.lowerBound)
    let left = line[line.index(after: place)...].count
    probe.terminal.send(line + String(repeating: Keys.left, count: left))
    try await probe.terminal.wait("the line") { $0.lines == rows && $0.cursor == (3, 4) }
    let marker = probe.terminal.output.count
    probe.terminal.send(keys)
    try await probe.terminal.waitForOutput(past: marker) { $0.lines == rows && $0.cursor == (3, 4) }
    try await probe.enterAndCheck(is: String(line))
  }

  @Test("A line longer than the screen is high arrives whole")
  func tall() async throws {
    let probe = try await Probe.start(rows: 4, columns: 20)
    let line = String(repeating: Self.digits, count: 4)
    try await probe.enterAndCheck(line, is: line)
  }

  @Test(
    "Another width wraps the line again, with one prompt",
    arguments: [(60, 20), (20, 60), (30, 25), (25, 26), (57, 58)])
  func resize(before: Int, after: Int) async throws {
    let probe = try await Probe.start(columns: before)
    try await probe.enter("earlier")
    probe.terminal.send(Self.digits + Keys.left)
    let earlier = ["probe> earlier", "got: earlier"]
    // What is on its way when the width changes is drawn for the old one, so wait for the last of it: a line of several
    // rows is painted whole once the keys are dealt with.
    let column = "probe> ".count + Self.digits.count - 1
    let painted = column + 1 < before ? "" : "\r\u{1B}[\(column % before)C"
    try await probe.terminal.waitForSnapshot("the line, painted") {
      $0.screen.lines == earlier + Self.rows(Self.digits, columns: before)
        && $0.screen.cursor == (earlier.count + column / before, column % before)
        && $0.output.suffix(painted.utf8.count).elementsEqual(painted.utf8)
    }
    let marker = probe.terminal.output.count
    probe.terminal.resize(rows: 24, columns: after)
    let expected = earlier + Self.rows(Self.digits, columns: after)
    // The terminal's own wrapping looks the same, so wait for what the program redraws.
    try await probe.terminal.waitForOutput(past: marker) { $0.lines == expected }
    probe.terminal.send("X")
    let line = String(Self.digits.dropLast()) + "X9"
    try await probe.terminal.wait("the key") { $0.lines == earlier + Self.rows(line, columns: after) }
    try await probe.enterAndCheck(line)
  }

  @Test("Text printed from elsewhere appears above the line being typed", arguments: [80, 20])
  func above(columns: Int) async throws {
    let home = try TemporaryFolder()
    let probe = try await Probe.startWithAbove(home, columns: columns)
    probe.terminal.send(Self.digits + Keys.left)
    try await probe.terminal.wait("the line") { $0.lines == Self.rows(Self.digits, columns: columns) }
    try probe.printAbove("1 of 2\nten to go\n")
    let expected = ["1 of 2", "ten to go"] + Self.rows(Self.digits, columns: columns)
    let screen = try await probe.terminal.wait("the text") { $0.lines == expected }
    #expect(screen.cursor.row == expected.count - 1)
    try await probe.enterAndCheck(Keys.backspace, is: String(Self.digits.dropLast(2)) + "9")
  }

  @Test("Text printed from elsewhere does not interrupt a search")
  func aboveSearch() async throws {
    let home = try TemporaryFolder()
    let probe = try await Probe.startWithAbove(home)
    try await probe.enter("show apps")
    probe.terminal.send(Keys.control("r") + "ap")
    try await probe.terminal.wait("a match") { $0.lines.suffix(2) == ["probe> show apps", "bck:ap"] }
    try probe.printAbove("news\n")
    try await probe.terminal.wait("the text") { $0.lines.suffix(3) == ["news", "probe> show apps", "bck:ap"] }
    probe.terminal.send("ps")
    try await probe.terminal.wait("the search") { $0.lines.suffix(3) == ["news", "probe> show apps", "bck:apps"] }
  }

  @Test("Cancelling the task abandons the line, and the next is read as usual")
  func cancel() async throws {
    let home = try TemporaryFolder()
    let probe = try await Probe.startWithAbove(home)
    probe.terminal.send("half")
    try await probe.terminal.wait(forCurrentLine: "probe> half")
    try probe.printAbove("cancel\n")
    let screen = try await probe.terminal.wait("a prompt") { $0.currentLine == "probe>" }
    #expect(screen.lines == ["probe> half", "cancelled", "probe>"])
    try await probe.enter("whole")
  }

  @Test("Closing the reader abandons the line")
  func close() async throws {
    let home = try TemporaryFolder()
    let probe = try await Probe.startWithAbove(home)
    probe.terminal.send("half")
    try await probe.terminal.wait(forCurrentLine: "probe> half")
    try probe.printAbove("close\n")
    #expect(try await probe.terminal.waitForExit() == .exited(0))
    #expect(probe.terminal.screen.lines.last == "closed")
    #expect(probe.terminal.isCooked)
  }

  @Test("A program that exits while a line is edited leaves the terminal as it was")
  func exit() async throws {
    let home = try TemporaryFolder()
    let probe = try await Probe.startWithAbove(home)
    #expect(!probe.terminal.isCooked)
    try probe.printAbove("exit\n")
    #expect(try await probe.terminal.waitForExit() == .exited(3))
    #expect(probe.terminal.isCooked)
    #expect(!probe.terminal.screen.isPasteBracketed)
  }
}
