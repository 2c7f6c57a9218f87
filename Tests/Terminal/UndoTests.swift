import Testing
import WhTestSupport

@Suite("Undo and the last word")
struct UndoTests {
  private static let undo = Keys.control("_")

  @Test(
    "Ctrl-_ and Ctrl-X Ctrl-U go back a step: a word that was typed, or what a key did",
    arguments: [
      ("one two" + undo, "one "), ("one two" + undo + undo + "x", "x"), ("one two\u{18}\u{15}", "one "),
      ("one  two " + undo, "one  "), ("one two" + Keys.left + Keys.left + "x" + undo, "one two"),
      ("one two" + Keys.control("w") + undo, "one two"), ("one two" + Keys.control("u") + undo, "one two"),
      ("one two" + Keys.backspace + Keys.backspace + undo, "one tw"),
      ("one two" + Keys.backspace + "x" + undo + undo, "one two"), ("sh\t" + undo, "sh"),
      ("a " + Keys.paste("one\ntwo") + undo, "a "), ("日本 éß" + undo, "日本 "),
      ("one" + Keys.control("a") + "x y" + undo, "x one"), (undo + "x", "x"), ("x" + undo + undo + undo + "y", "y"),
      // The cursor is where it was.
      ("one two" + Keys.control("a") + Keys.control("k") + undo + "x", "xone two"),
    ])
  func steps(keys: String, line: String) async throws {
    let probe = try await Probe.start()
    probe.terminal.send(keys)
    try await probe.terminal.wait("the line `\(line)`") { $0.unwrappedLines.last == "probe> \(line)".trimmed }
    try await probe.enterAndCheck(is: line)
  }

  @Test("Undoing ends where the line began")
  func end() async throws {
    let probe = try await Probe.start()
    try await probe.enter("one")
    probe.terminal.send("two" + Self.undo + Self.undo)
    try await probe.terminal.wait("a bell") { $0.bells == 1 && $0.currentLine == "probe>" }
    probe.terminal.send(Keys.up + Self.undo)
    try await probe.terminal.wait("an empty line") { $0.bells == 1 && $0.currentLine == "probe>" }
  }

  @Test("A suggestion that was taken is a step")
  func suggestion() async throws {
    let probe = try await Probe.start(["--colour", "--decorate"])
    try await probe.enter("xyz one")
    probe.terminal.send("xy")
    try await probe.terminal.wait(forCurrentLine: "probe> xyz one")
    probe.terminal.send(Keys.right)
    try await probe.terminal.wait("it to be taken") { $0.cursor.column == 14 }
    probe.terminal.send(Self.undo)
    try await probe.terminal.wait("the suggestion again") {
      $0.currentLine == "probe> xyz one" && $0.cursor.column == 9
    }
  }

  @Test("A search is no step")
  func search() async throws {
    let probe = try await Probe.start()
    try await probe.enter("abc def")
    probe.terminal.send("x" + Keys.control("r") + "abc" + Keys.escape)
    try await probe.terminal.wait("what was found") {
      $0.currentLine == "probe> abc def" && $0.lines.last == "probe> abc def"
    }
    probe.terminal.send(Self.undo)
    try await probe.terminal.wait(forCurrentLine: "probe> x")
  }

  @Test("A thousand steps back")
  func many() async throws {
    let probe = try await Probe.start()
    let words = (0..<60).map { "w\($0)" }.joined(separator: " ")
    probe.terminal.send(words)
    try await probe.terminal.wait("all of it") { $0.text.contains("w59") }
    probe.terminal.send(String(repeating: Self.undo, count: 59))
    try await probe.terminal.wait("the first word") { $0.lines == ["probe> w0"] }
  }

  private static let alt = "\u{1B}."

  @Test(
    "Alt-. puts in the last word of the line before, and again of those before it",
    arguments: [
      (["a one", "b two"], "x " + alt, "x two", 0), (["a one", "b two"], "x " + alt + alt, "x one", 0),
      (["a one", "b two"], "x " + alt + alt + alt, "x one", 1), (["a one", "b one"], "x " + alt + alt, "x one", 1),
      (["a one", "b two"], "x " + alt + " " + alt, "x two two", 0),
      (["a one", "b two"], alt + Keys.left + alt, "twtwoo", 0), (["echo 'one two'"], alt, "'one two'", 0),
      ([#"url ~ "a \" b""#], alt, #""a \" b""#, 0), (["use a, b; show c;"], alt, "c", 0), (["it's"], alt, "it's", 0),
      (["a日 b日本"], "é" + alt, "éb日本", 0), ([], alt, "", 1),
      (["a one", "b two"], "x " + alt + undo, "x ", 0), (["a one", "b two"], "x " + alt + alt + undo, "x two", 0),
    ] as [([String], String, String, Int)])
  func lastWord(before: [String], keys: String, line: String, bells: Int) async throws {
    let probe = try await Probe.start()
    for line in before { try await probe.enter(line) }
    probe.terminal.send(keys)
    try await probe.terminal.wait("the line `\(line)` and \(bells) bells") {
      $0.currentLine == "probe> \(line)".trimmed && $0.bells == bells
    }
    try await probe.enterAndCheck(is: line)
  }

  @Test(
    "Ctrl-X Ctrl-E, and `v` of vi's command mode, hand the line over, which is no longer on the screen",
    arguments: [("", "\u{18}\u{5}"), ("bind -v\n", "\u{18}\u{5}"), ("bind -v\n", Keys.escape + "v")])
  func handedOver(editrc: String, keys: String) async throws {
    let probe = try await Probe.start(editrc: editrc)
    probe.terminal.send("one")
    try await probe.terminal.wait(forCurrentLine: "probe> one")
    probe.terminal.send(keys)
    try await probe.terminal.wait("the next line") { $0.lines == ["edit: one", "probe> one edited"] }
    probe.terminal.send(Keys.control("_") + "!")
    try await probe.terminal.wait(forCurrentLine: "probe> one edited!")
    try await probe.enterAndCheck(is: "one edited!")
  }

  @Test(
    "A meaning in the user's .editrc wins",
    arguments: [
      ("bind ^_ ed-delete-prev-char", "ab\u{1F}", "a"), (#"bind "\e." ed-move-to-beg"#, "ab\u{1B}.x", "xab"),
      ("bind ^X^U ed-move-to-beg", "ab\u{18}\u{15}x", "xab"), ("bind ^X^E ed-move-to-beg", "ab\u{18}\u{5}x", "xab"),
      ("bind ^X ed-move-to-beg", "ab\u{18}x", "xab"),
    ])
  func editrc(line: String, keys: String, result: String) async throws {
    let probe = try await Probe.start(editrc: line + "\n")
    try await probe.enter(keys, expecting: result)
  }
}
