import Testing
import WhTestSupport

@Suite("Tab")
struct CompletionTests {
  @Test(
    "A single candidate is inserted with a space",
    arguments: [
      ("sh\t", "show "), ("sh\tx", "show x"), ("nä\tx", "\"näme ü\" x"), ("show st\tx", "show status x"),
      ("sh foo\(Keys.control("a"))\(Keys.right)\(Keys.right)\tx", "showx foo"),
    ])
  func lone(keys: String, line: String) async throws {
    let probe = try await Probe.start()
    probe.terminal.send(keys)
    try await probe.terminal.wait("the line `\(line)`") {
      $0.currentLine == "probe> \(line)".trimmed && $0.cursor.row == 0 && $0.bells == 0
    }
    probe.terminal.send(Keys.enter)
    try await probe.terminal.wait("the line") { $0.lines.contains("got: \(line)".trimmed) }
  }

  @Test("The common prefix of several is inserted; if it adds nothing, they are listed")
  func several() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("c\t")
    let extended = try await probe.terminal.wait(forCurrentLine: "probe> co")
    #expect(extended.lines.count == 1)
    probe.terminal.send("\t")
    let listed = try await probe.terminal.wait("a list") { $0.currentLine == "probe> co" && $0.cursor.row == 3 }
    #expect(
      listed.lines == ["probe> co", "commit  sends what is staged", "config  options", "probe> co"])
    try await probe.enter("n\t", expecting: "config")
  }

  @Test("A list appears at once if nothing can be added, also below a line of several rows")
  func listBelowWrapped() async throws {
    let probe = try await Probe.start(columns: 20)
    probe.terminal.send("0123456789 1234 s" + Keys.control("a"))
    try await probe.terminal.wait("the line") { $0.cursor == (0, 7) }
    probe.terminal.send(Keys.control("e") + "\t")
    let screen = try await probe.terminal.wait("a list") { $0.currentLine == "34 s" && $0.cursor.row == 4 }
    #expect(screen.lines == ["probe> 0123456789 12", "34 s", "show    status", "probe> 0123456789 12", "34 s"])
  }

  @Test("No match rings the bell and leaves the line")
  func none() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("zzz\t")
    let screen = try await probe.terminal.wait("the bell") { $0.bells == 1 }
    #expect(screen.lines == ["probe> zzz"])
  }

  @Test("A long list takes at most a screen and says how many were omitted")
  func long() async throws {
    let probe = try await Probe.start(rows: 10, columns: 40)
    probe.terminal.send("many\t")
    let screen = try await probe.terminal.wait("a list") { $0.text.contains("more") && $0.currentLine == "probe> many" }
    #expect(screen.lines.count == 9)
    #expect(screen.line(0) == "probe> many")
    #expect(screen.line(1) == "many100  many106  many112  many118")
    #expect(screen.line(7) == "276 more")
  }
}

extension String {
  /// Without spaces at the end, as a screen's row is compared.
  var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
