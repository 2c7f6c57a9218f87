import Foundation
import Testing
import WhTestSupport

@Suite("Signals and job control")
struct SignalTests {
  /// The probe as a job of an interactive shell that leaves the terminal as it finds it.
  private func shell() async throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"],
      environment: ["PS1": "shell$ ", "HOME": "/nonexistent", "PROBE": BuiltProducts.path(of: "line-reader-probe")])
    try await terminal.wait(forCurrentLine: "shell$")
    terminal.send("ulimit -c 0; \"$PROBE\"\n")
    try await terminal.wait(forCurrentLine: "probe>")
    return terminal
  }

  @Test("Ctrl-Z suspends and `fg` brings the line back as it was")
  func suspend() async throws {
    let terminal = try await shell()
    terminal.send("half a line" + Keys.left)
    try await terminal.wait(forCurrentLine: "probe> half a line")
    for round in 1...2 {
      terminal.send(Keys.control("z"))
      let stopped = try await terminal.wait("the shell") { screen in
        screen.currentLine == "shell$" && screen.lines.filter { $0.contains("Stopped") }.count == round
      }
      #expect(stopped.lines.contains("probe> half a line^Z"))
      #expect(terminal.isCooked)
      #expect(!stopped.isPasteBracketed)
      terminal.send("fg\n")
      let resumed = try await terminal.wait("the line") {
        $0.currentLine == "probe> half a line" && $0.isPasteBracketed
      }
      #expect(resumed.cursor.column == 17)
    }
    terminal.send("X\r")
    try await terminal.wait(for: "got: half a linXe")
  }

  @Test("A stop from elsewhere works too")
  func stopped() async throws {
    let terminal = try await shell()
    terminal.send("typed")
    try await terminal.wait(forCurrentLine: "probe> typed")
    kill(-terminal.foregroundGroup, SIGTSTP)
    try await terminal.wait(forCurrentLine: "shell$")
    terminal.send("fg\n")
    try await terminal.wait(forCurrentLine: "probe> typed")
    terminal.send(" on\r")
    try await terminal.wait(for: "got: typed on")
  }

  @Test("Without job control Ctrl-Z only beeps")
  func leader() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("a" + Keys.control("z") + "b")
    let screen = try await probe.terminal.wait(forCurrentLine: "probe> ab")
    #expect(screen.bells == 1)
  }

  @Test("A signal that ends the program leaves the terminal as it was", arguments: [SIGTERM, SIGHUP, SIGQUIT])
  func ending(signal: Int32) async throws {
    let terminal = try await shell()
    #expect(!terminal.isCooked)
    terminal.send("half")
    try await terminal.wait(forCurrentLine: "probe> half")
    kill(-terminal.foregroundGroup, signal)
    let screen = try await terminal.wait(forCurrentLine: "shell$")
    #expect(terminal.isCooked)
    #expect(!screen.isPasteBracketed)
    terminal.send("echo status $?\n")
    try await terminal.wait(for: "status \(128 + signal)")
  }

  @Test("Ctrl-backslash ends the program as a quit signal does")
  func quit() async throws {
    let terminal = try await shell()
    terminal.send(Keys.control("\\"))
    try await terminal.wait(forCurrentLine: "shell$")
    #expect(terminal.isCooked)
    terminal.send("echo status $?\n")
    try await terminal.wait(for: "status \(128 + SIGQUIT)")
  }

  @Test("An interrupt that is sent does what Ctrl-C does")
  func interrupt() async throws {
    let probe = try await Probe.start()
    probe.terminal.send("half")
    try await probe.terminal.wait(forCurrentLine: "probe> half")
    probe.terminal.signal(SIGINT)
    let screen = try await probe.terminal.wait("a prompt") { $0.currentLine == "probe>" && $0.cursor.row == 2 }
    #expect(screen.lines == ["probe> half^C", "interrupted", "probe>"])
  }

  @Test("A signal that the program was started to ignore stays ignored")
  func ignored() async throws {
    let home = try TemporaryFolder()
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "trap '' HUP; exec \"$0\"", BuiltProducts.path(of: "line-reader-probe")],
      environment: ["HOME": home.path])
    try await terminal.wait(forCurrentLine: "probe>")
    terminal.signal(SIGHUP)
    terminal.send("still here\r")
    try await terminal.wait(for: "got: still here")
  }
}
