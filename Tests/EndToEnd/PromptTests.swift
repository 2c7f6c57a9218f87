import Foundation
import Testing
import WhTestSupport

@Suite("The prompt, at a terminal")
struct PromptTests {
  @Test("The whole example is typed with Tab, committed, kept and found again")
  func example() async throws {
    let home = try Home()
    let session = try await PromptSession(home)
    let terminal = session.terminal
    try await session.type("use app my-" + Keys.tab, until: "sandbox> use app my-app")
    let chosen = try await session.enter(until: "sandbox my-app>")
    #expect(chosen == ["app my-app (\(OneWebhook.app)), 3 webhooks"])

    try await session.type("webhook a0" + Keys.tab, until: "sandbox my-app> webhook \(OneWebhook.webhook)")
    try await session.type(
      "set url https://example.com/webhook",
      until: "sandbox my-app> webhook \(OneWebhook.webhook) set url https://example.com/webhook")
    try await session.enter(until: "sandbox my-app/a0eebc99 *1>")
    try await session.type(
      "add event MESSAGE_S" + Keys.tab, until: "sandbox my-app/a0eebc99 *1> add event MESSAGE_SENT")
    try await session.enter(until: "sandbox my-app/a0eebc99 *1>")
    let committed = try await session.enter("commit", until: "sandbox my-app/a0eebc99>")
    #expect(committed.contains("  url      https://example.com/webhook"), "\(committed)")
    #expect(committed.contains { $0.hasSuffix("MESSAGE_SENT") }, "\(committed)")
    #expect(committed.last?.hasPrefix("committed: 1 updated") == true, "\(committed)")

    terminal.send("quit" + Keys.enter)
    #expect(try await terminal.waitForExit() == .exited(0))
    #expect(terminal.isCooked)
    #expect(try home.mode("state/wh/history") == 0o600)

    let again = try await PromptSession(home)
    for line in [
      "quit", "commit", "add event MESSAGE_SENT",
      "webhook \(OneWebhook.webhook) set url https://example.com/webhook", "use app my-app",
    ] {
      try await again.type(Keys.up, until: "sandbox> \(line)")
    }
    try await again.enter(until: "sandbox my-app>")
    let shown = try await again.enter("webhook \(OneWebhook.webhook); show", until: "sandbox my-app/a0eebc99>")
    #expect(shown.contains("  url      https://example.com/webhook"), "\(shown)")
    again.terminal.send(Keys.control("d"))
    #expect(try await again.terminal.waitForExit() == .exited(0))
  }

