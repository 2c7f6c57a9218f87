import Testing
import WhTestSupport

@Suite("Pasting")
struct PasteTests {
  @Test("T2: several lines stand in the editor until Enter", arguments: ["\n", "\r", "\r\n"])
  func lines(newline: String) async throws {
    let probe = try await Probe.start()
    #expect(probe.terminal.screen.isPasteBracketed)
    probe.terminal.send(Keys.paste("one\(newline)\(newline)thrée\(newline)fo"))
    let screen = try await probe.terminal.wait(forCurrentLine: "fo")
    #expect(screen.lines == ["probe> one", "", "thrée", "fo"])
    probe.terminal.send("ur" + Keys.enter)
    try await probe.terminal.wait("the lines") { $0.text.hasSuffix("got: one\n\nthrée\nfour\nprobe>") }
  }

  @Test("T2: the line ends at its end are left out", arguments: ["\n", "\r\n\r\n", "\n\n\n"])
  func lastLineEnd(newline: String) async throws {
    let probe = try await Probe.start()
    probe.terminal.send(Keys.paste("one\(newline)"))
    let screen = try await probe.terminal.wait(forCurrentLine: "probe> one")
    #expect(screen.cursor.column == 10)
    try await probe.enter("", expecting: "one")
  }

  @Test("T2: a paste can be edited, also across its lines")
  func edited() async throws {
    let probe = try await Probe.start()
    probe.terminal.send(Keys.paste("one\ntwo") + Keys.control("a") + "X" + Keys.control("e"))
    for _ in 0..<4 { probe.terminal.send(Keys.backspace) }
    try await probe.enter("!", expecting: "Xone!")
  }

  @Test("A tab is inserted, not completed")
  func tab() async throws {
    let probe = try await Probe.start()
    probe.terminal.send(Keys.paste("\tsh\t"))
    try await probe.terminal.wait("the text") { $0.currentLine == "probe>  sh" && $0.cursor.column == 16 }
    probe.terminal.send(Keys.enter)
    try await probe.terminal.wait(for: "got:")
    try await probe.terminal.wait(forCurrentLine: "probe>")
    #expect(probe.terminal.output.contains("got: \tsh\t\r\n".utf8))
  }

  @Test("A paste that is longer than the screen arrives whole and in order", arguments: [30, 400])
  func long(count: Int) async throws {
    let probe = try await Probe.start()
    let lines = (0..<count).map { "line \($0) " + String(repeating: "x", count: 50) }
    probe.terminal.send(Keys.paste(lines.joined(separator: "\n") + "\n") + Keys.enter)
    let screen = try await probe.terminal.wait("the end") { $0.text.hasSuffix("\(lines[count - 1])\nprobe>") }
    let got = screen.transcript.drop { !$0.hasPrefix("got: ") }
    #expect(Array(got.dropLast()) == ["got: \(lines[0])"] + lines.dropFirst())
    try await probe.enter("after")
  }

  @Test("A paste lands within the line, and typing continues after it")
  func within() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("ad" + Keys.left + Keys.paste("bc") + "X")
    try await probe.terminal.wait(forCurrentLine: "probe> abcXd")
  }

  @Test("Ctrl-C drops all of a paste")
  func interrupted() async throws {
    let probe = try await Probe.start()
    probe.terminal.send(Keys.paste("never\nnever either") + Keys.control("c"))
    try await probe.terminal.wait("a prompt") { $0.text.hasSuffix("never either^C\ninterrupted\nprobe>") }
    try await probe.enter("after")
  }

  @Test("A paste ends a search and goes into the line that was found")
  func duringSearch() async throws {
    let probe = try await Probe.start()
    try await probe.enter("show apps")
    probe.terminal.send(Keys.control("r") + "apps")
    try await probe.terminal.wait("a match") { $0.lines.suffix(2) == ["probe> show apps", "bck:apps"] }
    probe.terminal.send(Keys.paste("my ") + Keys.enter)
    try await probe.terminal.wait(for: "got: show my apps")
  }

  @Test("An empty paste and a stray end mark do nothing")
  func nothing() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("a" + Keys.paste("") + "b\u{1B}[201~c" + Keys.paste("\n"))
    try await probe.terminal.wait(forCurrentLine: "probe> abc")
  }

  @Test("Pastes are enclosed only while a line is edited")
  func mode() async throws {
    let probe = try await Probe.start()
    _ = try await probe.finish()
    #expect(!probe.terminal.screen.isPasteBracketed)
  }
}

@Suite("Lines that are typed ahead")
struct TypedAheadTests {
  @Test(
    "T1: what follows a line can be taken, with the keys that are no text",
    arguments: [
      ("", #""" false"#), ("one\rtwo\r", #""one\rtwo\r" true"#), ("half", #""half" true"#),
      ("a\u{1B}[A\u{3}b\r", #""a\u{1B}[A\u{03}b\r" true"#),
    ])
  func taken(keys: String, shown: String) async throws {
    let probe = try await Probe.start()
    probe.terminal.send("take" + Keys.enter + keys)
    try await probe.terminal.wait("what was taken") { $0.text.hasSuffix("got: take\ntook: \(shown)\nprobe>") }
    try await probe.enter("after")
  }

  @Test("Lines that are left are read one after the other")
  func read() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("one\rtwo\r")
    try await probe.terminal.wait("both") { $0.text.hasSuffix("probe> two\ngot: two\nprobe>") }
  }
}
