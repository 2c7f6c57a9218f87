import Testing
import WhTestSupport

/// Tab after a Tab that listed.
@Suite("The menu")
struct MenuTests {
  private static let backTab = "\u{1B}[Z"

  /// What is typed after `co`, and the line that is then entered.
  private static let walks: [(keys: String, line: String)] = [
    ("\t\t\r", "commit "), ("\t\t\t\r", "config "), ("\t\t\t\t\r", "commit "), ("\t\t" + backTab + "\r", "config "),
    ("\t\t\t" + backTab + "\r", "commit "), ("\t\t" + Keys.down + "\r", "config "),
    ("\t\t" + Keys.down + Keys.up + "\r", "commit "), ("\t\t" + Keys.up + "\r", "config "),
    ("\t\t" + Keys.left + Keys.right + "\r", "config "),
    // Any other key takes it and is itself.
    ("\t\tx", "commitx"), ("\t\t ", "commit "), ("\t\t" + Keys.backspace, "commi"),
    ("\t\t" + Keys.control("a") + "x", "xcommit"),
    ("\t\t" + Keys.paste("ed"), "commited"), ("\t\t\u{1B}[H" + "x", "xcommit"),
    ("\t\t" + Keys.escape + "bx", "xcommit"),
    ("\t\t\u{1B}[5~\t\r", "config "),
    // Back to what was typed.
    ("\t\t" + Keys.control("g"), "co"), ("\t\t\t" + Keys.control("g") + "x", "cox"),
    // One step of undoing for all of the walk.
    ("\t\t\t\t\t\rx" + Keys.control("_") + Keys.control("_"), "co"),
    // A comma takes the place of the space.
    ("\t\t\r,", "commit,"),
  ]

  @Test("Tab and Shift-Tab walk, Enter takes, Ctrl-G goes back, another key takes and goes on", arguments: walks)
  func walking(pair: (keys: String, line: String)) async throws {
    let probe = try await Probe.start()
    probe.terminal.send("co" + pair.keys)
    try await probe.terminal.wait("the line `\(pair.line)`") { $0.currentLine == "probe> \(pair.line)".trimmed }
    try await probe.enterAndCheck(is: pair.line)
  }

  @Test("It takes the place of the list, with the selected one in reverse video")
  func drawing() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("co\t")
    try await probe.terminal.wait("the list") { $0.lines.count == 4 }
    probe.terminal.send("\t")
    let rows = ["commit  sends what is staged", "config  options"]
    try await probe.terminal.wait("the menu") { screen in
      screen.lines == ["probe> commit"] + rows && screen.cursor == (0, 13) && screen.style(row: 1, column: 0) == "7"
        && screen.style(row: 2, column: 0) == ""
    }
    probe.terminal.send("\t")
    try await probe.terminal.wait("the second one") { screen in
      screen.lines == ["probe> config"] + rows && screen.style(row: 1, column: 0) == ""
        && screen.style(row: 2, column: 14) == "7"
    }
    probe.terminal.send(Keys.escape)
    try await probe.terminal.wait("the line alone") { $0.lines == ["probe> co"] && $0.cursor == (0, 9) }
  }

  @Test("At any width the rows are those of the screen, and the others are reached", arguments: [40, 80, 200])
  func long(columns: Int) async throws {
    let probe = try await Probe.start(columns: columns)
    let perRow = (columns - 1 + 2) / 9
    let height = (300 + perRow - 1) / perRow
    @Sendable func rows(_ selected: Int, top: Int) -> [String] {
      let shown = min(height, height <= 11 ? 11 : 10)
      let cells = (top..<top + shown).map { row in
        stride(from: row, to: 300, by: height).map { "many\(100 + $0)" }.joined(separator: "  ")
      }
      return ["probe> many\(100 + selected)"] + cells + (shown < height ? ["\(selected + 1) of 300"] : [])
    }
    probe.terminal.send("many\t\t")
    try await probe.terminal.wait("the first one") { $0.lines.suffix(12) == rows(0, top: 0)[...] }
    probe.terminal.send(Keys.right)
    try await probe.terminal.wait("the next column") { $0.lines.suffix(12) == rows(height, top: 0)[...] }
    probe.terminal.send(Keys.left + Self.backTab)
    let top = (299 % height) - (min(height, height <= 11 ? 11 : 10) - 1)
    try await probe.terminal.wait("the last one") { $0.lines.suffix(12) == rows(299, top: max(top, 0))[...] }
    probe.terminal.send(Keys.control("g"))
    try await probe.terminal.wait("the line alone") {
      $0.currentLine == "probe> many" && $0.lines.last == "probe> many"
    }
    try await probe.enter("", expecting: "many")
  }

  @Test("At the end of the screen it scrolls, and below a line of several rows it fits too", arguments: [20, 40])
  func scrolling(columns: Int) async throws {
    let probe = try await Probe.start(rows: 12, columns: columns)
    for _ in 0..<8 { try await probe.enter("") }
    let text = "0123456789 1234 s"
    probe.terminal.send(text + "\t")
    try await probe.terminal.wait("the list") { $0.text.contains("show    status") }
    probe.terminal.send("\t")
    try await probe.terminal.wait("the menu") { $0.lines.last == "show    status" && $0.text.contains("how") }
    probe.terminal.send("\t\r")
    try await probe.terminal.wait("the line alone") {
      $0.lines.last == "status" || $0.lines.last?.hasSuffix("status") == true
    }
    try await probe.enterAndCheck(is: "0123456789 1234 status ")
  }

  @Test("Another size closes it, with what was selected")
  func resized() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("co\t\t\t")
    try await probe.terminal.wait("the menu") { $0.lines.first == "probe> config" && $0.lines.count == 3 }
    probe.terminal.resize(rows: 24, columns: 60)
    try await probe.terminal.wait("the line alone") { $0.lines == ["probe> config"] }
    try await probe.enter("", expecting: "config")
  }

  @Test("Ctrl-C drops the line, and leaves nothing of it")
  func dropped() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("co\t\t")
    try await probe.terminal.wait("the menu") { $0.lines.count == 3 }
    probe.terminal.send(Keys.control("c"))
    try await probe.terminal.wait("a prompt") { $0.lines == ["probe> commit^C", "interrupted", "probe>"] }
  }

  @Test("Text above the line leaves it below")
  func above() async throws {
    let probe = try await Probe.startWithAbove(TemporaryFolder())
    probe.terminal.send("co\t\t")
    try await probe.terminal.wait("the menu") { $0.lines.count == 3 }
    try probe.printAbove("news\n")
    try await probe.terminal.wait("both") {
      $0.lines == ["news", "probe> commit", "commit  sends what is staged", "config  options"] && $0.cursor == (1, 13)
    }
  }

  @Test(
    "A key between two Tabs, and a terminal that can't move its cursor, give the list again", arguments: ["", "dumb"])
  func listed(term: String) async throws {
    let probe = try await Probe.start(environment: term.isEmpty ? [:] : ["TERM": term])
    let between = term.isEmpty ? "x" + Keys.backspace : ""
    probe.terminal.send("co\t" + between + "\t")
    try await probe.terminal.wait("two lists") { screen in
      screen.lines.count { $0 == "config  options" } == 2 && screen.currentLine == "probe> co"
    }
  }
}