  @Test("An error is shown under its words, and the session continues unchanged")
  func error() async throws {
    let session = try await PromptSession(Home())
    try await session.enter("use app my-app", until: "sandbox my-app>")
    let drawn = try await session.enter("ad event MESSAGE_SENT", until: "sandbox my-app>")
    #expect(
      drawn == [
        "error[unknown-keyword]: `ad` is not a statement", " --> prompt:1:1", "  |", "1 | ad event MESSAGE_SENT",
        "  | ^^ did you mean `add`?",
      ])
    let failed = try await session.enter("webhook whk_none", until: "sandbox my-app>")
    #expect(failed.first?.hasPrefix("error[unknown-webhook]") == true, "\(failed)")
    #expect(failed.contains { $0.contains("        ^^^^^^^^") }, "\(failed)")
    #expect(try await session.enter("echo still here", until: "sandbox my-app>") == ["still here"])
    session.terminal.send(Keys.control("d"))
    #expect(try await session.terminal.waitForExit() == .exited(0))
  }

  @Test("A failure within a line drops the rest of the line, and nothing is sent")
  func restOfLine() async throws {
    let session = try await PromptSession(Home())
    let printed = try await session.enter(
      "use app my-app; webhook whk_none; echo never", until: "sandbox my-app>")
    #expect(!printed.contains("never"), "\(printed)")
  }

  @Test("After `on error continue` the rest of a line runs, in an included file too, until `stop`")
  func goingOn() async throws {
    let home = try Home()
    try home.write("two.wh", "webhook whk_none\necho second\n")
    let session = try await PromptSession(home)
    let stopped = try await session.enter("use app my-app; source two.wh", until: "sandbox my-app>")
    #expect(stopped.first?.hasPrefix("app my-app") == true && !stopped.contains("second"), "\(stopped)")
    let printed = try await session.enter(
      "record kept.wh; on error continue; source two.wh; webhook whk_none; echo third", until: "sandbox my-app>")
    #expect(printed.filter { $0.hasPrefix("error[unknown-webhook]") }.count == 2, "\(printed)")
    #expect(printed.suffix(1) == ["third"] && printed.contains("second"), "\(printed)")
    let again = try await session.enter("on error stop; source two.wh; echo third", until: "sandbox my-app>")
    #expect(!again.contains("second") && !again.contains("third"), "\(again)")
    try await session.enter("record stop", until: "sandbox my-app>")
    session.terminal.send(Keys.control("d"))
    #expect(try await session.terminal.waitForExit() == .exited(0))
    let replayed = try await home.wh("replay", "--check", "--sandbox", "kept.wh")
    let kept = try home.text("work/kept.wh")
    #expect(replayed.exit == 0, "\(replayed.testDescription) \(kept)")
  }

  @Test("Ctrl-C drops the line")
  func interruptLine() async throws {
    let session = try await PromptSession(Home())
    try await session.type("echo half a li", until: "sandbox> echo half a li")
    session.terminal.send(Keys.control("c"))
    try await session.terminal.wait("a new prompt") {
      $0.currentLine == "sandbox>" && $0.text.contains("sandbox> echo half a li")
    }
    #expect(try await session.enter("echo whole", until: "sandbox>") == ["whole"])
  }

  @Test("An interrupt signal drops the line, however often, and does not end the session")
  func sentInterrupt() async throws {
    let session = try await PromptSession(Home())
    for round in 1...20 {
      try await session.type("half", until: "sandbox> half")
      session.terminal.signal(SIGINT)
      try await session.terminal.wait("prompt \(round + 1)") { screen in
        screen.currentLine == "sandbox>" && screen.lines.count { $0 == "sandbox> half^C" } == round
      }
    }
    session.terminal.send(Keys.control("d"))
    #expect(try await session.terminal.waitForExit() == .exited(0))
  }

  @Test("Ctrl-C ends a wait for the API, and the session continues")
  func interruptRequest() async throws {
    let gate = Gate()
    defer { gate.open() }
    let service = OneWebhook()
    let server = try FakeService { request in
      if request.path.hasSuffix("/webhooks") { gate.pass() }
      return service.answer(request)
    }
    let session = try await PromptSession(
      Home(), [], environment: WhRun.environment(server), prompt: "default>")
    session.terminal.send("use app *; webhook *" + Keys.enter)
    try await gate.reached()
    session.terminal.send(Keys.control("c"))
    try await session.terminal.wait(for: "error[interrupted]")
    try await session.terminal.wait("the prompt") {
      $0.currentLine.hasPrefix("default") && $0.currentLine.hasSuffix(">")
    }
    session.terminal.send("echo still here" + Keys.enter)
    try await session.terminal.wait("its answer") { $0.lines.contains("still here") }
  }

  @Test("Ctrl-C while it connects gives a prompt that is not connected")
  func interruptConnecting() async throws {
    let gate = Gate()
    defer { gate.open() }
    let service = OneWebhook()
    let server = try FakeService { request in
      gate.pass()
      return service.answer(request)
    }
    let home = try Home()
    let terminal = try PseudoTerminal(
      BuiltProducts.path(of: "wh"), environment: home.environment.merging(WhRun.environment(server)) { $1 })
    try await gate.reached()
    // T4: it says what it does.
    try await terminal.waitForSnapshot("what it does") {
      String(decoding: $0.output, as: UTF8.self).contains("connecting, Ctrl-C stops")
    }
    terminal.send(Keys.control("c"))
    try await terminal.wait("the prompt") { $0.text.contains("not connected") && $0.currentLine.hasSuffix(">") }
    #expect(!terminal.screen.text.contains("Ctrl-C stops"))
  }

  @Test(
    "T3: a first Ctrl-C in a commit waits for what was sent, a second one gives it up, and the edits are still staged")
  func interruptCommit() async throws {
    let gate = Gate()
    defer { gate.open() }
    let service = ManyWebhooks(count: 3)
    let server = try FakeService { request in
      if request.method == "PUT" { gate.pass() }
      return service.answer(request)
    }
    let session = try await PromptSession(
      Home(), ["--jobs", "1"], environment: WhRun.environment(server), prompt: "default>")
    session.terminal.send("use app \(ManyWebhooks.app); webhook *; set header X-Team blue" + Keys.enter)
    try await session.terminal.wait("the staged edits") { $0.currentLine.hasSuffix("*3>") }
    session.terminal.send("commit" + Keys.enter)
    try await gate.reached()
    session.terminal.send(Keys.control("c"))
    try await session.terminal.wait(for: "stopping: waiting for 1 request, Ctrl-C again gives it up")
    // One within a second is the same one, so it is pressed until it counts.
    let keys = Task {
      while !Task.isCancelled {
        session.terminal.send(Keys.control("c"))
        try? await Task.sleep(for: .milliseconds(200))
      }
    }
    try await session.terminal.wait("the report and a prompt") {
      $0.text.contains("1 unknown, 2 not attempted") && $0.currentLine.contains("*3 1 unfinished>")
    }
    keys.cancel()
    _ = await keys.value
    session.terminal.send("echo still here" + Keys.enter)
    try await session.terminal.wait("its answer") { $0.lines.contains("still here") }
    // T13: what it says is for the prompt.
    #expect(session.terminal.screen.text.contains("run `resume` to finish run 1"), "\(session.terminal.screen.text)")
  }

  @Test("`watch` repeats a statement, on what the service holds by then, until a key is pressed")
  func watch() async throws {
    let home = try Home()
    let session = try await PromptSession(home)
    try await session.enter("use app my-app", until: "sandbox my-app>")
    session.terminal.send("watch 1 show webhooks by host" + Keys.enter)
    try await session.terminal.wait("the first time") { $0.text.contains("old.example.com  3") }
    let changed = try await home.wh(
      "--sandbox", "-c", "use app my-app; webhook * set url https://new.example.com/${webhook.id}; commit")
    #expect(changed.exit == 0, "\(changed.testDescription)")
    try await session.terminal.wait("what others changed") { $0.text.contains("new.example.com  3") }
    for keys in ["x", Keys.up, Keys.enter] {
      session.terminal.send(keys)
      // The key is neither shown nor typed at the prompt.
      try await session.terminal.wait("the prompt after \(keys.debugDescription)") {
        $0.currentLine == "sandbox my-app>" && $0.lines.dropLast().last == "(any key ends this)"
      }
      session.terminal.send("watch 1 status" + Keys.enter)
      try await session.terminal.wait("it to wait") { $0.currentLine.isEmpty && $0.lines.last == "(any key ends this)" }
    }
    session.terminal.send(Keys.control("c"))
    try await session.terminal.wait("the prompt") { $0.currentLine == "sandbox my-app>" }
    let printed = try await session.enter("watch 1 expect host = none.example.com; echo no", until: "sandbox my-app>")
    #expect(printed.contains { $0.hasPrefix("error[no-webhooks-chosen]") }, "\(printed)")
    let batch = try await home.wh("--sandbox", "-c", "watch status")
    #expect(batch.exit == 65 && batch.error.contains("error[not-available]"), "\(batch.testDescription)")
  }

  @Test("T10: `exit` leaves")
  func exit() async throws {
    let session = try await PromptSession(Home())
    session.terminal.send("exit" + Keys.enter)
    #expect(try await session.terminal.waitForExit() == .exited(0))
  }

  @Test("T19: with output that is not a terminal it says that it reads a script")
  func outputElsewhere() async throws {
    let home = try Home()
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "\(BuiltProducts.path(of: "wh")) --sandbox | cat"], environment: home.environment,
      folder: home.work, columns: 120)
    try await terminal.wait(for: "type a script and end it with Ctrl-D")
    terminal.send("echo here\n" + Keys.control("d"))
    #expect(try await terminal.waitForExit() == .exited(0))
    #expect(terminal.screen.lines.contains("here"))
  }

  @Test("T6: an unfinished run is finished at the prompt, or passed over")
  func unfinished() async throws {
    let (home, gate) = (try Home(), Gate())
    var webhooks = ManyWebhooks(count: 5)
    webhooks.update = { number in
      if number == 3 { gate.pass() }
      return nil
    }
    let server = try webhooks.serve()
    let environment = WhRun.environment(server)
    let first = try WhChild(home, ["--jobs", "1", "-c", ManyWebhooks.script], environment: environment)
    try await gate.reached()
    first.signal(SIGKILL)
    gate.open()
    _ = try await first.finished()
    let session = try await PromptSession(home, [], environment: environment, prompt: "default 1 unfinished>")
    #expect(session.terminal.screen.text.contains("run `resume` to finish it"))
    session.terminal.send("use app \(ManyWebhooks.app); webhook whk_1; set header X-Team blue; commit" + Keys.enter)
    try await session.terminal.wait(for: "Run 1 is unfinished: `resume` finishes it. Commit anyway? [y/N]")
    session.terminal.send("n" + Keys.enter)
    try await session.terminal.wait(for: "[unfinished-run]")
    try await session.terminal.wait("a prompt") { $0.currentLine.hasSuffix("*1 1 unfinished>") }
    session.terminal.send("resume" + Keys.enter)
    try await session.terminal.wait("its report") { $0.text.contains("(run 1)") && $0.currentLine.hasSuffix("*1>") }
    session.terminal.send("commit" + Keys.enter)
    try await session.terminal.wait("the commit") { $0.text.contains("(run 2)") && $0.currentLine.hasSuffix(">") }
  }

  @Test("Quitting with staged edits asks for confirmation")
  func quitWithStagedEdits() async throws {
    let home = try Home()
    let session = try await PromptSession(home)
    let prompt = "sandbox my-app/3 webhooks *3>"
    let question = "3 staged changes are not committed. Discard them and quit? [y/N]"
    try await session.enter("use app my-app; webhook * add event messages.sms.read", until: prompt)
    for answer in ["n", "", "what"] {
      try await session.enter("quit", until: question)
      try await session.enter(answer, until: prompt)
    }
    // T8: the end of the input takes the default, as does Ctrl-C.
    for key in ["c", "d"] as [Character] {
      session.terminal.send(Keys.control("d"))
      try await session.terminal.wait(forCurrentLine: question)
      session.terminal.send(Keys.control(key))
      try await session.terminal.wait(forCurrentLine: prompt)
    }
    try await session.enter("quit", until: question)
    session.terminal.send("y" + Keys.enter)
    #expect(try await session.terminal.waitForExit() == .exited(0))
    let after = try await home.wh("--sandbox", "-c", "use app my-app; webhook *; show")
    #expect(after.exit == 0 && !after.output.contains("messages.sms.read"), "\(after.testDescription)")
  }

  @Test("Ctrl-D quits and restores the terminal")
  func leave() async throws {
    let session = try await PromptSession(Home())
    session.terminal.send(Keys.control("d"))
    #expect(try await session.terminal.waitForExit() == .exited(0))
    #expect(session.terminal.isCooked)
  }

  @Test("A statement continues on the next line after a backslash and within quotes, and is one history entry")
  func continuation() async throws {
    let session = try await PromptSession(Home())
    try await session.enter("echo one \\", until: ".......>")
    #expect(try await session.enter("two", until: "sandbox>") == ["one two"])
    try await session.enter("echo 'a", until: ".......>")
    #expect(try await session.enter("b'", until: "sandbox>") == ["a", "b"])
  }

  @Test("Without a key the prompt starts anyway, and says what is missing")
  func withoutKey() async throws {
    let session = try await PromptSession(Home(), [], prompt: "wh>")
    #expect(session.terminal.screen.text.contains("not connected: no key"), "\(session.terminal.screen.text)")
    // T19
    #expect(session.terminal.screen.text.contains("`wh --sandbox` needs no key"), "\(session.terminal.screen.text)")
    let help = try await session.enter("help commit", until: "wh>")
    #expect(help.first == "commit", "\(help)")
  }

  @Test("Secrets that are typed are not kept, and errors do not repeat them")
  func secrets() async throws {
    let home = try Home()
    let session = try await PromptSession(home)
    let canary = Canary.written.text
    try await session.enter("use app my-app; webhook \(OneWebhook.webhook)", until: "sandbox my-app/a0eebc99>")
    for line in [
      "set header Authorization 'Bearer \(canary)' more", "set hedaer X-Token \(canary)", "lett token = \(canary)",
      "let token = \(canary)",
    ] {
      let printed = try await session.enter(line, until: "sandbox my-app/a0eebc99>")
      #expect(canary.isEmpty == false && Canary.written.piece(in: Array(printed.joined().utf8)) == nil, "\(printed)")
    }
    try await session.enter("set header X-Token \(canary)", until: "sandbox my-app/a0eebc99 *1>")
    for statement in ["diff", "status", "show requests", "show", "show variables", "echo ${token}", "ad '${token}'"] {
      let printed = try await session.enter(statement, until: "sandbox my-app/a0eebc99 *1>")
      #expect(!printed.isEmpty)
      #expect(Canary.written.piece(in: Array(printed.joined().utf8)) == nil, "\(printed)")
    }
    try await session.enter("commit", until: "sandbox my-app/a0eebc99>")
    session.terminal.send(Keys.control("d"))
    #expect(try await session.terminal.waitForExit() == .exited(0))
    #expect(home.files.contains("state/wh/history"))
    for file in home.files where !file.contains("wh/sandbox.sqlite") && !file.contains("wh/journal.sqlite") {
      #expect(Canary.written.piece(in: try home.bytes(file)) == nil, "\(file)")
    }
    #expect(try home.text("state/wh/history").contains("commit"))
  }

  @Test("Names from the API are escaped on the terminal, in the prompt, in lists and by Tab")
  func hostileNames() async throws {
    let hostile = "\u{1B}]52;c;ZXZpbA==\u{7}\u{9B}2J"
    let server = try OneWebhook(slug: "my-app\(hostile)", name: hostile).serve()
    let session = try await PromptSession(
      Home(), [], environment: WhRun.environment(server), prompt: "default>")
    session.terminal.send("use app *; webhook *; show apps; show" + Keys.enter)
    try await session.terminal.wait("the end of it") { $0.text.contains("updated") && $0.currentLine.hasSuffix(">") }
    session.terminal.send("use app " + Keys.tab + Keys.tab)
    try await session.terminal.wait("candidates") { $0.text.contains(OneWebhook.app) }
    session.terminal.send(Keys.control("c") + "echo done" + Keys.enter)
    try await session.terminal.wait("the end of it") { $0.lines.contains("done") }
    let output = session.terminal.output
    #expect(!output.contains(Array("\u{1B}]52".utf8)) && !output.contains(7))
    #expect(!output.contains([0xC2, 0x9B]))
  }
}
