import Foundation
import Testing
import WhTestSupport

@Suite("History at the prompt")
struct HistoryTests {
  @Test("The arrow keys move through earlier lines and back")
  func arrows() async throws {
    let probe = try await Probe.start()
    try await probe.enter("first")
    try await probe.enter("sécond 日本")
    probe.terminal.send(Keys.up)
    try await probe.terminal.wait(forCurrentLine: "probe> sécond 日本")
    probe.terminal.send(Keys.up)
    try await probe.terminal.wait(forCurrentLine: "probe> first")
    probe.terminal.send(Keys.down)
    try await probe.terminal.wait(forCurrentLine: "probe> sécond 日本")
    probe.terminal.send(Keys.down)
    try await probe.terminal.wait(forCurrentLine: "probe>")
  }

  @Test(
    "T20: Up and Down find lines that begin as the typed one does before the cursor",
    arguments: [
      ("sh" + Keys.up, "show webhooks", 0), ("sh" + Keys.up + Keys.up, "show apps", 0),
      ("sh" + Keys.up + Keys.up + Keys.up, "show apps", 1), ("sh" + Keys.up + Keys.up + Keys.down, "show webhooks", 0),
      ("sh" + Keys.up + Keys.down, "sh", 0), ("sh" + Keys.down, "sh", 1), ("none" + Keys.up, "none", 1),
      ("us" + Keys.up + "X", "use appX", 0), ("show x" + Keys.left + Keys.up, "show webhooks", 0),
      (Keys.up + Keys.up, "use app", 0), ("sh" + Keys.up + " x" + Keys.up, "show webhooks x", 1),
      ("sh\u{1B}OA", "show webhooks", 0), ("日" + Keys.up, "日本", 0),
    ])
  func prefix(keys: String, line: String, bells: Int) async throws {
    let probe = try await Probe.start()
    for line in ["日本", "show apps", "use app", "show webhooks"] { try await probe.enter(line) }
    probe.terminal.send(keys)
    try await probe.terminal.wait("the line `\(line)`") { $0.currentLine == "probe> \(line)" && $0.bells == bells }
    try await probe.enter("", expecting: line)
  }
  @Test("Ctrl-R finds a line by a part of it")
  func search() async throws {
    let probe = try await Probe.start()
    for line in ["use app one", "show apps", "use app two"] { try await probe.enter(line) }
    probe.terminal.send(Keys.control("r") + "app")
    try await probe.terminal.wait("the newest match") { $0.lines.suffix(2) == ["probe> use app two", "bck:app"] }
    probe.terminal.send(Keys.control("r") + Keys.control("r"))
    try await probe.terminal.wait("the third match") { $0.lines.suffix(2) == ["probe> use app one", "bck:app"] }
    probe.terminal.send(Keys.enter)
    try await probe.terminal.wait("the line") {
      $0.currentLine == "probe>" && $0.text.hasSuffix("got: use app one\nprobe>")
    }
  }

  @Test("A second run has the lines of the first, except those that must not be kept")
  func secondRun() async throws {
    let home = try TemporaryFolder()
    let path = home.path("state/wh/history")
    let first = try await Probe.start(["--history", path], home: home)
    for line in ["kept", "kept", "also kept"] { try await first.enter(line) }
    try await first.enter(" begins with a space")
    try await first.enter("a secret")
    #expect(try await first.finish() == .exited(0))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "kept\nalso kept\n")

    let second = try await Probe.start(["--history", path], home: home)
    second.terminal.send(Keys.up)
    try await second.terminal.wait(forCurrentLine: "probe> also kept")
    second.terminal.send(Keys.up)
    try await second.terminal.wait(forCurrentLine: "probe> kept")
  }

  @Test("Lines that must not be kept do not come back with an arrow key either")
  func notInSession() async throws {
    let home = try TemporaryFolder()
    let probe = try await Probe.start(["--history", home.path("history")], home: home)
    try await probe.enter("known")
    try await probe.enter("a secret")
    probe.terminal.send(Keys.up)
    try await probe.terminal.wait(forCurrentLine: "probe> known")
  }

  @Test("Lines that become secret later are removed from the file and from recall")
  func laterSecret() async throws {
    let home = try TemporaryFolder()
    let probe = try await Probe.start(["--history", home.path("history")], home: home)
    for line in ["first", "let tok = hunter2", "last", "hide hunter2"] { try await probe.enter(line) }
    probe.terminal.send(Keys.up)
    try await probe.terminal.wait(forCurrentLine: "probe> last")
    #expect(try String(contentsOf: home.url("history"), encoding: .utf8) == "first\nlast\n")
    probe.terminal.send(Keys.up)
    try await probe.terminal.wait(forCurrentLine: "probe> first")
    probe.terminal.send(Keys.up + Keys.control("e") + "!")
    try await probe.terminal.wait(forCurrentLine: "probe> first!")
  }

  @Test("Two sessions at the same time, 500 lines each, lose nothing")
  func together() async throws {
    let home = try TemporaryFolder()
    let path = home.path("history")
    let probes = [
      try await Probe.start(["--history", path], home: home), try await Probe.start(["--history", path], home: home),
    ]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, probe) in probes.enumerated() {
        group.addTask {
          for line in 0..<500 { try await probe.enter("session \(number) line \(line)") }
        }
      }
      try await group.waitForAll()
    }
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(lines.count == 1000)
    for number in 0..<2 {
      #expect(lines.filter { $0.hasPrefix("session \(number) ") } == (0..<500).map { "session \(number) line \($0)" })
    }
  }

  @Test("A history that cannot be written is reported once and does no harm")
  func unwritable() async throws {
    let home = try TemporaryFolder()
    // A folder cannot be opened for writing, not even by root.
    try FileManager.default.createDirectory(at: home.url("history"), withIntermediateDirectories: false)
    let probe = try await Probe.start(["--history", home.path("history")], home: home)
    try await probe.enter("one")
    try await probe.enter("two")
    let notes = probe.terminal.screen.transcript.filter { $0.contains("cannot be used") }
    #expect(notes.count == 1)
    probe.terminal.send(Keys.up)
    try await probe.terminal.wait(forCurrentLine: "probe> two")
  }
}
