import Testing
import WhTestSupport

@Suite("Colours and hints while typing")
struct DecorationTests {
  private func probe(_ more: [String] = [], columns: Int = 80) async throws -> Probe {
    try await Probe.start(["--colour", "--decorate"] + more, columns: columns)
  }

  @Test("Each part has its look, and what follows has none")
  func colours() async throws {
    let probe = try await probe()
    probe.terminal.send("abc xy1z")
    let styles = ["1;34", "1;34", "1;34", "", "", "", "4", ""]
    try await probe.terminal.wait("the styles \(styles)") { screen in
      (0..<8).map { screen.style(row: 0, column: 7 + $0) } == styles && screen.cursor.column == 15
    }
    try await probe.enter("", expecting: "abc xy1z")
  }

  @Test("A look moves with its text, in each row of the line")
  func rows() async throws {
    let probe = try await probe(columns: 20)
    probe.terminal.send("xxxxxxxxxxxxxxxxxxabc" + Keys.control("a") + "zz")
    try await probe.terminal.wait("the colours in the second row") { screen in
      screen.lines == ["probe> zzxxxxxxxxxxx", "xxxxxxxabc"]
        && (7..<10).allSatisfy { screen.style(row: 1, column: $0) == "1;34" }
        && screen.cursor == (0, 9)
    }
  }

  @Test("A hint is dim, behind the cursor, and goes with the next key")
  func hint() async throws {
    let probe = try await probe()
    probe.terminal.send("xyz ")
    let screen = try await probe.terminal.wait(forCurrentLine: "probe> xyz next word")
    #expect(
      screen.cursor.column == 11 && screen.style(row: 0, column: 11) == "2" && screen.style(row: 0, column: 10) == "")
    probe.terminal.send("a")
    try await probe.terminal.wait(forCurrentLine: "probe> xyz a")
    probe.terminal.send(" ")
    try await probe.terminal.wait(forCurrentLine: "probe> xyz a next word")
    probe.terminal.send(Keys.left)
    try await probe.terminal.wait(forCurrentLine: "probe> xyz a")
    probe.terminal.send(Keys.right)
    try await probe.terminal.wait(forCurrentLine: "probe> xyz a next word")
    probe.terminal.send(Keys.enter)
    try await probe.terminal.wait("a clean line") { $0.lines == ["probe> xyz a", "got: xyz a", "probe>"] }
  }

  @Test("A hint is cut at the end of the row, and never wraps", arguments: [12, 14, 20, 21])
  func cut(columns: Int) async throws {
    let probe = try await probe(columns: columns)
    probe.terminal.send("xyz ")
    let room = columns - 11 - 1
    let expected = ("probe> xyz " + "next word".prefix(room)).trimmed
    try await probe.terminal.wait("the line `\(expected)`") { $0.lines == [expected] && $0.cursor == (0, 11) }
  }

  @Test("Ctrl-C, a list and text above the line leave no hint behind")
  func gone() async throws {
    let probe = try await probe()
    probe.terminal.send("xyz ")
    try await probe.terminal.wait(forCurrentLine: "probe> xyz next word")
    probe.terminal.send(Keys.control("c"))
    try await probe.terminal.wait("a prompt") { $0.lines == ["probe> xyz ^C", "interrupted", "probe>"] }
    probe.terminal.send("st ")
    try await probe.terminal.wait(forCurrentLine: "probe> st next word")
    probe.terminal.send(Keys.tab)
    try await probe.terminal.wait("a list") { screen in
      screen.lines.dropFirst(2).first == "probe> st" && screen.currentLine == "probe> st next word"
        && screen.lines.count > 4
    }
  }

  @Test(
    "The newest line that begins so is suggested, and taken at the end of the line alone",
    arguments: [Keys.right, "\u{1B}OC", "\u{1B}[F", "\u{1B}[4~", Keys.control("e"), Keys.control("f")])
  func suggestion(key: String) async throws {
    let probe = try await probe()
    try await probe.enter("xyz one")
    try await probe.enter("xyz two")
    probe.terminal.send("xy")
    let screen = try await probe.terminal.wait(forCurrentLine: "probe> xyz two")
    #expect(screen.cursor.column == 9)
    probe.terminal.send(Keys.left)
    try await probe.terminal.wait(forCurrentLine: "probe> xy")
    probe.terminal.send(Keys.right)
    try await probe.terminal.wait("the suggestion again") {
      $0.currentLine == "probe> xyz two" && $0.cursor.column == 9
    }
    probe.terminal.send(key)
    try await probe.terminal.wait("the cursor at its end") {
      $0.currentLine == "probe> xyz two" && $0.cursor.column == 14
    }
    try await probe.enter("", expecting: "xyz two")
  }

  @Test("Without colours nothing is decorated")
  func plain() async throws {
    let probe = try await Probe.start(["--decorate"])
    probe.terminal.send("abc " + Keys.control("a"))
    let screen = try await probe.terminal.wait("the line") { $0.currentLine == "probe> abc" && $0.cursor.column == 7 }
    #expect(screen.style(row: 0, column: 7) == "")
  }

  @Test("A search is not decorated")
  func search() async throws {
    let probe = try await probe()
    try await probe.enter("xyz one")
    probe.terminal.send(Keys.control("r") + "one")
    try await probe.terminal.wait("a match") { $0.lines.suffix(2) == ["probe> xyz one", "bck:one"] }
  }
}
