import Testing
import WhTestSupport

@Suite("The pager at the prompt")
struct PagerTests {
  private let home: Home

  init() throws {
    home = try Home()
  }

  /// Waits for a line with `q` on the terminal, whatever else comes, as a pager does.
  private static let stay = #"key=; while [ "$key" != q ]; do read key </dev/tty; done; echo over"#
  /// A pager that says what it is.
  private static let pager = "cat >got; echo PAGER:; head -2 got; " + stay
  /// One that takes no notice of Ctrl-C but for saying so.
  private static let patientPager = "trap 'echo caught' INT; cat >/dev/null; echo READY; " + stay

  /// Ctrl-C for a shell that traps it. One that comes just before the shell waits in `read` is trapped after that `read`,
  /// which Enter ends.
  private static let trapped = Keys.control("c") + Keys.enter

  private func session(pager: String?) async throws -> PromptSession {
    if let pager {
      try home.write("pager", "#!/bin/sh\n" + pager + "\n")
      return try await PromptSession(home, environment: ["PAGER": "sh pager"])
    }
    return try await PromptSession(home, environment: ["PAGER": "no-such-pager"])
  }

  @Test("Long output goes to the pager, and the prompt is restored when it ends")
  func long() async throws {
    let session = try await self.session(pager: Self.pager)
    session.terminal.send("help show" + Keys.enter)
    try await session.terminal.wait("the pager") { $0.text.contains("PAGER:\nshow [as") }
    session.terminal.send("q" + Keys.enter)
    try await session.terminal.wait("the prompt") { $0.text.contains("over") && $0.currentLine == "sandbox>" }
    try await session.type("ec" + Keys.tab, until: "sandbox> echo")
    session.terminal.send(Keys.control("c"))
    try await session.terminal.wait("a new prompt") { $0.text.contains("^C") && $0.currentLine == "sandbox>" }
    // What fits is printed as it is.
    #expect(try await session.enter("echo short", until: "sandbox>") == ["short"])
  }

  @Test("Ctrl-C goes to the pager, however often, and `wh` continues")
  func interrupt() async throws {
    let session = try await self.session(pager: Self.patientPager)
    session.terminal.send("help show" + Keys.enter)
    try await session.terminal.wait("the pager") { $0.lines.contains("READY") }
    session.terminal.send(Self.trapped)
    try await session.terminal.wait("the first") { $0.text.contains("caught") }
    session.terminal.send(Self.trapped)
    try await session.terminal.wait("the second") { $0.lines.count { $0.contains("caught") } == 2 }
    session.terminal.send("q" + Keys.enter)
    try await session.terminal.wait("the prompt") { $0.text.contains("over") && $0.currentLine == "sandbox>" }
    #expect(try await session.enter("echo still here", until: "sandbox>") == ["still here"])
  }

  @Test("Ctrl-C also goes to a pager after other programs in a pipe, which it ends", arguments: ["cat", "cat && true"])
  func interruptBehind(command: String) async throws {
    let session = try await self.session(pager: nil)
    try home.write("page", Self.patientPager)
    session.terminal.send("show variables | (\(command)) | sh page" + Keys.enter)
    try await session.terminal.wait("the pager") { $0.lines.contains("READY") }
    session.terminal.send(Self.trapped)
    try await session.terminal.wait("the interrupt") { $0.text.contains("caught") }
    session.terminal.send("q" + Keys.enter)
    try await session.terminal.wait("the prompt") { $0.text.contains("over") && $0.currentLine == "sandbox>" }
    #expect(!session.terminal.screen.text.contains("error["))
  }

  @Test("Without a pager, and with `config pager off`, everything is printed")
  func none() async throws {
    let absent = try await session(pager: nil)
    #expect(try await absent.enter("help show", until: "sandbox>").contains { $0.hasPrefix("show requests") })
    let off = try await session(pager: Self.pager)
    try await off.enter("config pager off", until: "sandbox>")
    let printed = try await off.enter("help show", until: "sandbox>")
    #expect(printed.contains { $0.hasPrefix("show requests") } && !printed.contains("PAGER:"))
  }

  @Test("T16: lines that were typed ahead go to the prompt, not to a pager")
  func typedAhead() async throws {
    let session = try await self.session(pager: Self.pager)
    session.terminal.send("help show\recho after\r")
    try await session.terminal.wait("the next line's answer") { $0.lines.suffix(2) == ["after", "sandbox>"] }
    #expect(!session.terminal.screen.transcript.contains("PAGER:"))
  }

  @Test("T16: a pager is told to write no files and run no commands")
  func secure() async throws {
    let session = try await self.session(pager: "cat >/dev/null; echo secure=$LESSSECURE; " + Self.stay)
    session.terminal.send("help show" + Keys.enter)
    try await session.terminal.wait(for: "secure=1")
    session.terminal.send("q" + Keys.enter)
    try await session.terminal.wait(forCurrentLine: "sandbox>")
  }

  @Test("T19: if the pager fails, the output is printed", arguments: ["cat >/dev/null; exit 3", "exit 1"])
  func failing(pager: String) async throws {
    let session = try await self.session(pager: pager)
    let printed = try await session.enter("help show", until: "sandbox>")
    #expect(printed.contains { $0.hasPrefix("show requests") }, "\(printed)")
  }

  @Test("A user command gets Ctrl-C, and the prompt restores the terminal")
  func command() async throws {
    let session = try await self.session(pager: nil)
    session.terminal.send("show variables | sh -c 'echo STARTED; exec sleep 600'" + Keys.enter)
    try await session.terminal.wait("the command") { $0.lines.contains("STARTED") }
    session.terminal.send(Keys.control("c"))
    try await session.terminal.wait("the prompt") {
      $0.text.contains("killed by signal 2") && $0.currentLine == "sandbox>"
    }
    session.terminal.send("show variables | sh -c 'stty raw -echo </dev/tty; kill -9 $$'" + Keys.enter)
    try await session.terminal.wait("the prompt") {
      $0.text.contains("killed by signal 9") && $0.currentLine == "sandbox>"
    }
    session.terminal.send(Keys.control("d"))
    #expect(try await session.terminal.waitForExit() == .exited(0))
    #expect(session.terminal.isCooked)
  }

  @Test("`init.wh` runs before the first prompt; its errors are shown, and the prompt starts anyway")
  func start() async throws {
    try home.makeFolder("config/wh")
    try home.write("../config/wh/more.wh", "let more = here")
    try home.write(
      "../config/wh/init.wh", "source \"more.wh\"\nlet host = x.example\nwebhook *\nuse app my-app\nconfig jobs 3\n")
    let session = try await PromptSession(home, prompt: "sandbox my-app>")
    #expect(session.terminal.screen.text.contains("error[no-apps-chosen]"))
    #expect(session.terminal.screen.text.contains("init.wh:3:1"))
    #expect(try await session.enter("echo ${host} ${more}", until: "sandbox my-app>") == ["x.example here"])
    let batch = try await home.wh("--sandbox", "-c", "show variables")
    #expect(batch.output == "no variables\n", "\(batch.testDescription)")

    try home.write("../config/wh/init.wh", "ad event X\nlet host = y")
    let broken = try await PromptSession(home)
    #expect(broken.terminal.screen.text.contains("error[unknown-keyword]"))
    #expect(try await broken.enter("show variables", until: "sandbox>") == ["host = y"])
  }
}
