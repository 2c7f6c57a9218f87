import Testing
import WhTestSupport

@Suite("Pasting")
struct PasteTests {
  @Test("Several lines arrive one after another, and the last stays to be edited", arguments: ["\n", "\r", "\r\n"])
  func lines(newline: String) async throws {
    let probe = try await Probe.start()
    #expect(probe.terminal.screen.isPasteBracketed)
    probe.terminal.send(Keys.paste("one\(newline)\(newline)thrée\(newline)fo"))
    let screen = try await probe.terminal.wait(forCurrentLine: "probe> fo")
    #expect(screen.lines == ["probe> one", "got: one", "probe>", "got:", "probe> thrée", "got: thrée", "probe> fo"])
    try await probe.enter("ur", expecting: "four")
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

  @Test("A long paste arrives whole and in order")
  func long() async throws {
    let probe = try await Probe.start()
    let lines = (0..<400).map { "line \($0) " + String(repeating: "x", count: 50) }
    probe.terminal.send(Keys.paste(lines.joined(separator: "\n") + "\n") + "after" + Keys.enter)
    let screen = try await probe.terminal.wait("the end") { $0.text.hasSuffix("got: after\nprobe>") }
    #expect(screen.transcript.filter { $0.hasPrefix("got: line") } == lines.map { "got: \($0)" })
  }

  @Test("A paste lands within the line, and typing continues after it")
  func within() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("ad" + Keys.left + Keys.paste("bc") + "X")
    try await probe.terminal.wait(forCurrentLine: "probe> abcXd")
  }

  @Test("The rest of a paste can be dropped")
  func discard() async throws {
    let probe = try await Probe.start()
    probe.terminal.send(Keys.paste("discard\nnever\nnever either\n"))
    try await probe.terminal.wait("a prompt") { $0.text.hasSuffix("got: discard\nprobe>") }
    try await probe.enter("after")
    #expect(!probe.terminal.screen.text.contains("never"))
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
    probe.terminal.send("a" + Keys.paste("") + "b\u{1B}[201~c")
    try await probe.terminal.wait(forCurrentLine: "probe> abc")
  }

  @Test("Pastes are enclosed only while a line is edited")
  func mode() async throws {
    let probe = try await Probe.start()
    _ = try await probe.finish()
    #expect(!probe.terminal.screen.isPasteBracketed)
  }
}
