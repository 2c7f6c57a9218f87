import Testing
import WhTestSupport

@Suite("Typing at the prompt")
struct TypingTests {
  @Test("A line is read, and the next prompt follows")
  func reading() async throws {
    let probe = try await Probe.start()
    try await probe.enter("show apps")
    try await probe.enter("")
    #expect(try await probe.finish() == .exited(0))
    #expect(probe.terminal.screen.lines.suffix(2) == ["probe>", "end"])
  }

  @Test(
    "Editing keys work on every kind of character",
    arguments: [
      ("abc\(Keys.left)\(Keys.left)X", "aXbc"),
      ("wörld\(Keys.left)\(Keys.left)\(Keys.left)\(Keys.left)\(Keys.backspace)W", "Wörld"),
      ("日本語\(Keys.left)\(Keys.backspace)x", "日x語"),
      ("a😀b\(Keys.left)\(Keys.backspace)", "ab"),
      ("one two\(Keys.control("a"))zero ", "zero one two"),
      ("one two\(Keys.control("w"))", "one "),
      ("one two\(Keys.control("a"))\(Keys.control("k"))three", "three"),
      ("abc\(Keys.control("a"))\(Keys.control("d"))", "bc"),
      ("abc\(Keys.control("d"))", "abc"),
    ])
  func editing(keys: String, result: String) async throws {
    let probe = try await Probe.start()
    try await probe.enter(keys, expecting: result.hasSuffix(" ") ? String(result.dropLast()) : result)
    #expect(probe.terminal.output.contains("got: \(result)\r\n".utf8))
  }

  @Test("The cursor is after the visible end of wide characters")
  func wideCursor() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("日本")
    let screen = try await probe.terminal.wait(forCurrentLine: "probe> 日本")
    #expect(screen.cursor.column == 11)
  }

  @Test(
    "Invalid UTF-8 arrives as U+FFFD",
    arguments: [
      ([0x61, 0xFF, 0x62], "a\u{FFFD}b"), ([0xC3, 0x28], "\u{FFFD}("),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xF5, 0x80], "\u{FFFD}\u{FFFD}"), ([0xC2, 0x80, 0x61], "\u{FFFD}a"), ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
    ] as [([UInt8], String)])
  func invalidBytes(bytes: [UInt8], result: String) async throws {
    let probe = try await Probe.start()
    probe.terminal.send(bytes: bytes + [0x0D])
    try await probe.terminal.wait("a prompt") { $0.text.hasSuffix("got: \(result)\nprobe>") }
    try await probe.enter("still here")
  }

  @Test("Ctrl-C drops the line and shows a new prompt")
  func interrupt() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("half a li" + Keys.left + Keys.control("c"))
    let screen = try await probe.terminal.wait("a prompt") { $0.currentLine == "probe>" && $0.cursor.row == 2 }
    #expect(screen.lines == ["probe> half a li^C", "interrupted", "probe>"])
    try await probe.enter("whole")
  }

  @Test("Ctrl-C on a line of several rows moves below all of them")
  func interruptWrapped() async throws {
    let probe = try await Probe.start(columns: 20)
    probe.terminal.send(String(repeating: "x", count: 50))
    try await probe.terminal.wait("three rows") { $0.cursor == (2, 17) }
    probe.terminal.send(Keys.control("a") + Keys.control("c"))
    let screen = try await probe.terminal.wait("a prompt") { $0.lines.last == "probe>" && $0.lines.count == 5 }
    #expect(screen.line(2) == "xxxxxxxxxxxxxxxxx^C")
    #expect(screen.line(3) == "interrupted")
  }

  @Test("A continuation prompt replaces the first")
  func continuation() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("continue\r")
    try await probe.terminal.wait(forCurrentLine: "...>")
    probe.terminal.send("rest\r")
    try await probe.terminal.wait(for: "got: rest")
  }

  @Test("A colour ends with the prompt")
  func colour() async throws {
    let probe = try await Probe.start(["--colour"])
    probe.terminal.send("x")
    let screen = try await probe.terminal.wait(forCurrentLine: "probe> x")
    #expect(screen.style(row: 0, column: 0) == "1;32")
    #expect(screen.style(row: 0, column: 5) == "1;32")
    #expect(screen.style(row: 0, column: 7) == "")
  }

  @Test(
    "A locale that is not UTF-8, or is missing, does no harm",
    arguments: ["C", "POSIX", "en_US.ISO-8859-1", "none_SUCH"])
  func locale(name: String) async throws {
    let probe = try await Probe.start(["--prompt", "wéb日> "], environment: ["LC_ALL": name], prompt: "wéb日>")
    probe.terminal.send("ünï\r")
    try await probe.terminal.wait(for: "got: ünï")
  }

  @Test("An unknown terminal is silently treated as a plain one", arguments: ["no-such-terminal", "dumb"])
  func unknownTerminal(name: String) async throws {
    let probe = try await Probe.start(environment: ["TERM": name])
    #expect(probe.terminal.screen.lines == ["probe>"])
    #expect(!probe.terminal.output.contains("\u{1B}[?2004h".utf8))
    try await probe.enter("plain")
    probe.terminal.send("co\t")
    try await probe.terminal.wait(for: "sends what is staged")
    probe.terminal.send(Keys.control("c"))
    try await probe.terminal.wait(for: "interrupted")
  }
}
