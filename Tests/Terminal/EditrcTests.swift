import Testing
import WhTestSupport

@Suite("The user's .editrc")
struct EditrcTests {
  @Test("vi mode edits as vi does, with completion, search, Ctrl-C and Ctrl-D")
  func vi() async throws {
    let probe = try await Probe.start(editrc: "bind -v\n")
    probe.terminal.send("abc def" + Keys.escape)
    try await probe.terminal.wait("command mode") { $0.currentLine == "probe> abc def" && $0.cursor.column == 13 }
    probe.terminal.send("0dwx" + Keys.enter)
    try await probe.terminal.wait("a prompt") { $0.text.hasSuffix("got: ef\nprobe>") }
    try await probe.enter("sh\t", expecting: "show")
    probe.terminal.send(Keys.control("r") + "ef")
    try await probe.terminal.wait("a match") { $0.lines.suffix(2) == ["probe> ef", "bck:ef"] }
    probe.terminal.send(Keys.control("c"))
    try await probe.terminal.wait("a prompt") { $0.text.hasSuffix("interrupted\nprobe>") }
    probe.terminal.send("x" + Keys.escape + Keys.control("c"))
    try await probe.terminal.wait("Ctrl-C in command mode") { $0.text.hasSuffix("x^C\ninterrupted\nprobe>") }
    #expect(try await probe.finish() == .exited(0))
  }

  @Test("A paste works in vi's command mode too")
  func viPaste() async throws {
    let probe = try await Probe.start(editrc: "bind -v\n")
    probe.terminal.send("ab" + Keys.escape)
    try await probe.terminal.wait("command mode") { $0.currentLine == "probe> ab" && $0.cursor.column == 8 }
    probe.terminal.send(Keys.paste("one\ntwo\n"))
    try await probe.terminal.wait("both lines") { $0.lines.suffix(2) == ["probe> aone", "twob"] }
  }

  @Test(
    "Key bindings of the user are kept, and resetting all keys keeps ours",
    arguments: [
      ("bind ^I ed-delete-prev-char\n", "show\t", "sho"), ("bind ^R em-upper-case\n", "abc\u{1}\u{12}", "ABC"),
      ("bind -e\n", "sh\t", "show"), ("# nothing\n\nbind -e\nbind ^T ed-delete-prev-char\n", "ab\u{14}", "a"),
      ("nonsense here\nbind\n", "sh\t", "show"), ("other:bind ^I ed-delete-prev-char\n", "sh\t", "show"),
      ("wh:bind ^I ed-delete-prev-char\n", "show\t", "sho"),
    ])
  func bindings(editrc: String, keys: String, line: String) async throws {
    let probe = try await Probe.start(editrc: editrc)
    try await probe.enter(keys, expecting: line)
  }

  @Test("With editing off, lines come as the terminal delivers them")
  func off() async throws {
    let probe = try await Probe.start(editrc: "edit off\n")
    probe.terminal.send("plain\r")
    try await probe.terminal.wait("a prompt") { $0.text.hasSuffix("got: plain\nprobe>") }
    probe.terminal.send(Keys.control("d"))
    #expect(try await probe.terminal.waitForExit() == .exited(0))
  }
}
